import type { Deal } from '@weir/deal';
import { formatMoney, parseMoney } from '@weir/money';
import { type CompiledDeal, compileProjection, compileText } from '@weir/waterfall';
import { closingState, readState } from '../run/files/state-file.js';
import { indexInputs } from '../run/fixings/index-inputs.js';
import { readFixings } from '../run/fixings/fixings-file.js';
import type { GroupedLine } from '../run/project/project-groups.js';
import { indicesOf, projectedMonths } from '../run/project/project-groups.js';
import { readCsv } from '../run/text/csv.js';
import type { KnownNames } from '../scenario/read-parts.js';
import type { Scenario } from '../scenario/scenario.js';
import { dealOutcome, type DealSet, projectedDates } from './deal-outcome.js';
import { SetRequestInvalid } from './errors.js';
import { parseScenarioSet } from './parse-set.js';
import { planScenarios, type ScenarioPlan, type ScenarioSet } from './plan.js';
import type { Outcome } from './shards.js';

/**
 * All that a set's outcomes depend on, as plain data that JSON keeps: whoever runs a shard of it, on whatever machine, comes
 * to the same.
 */
export interface SetRequest {
  /** Text of the deal document. */
  readonly document: string;
  /** Pool at the cut-off date that the deal is compiled over, in units of the currency: "183639404.43". */
  readonly cutOffPool: string;
  readonly lines: readonly GroupedLine[];
  /** Text of the set file. */
  readonly set: string;
  /** Where the deal stands, as `writeState` gives it; null at closing. */
  readonly state: unknown;
  /** Text of published rates (CSV); null for none. */
  readonly fixings: string | null;
  readonly assumeZero: boolean;
}

/** A set that is ready to run. */
export interface OpenedSet {
  readonly kind: ScenarioSet['kind'];
  readonly plan: ScenarioPlan;
  /** Runs one scenario. @throws as `dealOutcome` */
  readonly measure: (scenario: Scenario) => Outcome;
  /** Months that each line is projected for at most. */
  readonly months: number;
}

/** Names that the scenarios of a deal over these lines may speak of. */
export function knownToSets(
  { report, calls, tranches, combinations }: Deal,
  lines: readonly GroupedLine[],
): KnownNames {
  const items = report.map(({ name }) => name);
  return {
    inputs: items,
    rates: [...items, ...indicesOf(lines)],
    calls: calls.map(({ name }) => name),
    classes: [...tranches, ...combinations].map(({ name }) => name),
  };
}

function dealOf({ document, cutOffPool }: SetRequest): { deal: Deal; compiled: CompiledDeal } {
  const { deal, compiled, diagnostics } = compileText(document, parseMoney(cutOffPool));
  if (!deal || !compiled) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    throw new SetRequestInvalid('the deal document', errors);
  }
  if (deal.underlying.length === 0) return { deal, compiled };
  const message = 'a set runs over loans, and this deal owns classes of other deals: project it by weir project';
  const place = { line: 1, column: 1, path: 'underlying' };
  throw new SetRequestInvalid('the deal document', [{ ...place, severity: 'error', code: 'underlying', message }]);
}

/** The compiled deal with where it stands and the rates that are published. */
function preparedDeal(request: SetRequest, deal: Deal, compiled: CompiledDeal): DealSet {
  const { lines, state, fixings, assumeZero } = request;
  const published = fixings === null ? null : readFixings(deal, readCsv(fixings, 'the fixings'));
  return {
    deal,
    compiled,
    projection: compileProjection(compiled.program),
    lines,
    state: state === null ? closingState(compiled) : readState(compiled, state, { assumeZero }),
    assumeZero,
    ...(published && { indices: indexInputs(deal, compiled, published) }),
  };
}

/**
 * Makes a set ready: parses, compiles, plans.
 * @throws SetRequestInvalid with every fault of the document or the set file @throws InputInvalid
 */
export function openSet(request: SetRequest): OpenedSet {
  const { deal, compiled } = dealOf(request);
  const { set, diagnostics } = parseScenarioSet(request.set, knownToSets(deal, request.lines));
  if (!set) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    throw new SetRequestInvalid('the set file', errors);
  }
  const prepared = preparedDeal(request, deal, compiled);
  const months = projectedMonths(compiled, (prepared.state?.period ?? 0) + 1);
  return {
    kind: set.kind,
    plan: planScenarios(set, projectedDates(prepared)),
    measure: (scenario) => dealOutcome({ ...prepared, months }, scenario),
    months: months.length,
  };
}

/** Balance of lines, in units of the currency. */
export const balanceOf = (lines: readonly GroupedLine[]): string =>
  formatMoney(BigInt(Math.round(lines.reduce((sum, { balance }) => sum + balance, 0))));

/** One line of each collateral group and index: what a scenario may lack shows with these as with all. */
function ofEachKind(lines: readonly GroupedLine[]): GroupedLine[] {
  const kinds = new Map(lines.map((line) => [JSON.stringify([line.group, line.adjustable?.index]), line]));
  return [...kinds.values()];
}

/**
 * Tries scenarios over few lines, so that what the deal needs and a scenario lacks is told before the set is run: those of a
 * list, up to `most`; the base of the others. Gives what each throws, with the scenario's name.
 */
export function tryScenarios(request: SetRequest, most = 200): { scenario: string; error: unknown }[] {
  const { kind, plan, measure } = openSet({ ...request, lines: ofEachKind(request.lines) });
  const count = kind === 'list' ? Math.min(plan.count, most) : 1;
  return Array.from({ length: count }, (_, index) => plan.at(index)).flatMap((scenario) => {
    try {
      measure(scenario);
      return [];
    } catch (error) {
      return [{ scenario: scenario.name, error }];
    }
  });
}
