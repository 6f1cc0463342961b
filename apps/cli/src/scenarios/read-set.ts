import { formatMoney } from '@weir/money';
import { type DealData, namesKnownTo, openSet, parseScenarioSet, type SetRequest, tryScenarios } from '@weir/valuation';
import { DocumentHasErrors } from '../errors.js';
import type { CollateralOptions } from '../loading/collateral.js';
import { dealWithCollateral } from '../loading/deal-with-collateral.js';
import { diagnosticLine, readText } from '../loading/deal.js';
import type { FixingsOptions } from '../loading/fixings.js';
import type { StateOptions } from '../loading/state.js';
import type { UnderlyingOptions } from '../loading/underlying.js';

/** What a set is made of, by the command's options. */
export interface SetOptions extends StateOptions, CollateralOptions, FixingsOptions, UnderlyingOptions {
  set: string;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Reads all that a set depends on, and tries it. @throws DocumentHasErrors with every fault of the set file */
export async function readSet(
  given: string,
  options: SetOptions,
): Promise<{ request: SetRequest; note: string; count: number }> {
  const { hand, collateral } = await dealWithCollateral(given, options);
  const data: DealData = {
    ...collateral.data,
    document: hand.text,
    cutOffPool: formatMoney(hand.cutOffPool),
    state: hand.stateJson,
  };
  const set = await readText(options.set);
  const { diagnostics } = parseScenarioSet(set, namesKnownTo(data));
  const findings = diagnostics.map((found) => diagnosticLine(options.set, found));
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new DocumentHasErrors(options.set, findings);
  if (findings.length > 0) process.stderr.write(`${findings.join('\n')}\n`);
  const { fixings, assumeZero = false } = options;
  const published = fixings === undefined ? null : await readText(fixings);
  const request: SetRequest = { ...data, set, fixings: published, assumeZero };
  const failed = tryScenarios(request).map(({ scenario, error }) => `scenario ${scenario}: ${messageOf(error)}`);
  if (failed.length > 0) throw new DocumentHasErrors(options.set, failed);
  return { request, note: collateral.note, count: openSet(request).plan.count };
}
