import { compileProjection } from '@weir/waterfall';
import { readFixings } from '../run/fixings/fixings-file.js';
import { indexInputs } from '../run/fixings/index-inputs.js';
import { projectedMonths } from '../run/project/project-groups.js';
import { readCsv } from '../run/text/csv.js';
import type { Scenario } from '../scenario/scenario.js';
import { type DealData, namesKnownTo, openDeal, type OpenedDeal } from './deal-data.js';
import { dealOutcome, type DealSet, projectedDates } from './deal-outcome.js';
import { ScenarioSetInvalid, SetRequestInvalid } from './errors.js';
import { parseScenarioSet } from './parse-set.js';
import { planScenarios, type ScenarioPlan, type ScenarioSet } from './plan.js';
import type { Outcome } from './shards.js';
import { collateralFaults } from './varied.js';

/**
 * All that a set's outcomes depend on, as plain data that JSON keeps: whoever runs a shard of it, on whatever machine, comes
 * to the same.
 */
export interface SetRequest extends DealData {
  /** Text of the set file. */
  readonly set: string;
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
  readonly programHash: string;
}

/** The opened deal with the rates that are published. */
function preparedDeal({ lines, fixings, assumeZero }: SetRequest, { flows, ...opened }: OpenedDeal): DealSet {
  const { deal, compiled } = opened;
  const published = fixings === null ? null : readFixings(deal, readCsv(fixings, 'the fixings'));
  return {
    ...opened,
    projection: compileProjection(compiled.program),
    lines,
    assumeZero,
    ...(flows && { flows }),
    ...(published && { indices: indexInputs(deal, compiled, published) }),
  };
}

/** Parses the set file of a request. @throws SetRequestInvalid with every fault @throws ScenarioSetInvalid */
function setOf(request: SetRequest): ScenarioSet {
  const { set, diagnostics } = parseScenarioSet(request.set, namesKnownTo(request));
  if (!set) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    throw new SetRequestInvalid('the set file', errors);
  }
  const faults = collateralFaults(set, request);
  if (faults.length > 0) throw new ScenarioSetInvalid(faults);
  return set;
}

/**
 * Makes a set ready: parses, compiles, plans.
 * @throws SetRequestInvalid with every fault of the document or the set file @throws InputInvalid
 * @throws ScenarioSetInvalid when it varies what its collateral cannot be varied in
 */
export function openSet(request: SetRequest): OpenedSet {
  const set = setOf(request);
  const prepared = preparedDeal(request, openDeal(request, request.assumeZero));
  const { compiled } = prepared;
  const months = projectedMonths(compiled, (prepared.state?.period ?? 0) + 1);
  return {
    kind: set.kind,
    plan: planScenarios(set, projectedDates(prepared)),
    measure: (scenario) => dealOutcome({ ...prepared, months }, scenario),
    months: months.length,
    programHash: compiled.program.hash,
  };
}

/** One line of each collateral group and index: what a scenario may lack shows with these as with all. */
function ofEachKind<D extends DealData>(data: D): D {
  const kinds = new Map(data.lines.map((line) => [JSON.stringify([line.group, line.adjustable?.index]), line]));
  const owned = Object.entries(data.underlying ?? {}).map(([name, each]) => [name, ofEachKind(each)] as const);
  return {
    ...data,
    lines: [...kinds.values()],
    ...(data.underlying && { underlying: Object.fromEntries(owned) }),
  };
}

/**
 * Tries scenarios over few lines, so that what the deal needs and a scenario lacks is told before the set is run: those of a
 * list, up to `most`; of the others the first and the last, where a grid stresses the least and the most. Gives what each
 * throws, with the scenario's name; what two of a grid or of Monte Carlo lack alike once.
 */
export function tryScenarios(request: SetRequest, most = 200): { scenario: string; error: unknown }[] {
  const { kind, plan, measure } = openSet(ofEachKind(request));
  const ends = [...new Set([0, plan.count - 1])];
  const tried = kind === 'list' ? Array.from({ length: Math.min(plan.count, most) }, (_, index) => index) : ends;
  const failed = tried.flatMap((index) => {
    const scenario = plan.at(index);
    try {
      measure(scenario);
      return [];
    } catch (error) {
      return [{ scenario: scenario.name, error }];
    }
  });
  const [first, last] = failed.map(({ error }) => String(error));
  return kind !== 'list' && first === last ? failed.slice(0, 1) : failed;
}
