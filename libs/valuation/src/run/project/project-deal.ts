import type { PoolFlows } from '@weir/collateral';
import { COLLATERAL_COLUMNS, type Deal, UNDERLYING_FLOWS } from '@weir/deal';
import type { CompiledDeal, Projection } from '@weir/waterfall';
import type { Scenario } from '../../scenario/scenario.js';
import { closingState, type DealState } from '../files/state-file.js';
import { callsOf, type Exercise, firstExercise } from './calls.js';
import { type CollateralTable, soldOn, tableOfPool } from './collateral-table.js';
import { feedInputs, inputIndex } from './feed-inputs.js';
import type { IndexInputs } from '../fixings/index-inputs.js';
import { type Figures, figuresOf } from './figures.js';
import { DealProjection } from './projected.js';
import { type Path, runExact, runProjected } from './run-path.js';
import { type Watch, watchOf } from './watch.js';

/** What a projection takes. */
export interface ProjectDeal {
  readonly deal: Deal;
  readonly compiled: CompiledDeal;
  readonly projection: Projection;
  /** Monthly flows of a pool, or what is given by payment date. */
  readonly flows: PoolFlows | CollateralTable;
  readonly scenario: Scenario;
  /** Where the deal stands; at closing when not given. */
  readonly state?: DealState;
  /** By the exact executor instead: slower, and the projection also keeps what each step paid and the flows of accounts. */
  readonly exact?: boolean;
  /** Report items that nothing gives are zero. */
  readonly assumeZero?: boolean;
  /** Index rates that published rates give; the scenario's hold on the other dates. */
  readonly indices?: IndexInputs;
  /** No call is exercised, whatever the scenario says. */
  readonly toMaturity?: boolean;
}

/** Figures and watched slots of a deal, made once for many scenarios. */
const prepared = new WeakMap<CompiledDeal, { figures: Figures; watch: Watch }>();

function prepare(compiled: CompiledDeal): { figures: Figures; watch: Watch } {
  const known = prepared.get(compiled);
  if (known) return known;
  const figures = figuresOf(compiled);
  const made = { figures, watch: watchOf(compiled, figures) };
  prepared.set(compiled, made);
  return made;
}

const isTable = (flows: PoolFlows | CollateralTable): flows is CollateralTable => 'columns' in flows;

/** Columns that are zero once the pool is sold: the collateral's, and amounts of report items given by date. */
function owned(deal: Deal, compiled: CompiledDeal): string[] {
  const amounts = compiled.inputs.flatMap(({ name, unit }) => (unit === 'money' ? [name] : []));
  const underlying = deal.underlying.flatMap(({ name }) => UNDERLYING_FLOWS.map((flow) => `${name}.${flow}`));
  return [...Object.keys(COLLATERAL_COLUMNS), ...underlying, ...amounts];
}

/** Runs a deal's rows, with or without a call. */
class Runner {
  readonly state: DealState;
  readonly firstPeriod: number;
  readonly given: CollateralTable;
  private readonly own: { figures: Figures; watch: Watch };

  constructor(private readonly request: ProjectDeal) {
    this.state = request.state ?? closingState(request.compiled);
    this.firstPeriod = this.state.period + 1;
    this.given = isTable(request.flows)
      ? request.flows
      : tableOfPool(request.compiled, request.flows, this.firstPeriod);
    this.own = prepare(request.compiled);
  }

  run(exercise: Exercise | null): Path {
    const { deal, compiled, scenario, projection, assumeZero = false, exact = false, indices } = this.request;
    const table = exercise ? soldOn(this.given, exercise.row, owned(deal, compiled)) : this.given;
    const feed = feedInputs(deal, compiled, table, scenario, { assumeZero, ...(indices ? { indices } : {}) });
    if (exercise) {
      feed.inputs[exercise.row * feed.width + inputIndex(compiled, `${exercise.call}.exercised`)] = 1;
    }
    const path = {
      firstPeriod: this.firstPeriod,
      rows: table.rows,
      feed,
      state: this.state.words,
      ...this.own,
    };
    return exact ? runExact(compiled, path) : runProjected(compiled, projection, path);
  }

  projected(path: Path, exercise: Exercise | null): DealProjection {
    const { compiled, scenario } = this.request;
    const called = exercise && { call: exercise.call, period: this.firstPeriod + exercise.row };
    const { figures, watch } = this.own;
    const { rows } = this.given;
    const { words } = this.state;
    return new DealProjection(
      compiled,
      scenario,
      this.firstPeriod,
      rows,
      path.fault,
      called,
      figures,
      path,
      watch,
      words,
    );
  }
}

/** The earliest call that the scenario exercises: on a date on which it is permitted and notes are outstanding. */
function exerciseOf({ compiled, scenario }: ProjectDeal, projected: DealProjection): Exercise | null {
  const dates = projected.paymentDates;
  const balances = projected.tranches.filter(({ notional }) => !notional).map(({ opening }) => opening);
  const outstanding = (row: number): boolean => balances.some((balance) => (balance[row] ?? 0) >= 0.5);
  const found = callsOf(compiled).flatMap((call): Exercise[] => {
    const choice = scenario.calls[call];
    if (!choice || !projected.has(`${call}.permitted`)) return [];
    const flags = projected.figure(`${call}.permitted`);
    const permitted = (row: number): boolean => flags[row] === 1 && outstanding(row);
    const row = firstExercise(choice, permitted, dates.length, (at) => dates[at] ?? '');
    return row === null ? [] : [{ call, row }];
  });
  return found.sort((a, b) => a.row - b.row)[0] ?? null;
}

/**
 * Projects a deal: the collateral's flows feed the report items, and the program runs date by date, from closing or from
 * any later state, with a deposit of just what is due. The first call that the scenario exercises is exercised on the first
 * date on which it may be; the pool is then sold: nothing of it is left at that date, and nothing comes later. Money in the
 * answer is in cents.
 * @throws InputsMissing @throws FormulaWithoutValue
 */
export function projectDeal(request: ProjectDeal): DealProjection {
  const runner = new Runner(request);
  const toMaturity = runner.projected(runner.run(null), null);
  if (request.toMaturity || Object.keys(request.scenario.calls).length === 0) return toMaturity;
  const exercise = exerciseOf(request, toMaturity);
  return exercise ? runner.projected(runner.run(exercise), exercise) : toMaturity;
}
