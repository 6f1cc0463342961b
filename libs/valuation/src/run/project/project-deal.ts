import type { PoolFlows } from '@weir/collateral';
import { COLLATERAL_COLUMNS, type Deal, UNDERLYING_FLOWS } from '@weir/deal';
import type { CompiledDeal, Projection } from '@weir/waterfall';
import type { Scenario } from '../../scenario/scenario.js';
import { StepBuysNothing } from '../errors.js';
import { closingState, type DealState } from '../files/state-file.js';
import { callsOf, type Exercise, firstExercise } from './calls.js';
import { groupColumn, tableOfGroups } from './collateral-groups.js';
import { type CollateralTable, soldOn } from './collateral-table.js';
import { type Feed, feedInputs, inputIndex } from './feed-inputs.js';
import type { IndexInputs } from '../fixings/index-inputs.js';
import { type Figures, figuresOf } from './figures.js';
import { measuredOf } from './measured.js';
import { DealProjection } from './projected.js';
import { type Bought, Purchases } from './reinvest.js';
import { type Path, type PathRequest, runExact, runProjected } from './run-path.js';
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
  /** Whether the projection also shows both sides of each comparison of triggers that join several. */
  readonly comparisons?: boolean;
  /** Report items that nothing gives are zero. */
  readonly assumeZero?: boolean;
  /** Index rates that published rates give; the scenario's hold on the other dates. */
  readonly indices?: IndexInputs;
  /** What becomes of the flows of what the scenario's reinvestment buys, such as a stress of its losses; nothing by default. */
  readonly boughtFlows?: (table: CollateralTable) => CollateralTable;
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

/** Columns that are zero once the pool is sold: the collateral's, those of its groups, and amounts of report items given by date. */
function owned(deal: Deal, compiled: CompiledDeal, { columns }: CollateralTable): string[] {
  const amounts = compiled.inputs.flatMap(({ name, unit }) => (unit === 'money' ? [name] : []));
  const underlying = deal.underlying.flatMap(({ name }) => UNDERLYING_FLOWS.map((flow) => `${name}.${flow}`));
  const ofGroups = Object.keys(columns).filter((name) => groupColumn(name) !== null);
  return [...Object.keys(COLLATERAL_COLUMNS), ...ofGroups, ...underlying, ...amounts];
}

/** Payment dates that were run, with the collateral as it then was. */
interface Ran {
  readonly path: Path;
  readonly table: CollateralTable;
  readonly bought: readonly Bought[];
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
      : tableOfGroups(request.compiled, request.flows, this.firstPeriod, request.deal.collateralGroups);
    this.own = prepare(request.compiled);
  }

  run(exercise: Exercise | null): Ran {
    const { compiled, projection, exact = false } = this.request;
    const feed = this.feed(this.given, exercise);
    const path: PathRequest = {
      firstPeriod: this.firstPeriod,
      rows: this.given.rows,
      feed,
      state: this.state.words,
      ...this.own,
    };
    const go = (request: PathRequest): Path =>
      exact ? runExact(compiled, request) : runProjected(compiled, projection, request);
    const steps = this.buyers();
    if (steps.length === 0) return { path: go(path), table: this.given, bought: [] };
    const { deal, scenario, boughtFlows = (table) => table } = this.request;
    const purchases = new Purchases(deal, compiled, scenario, this.given, boughtFlows);
    const after = (row: number, watched: Float64Array): void => {
      const before = purchases.table;
      for (const { step, place } of steps) purchases.buy(step, row, watched[place] ?? 0);
      if (purchases.table !== before) feed.inputs.set(this.feed(purchases.table, exercise).inputs);
    };
    return { path: go({ ...path, after }), table: purchases.table, bought: purchases.bought };
  }

  /** The words of every date over a collateral, which a call takes away. */
  private feed(collateral: CollateralTable, exercise: Exercise | null): Feed {
    const { deal, compiled, scenario, assumeZero = false, indices } = this.request;
    const table = exercise ? soldOn(collateral, exercise.row, owned(deal, compiled, collateral)) : collateral;
    const feed = feedInputs(deal, compiled, table, scenario, { assumeZero, ...(indices ? { indices } : {}) });
    if (exercise) {
      feed.inputs[exercise.row * feed.width + inputIndex(compiled, `${exercise.call}.exercised`)] = 1;
    }
    return feed;
  }

  /** Steps that buy, with the place among the watched slots of what each paid. @throws StepBuysNothing */
  private buyers(): { step: string; place: number }[] {
    const { compiled, scenario } = this.request;
    return compiled.steps.flatMap(({ id, pays }) => {
      if (!scenario.reinvestment[id]) return [];
      const paid = this.own.figures.get(`${id}.paid`);
      const [term] = paid?.kind === 'slots' ? paid.terms : [];
      const place = term && this.own.watch.placeOf.get(term.slot);
      if (pays.length === 0 || place === undefined) throw new StepBuysNothing(id);
      return [{ step: id, place }];
    });
  }

  projected({ path, table, bought }: Ran, exercise: Exercise | null): DealProjection {
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
      table,
      bought,
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
 * answer is in cents. Where the scenario says what steps buy, the collateral grows by it, and the dates run one by one.
 * @throws InputsMissing @throws InputNegative @throws FormulaWithoutValue @throws PurchasesUnseen @throws StepBuysNothing
 */
export function projectDeal(given: ProjectDeal): DealProjection {
  const request = measuredOf(given);
  const runner = new Runner(request);
  const toMaturity = runner.projected(runner.run(null), null);
  if (request.toMaturity || Object.keys(request.scenario.calls).length === 0) return toMaturity;
  const exercise = exerciseOf(request, toMaturity);
  return exercise ? runner.projected(runner.run(exercise), exercise) : toMaturity;
}
