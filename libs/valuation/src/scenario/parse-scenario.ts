import { type Curve, type PoolAssumptions } from '@weir/collateral';
import { type Cursor, type Diagnostic, openDocument } from '@weir/deal';
import { type KnownNames, readParts, SCENARIO_FIELDS, type ScenarioParts } from './read-parts.js';
import { poolOf, reportMisfits } from './read-pool.js';
import { isBare } from './read-values.js';
import { groupAndAbove, type Scenario } from './scenario.js';

/** Name of the only scenario of a file that names none. */
export const ONLY_SCENARIO = 'base';

const NO_PARTS: ScenarioParts = readParts({}, {});

/** What a scenario says goes before what the file says for all, entry by entry. */
function combine(name: string, shared: ScenarioParts, own: ScenarioParts): Scenario {
  const groups = Object.keys({ ...shared.groups, ...own.groups }).map((group) => {
    // A group's own word goes before that of the groups it is part of and the whole pool's, wherever they stand.
    const named = groupAndAbove(group).flatMap((name) => [shared.groups[name] ?? {}, own.groups[name] ?? {}]);
    const assumptions = poolOf(shared.pool, own.pool, ...named);
    return [group, assumptions] as const;
  });
  const purchases = Object.entries({ ...shared.reinvestment, ...own.reinvestment }).map(([step, purchase]) => {
    const { pool, ...terms } = purchase;
    return [step, { ...terms, assumptions: poolOf(shared.pool, own.pool, pool) }] as const;
  });
  return {
    name,
    assumptions: poolOf(shared.pool, own.pool),
    groups: Object.fromEntries(groups),
    rates: { ...shared.rates, ...own.rates },
    inputs: { ...shared.inputs, ...own.inputs },
    calls: { ...shared.calls, ...own.calls },
    reinvestment: Object.fromEntries(purchases),
    settlement: own.settlement ?? shared.settlement,
    prices: { ...shared.prices, ...own.prices },
    yields: { ...shared.yields, ...own.yields },
    margins: { ...shared.margins, ...own.margins },
  };
}

const isZero = (curve: Curve): boolean =>
  typeof curve === 'number' ? curve === 0 : curve.values.every((v) => v === 0);

function warnOfFullRecovery(pool: PoolAssumptions, place: Cursor, at: number): void {
  if (isZero(pool.default.speed) || !isZero(pool.severity)) return;
  const message = 'loans default and all of their balance is recovered: give a severity, like severity: 40 %';
  place.findings.warn(at, place.path, 'severity', message);
}

/** A scenario file with what stands beside its scenarios. */
export interface ScenarioFile<More extends string = never> {
  readonly scenarios: Scenario[];
  /** The file names its scenarios, under `scenarios`. */
  readonly named: boolean;
  readonly more: Partial<Record<More, Cursor>>;
}

/** Reads the scenarios of a file that may have `more` fields; these are given back unread. */
export function readScenarios<More extends string = never>(
  root: Cursor,
  known: KnownNames,
  more: readonly More[] = [],
): ScenarioFile<More> {
  const all = root.fields<never, string>([], [...SCENARIO_FIELDS, 'scenarios', ...more]);
  const { scenarios } = all;
  const shared = readParts(all, known);
  const checks: (() => void)[] = [];
  const read = (name: string, cursor: Cursor, at: number, own: ScenarioParts): Scenario => {
    const scenario = combine(name, shared, own);
    const bought = Object.values(scenario.reinvestment).map(({ assumptions }) => assumptions);
    const pools = [scenario.assumptions, ...Object.values(scenario.groups), ...bought];
    for (const pool of pools) warnOfFullRecovery(pool, cursor, at);
    checks.push(() => reportMisfits(pools, cursor, at));
    return scenario;
  };
  const found = scenarios ? readNamedScenarios(scenarios, known, read) : [read(ONLY_SCENARIO, root, root.at, NO_PARTS)];
  // Values that did not read are replaced by ones that do: what does not fit with those would only confuse.
  if (!root.findings.failed) checks.forEach((check) => check());
  return { scenarios: found, named: scenarios !== undefined, more: all as Partial<Record<More, Cursor>> };
}

function readNamedScenarios(
  scenarios: Cursor,
  known: KnownNames,
  read: (name: string, cursor: Cursor, at: number, own: ScenarioParts) => Scenario,
): Scenario[] {
  const entries = scenarios.entries(false);
  if (entries.length === 0) scenarios.error('shape', 'at least one scenario is needed here: its name and its fields');
  return entries.map(({ name, at, value }) => {
    // A name alone is a scenario that follows the file in everything.
    const own = isBare(value) ? NO_PARTS : readParts(value.fields([], SCENARIO_FIELDS), known);
    return read(name, value, at, own);
  });
}

/**
 * Reads a scenario file (YAML or JSON). Fields at the top hold for all scenarios; those under a name in `scenarios` go
 * before them. Never throws on bad input: all faults come at once with line and column, and `scenarios` is empty when
 * any of them is an error. `known` are the deal's names; another is passed over with a warning, which gives the nearest.
 */
export function parseScenario(
  text: string,
  known: KnownNames = {},
): { scenarios: Scenario[]; diagnostics: Diagnostic[] } {
  const { root, findings } = openDocument(text);
  // A document whose YAML is broken would only add faults that follow from the first.
  const scenarios = findings.failed ? [] : readScenarios(root, known).scenarios;
  return { scenarios: findings.failed ? [] : scenarios, diagnostics: findings.sorted() };
}
