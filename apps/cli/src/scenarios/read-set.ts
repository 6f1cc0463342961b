import { formatMoney } from '@weir/money';
import { knownToSets, openSet, parseScenarioSet, type SetRequest, tryScenarios } from '@weir/valuation';
import { DocumentHasErrors, OptionsDisagree } from '../errors.js';
import type { CollateralOptions } from '../loading/collateral.js';
import { dealWithCollateral } from '../loading/deal-with-collateral.js';
import { diagnosticLine, readJson, readText } from '../loading/deal.js';
import type { FixingsOptions } from '../loading/fixings.js';
import type { StateOptions } from '../loading/state.js';

/** What a set is made of, by the command's options. */
export interface SetOptions extends StateOptions, Omit<CollateralOptions, 'collections'>, FixingsOptions {
  set: string;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Reads all that a set depends on, and tries it. @throws DocumentHasErrors with every fault of the set file */
export async function readSet(
  given: string,
  options: SetOptions,
): Promise<{ request: SetRequest; note: string; count: number }> {
  const { hand, collateral } = await dealWithCollateral(given, options);
  const { lines, note } = collateral;
  if (!lines || hand.deal.underlying.length > 0)
    throw new OptionsDisagree('a set runs over loans or lines of the deal’s own: give them by --pool or --tape');
  const set = await readText(options.set);
  const { diagnostics } = parseScenarioSet(set, knownToSets(hand.deal, lines));
  const findings = diagnostics.map((found) => diagnosticLine(options.set, found));
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new DocumentHasErrors(options.set, findings);
  if (findings.length > 0) process.stderr.write(`${findings.join('\n')}\n`);
  const { state, fixings, assumeZero = false } = options;
  const request: SetRequest = {
    document: hand.text,
    cutOffPool: formatMoney(hand.cutOffPool),
    lines,
    set,
    state: state === undefined || state === 'closing' ? null : await readJson(state),
    fixings: fixings === undefined ? null : await readText(fixings),
    assumeZero,
  };
  const failed = tryScenarios(request).map(({ scenario, error }) => `scenario ${scenario}: ${messageOf(error)}`);
  if (failed.length > 0) throw new DocumentHasErrors(options.set, failed);
  return { request, note, count: openSet(request).plan.count };
}
