import type { PoolAssumptions } from '@weir/collateral';
import { largestThat } from '../../solve/largest.js';
import type { CollateralTable } from './collateral-table.js';
import { trancheMetrics } from './metrics.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { DealProjection } from './projected.js';
import { type GroupedLine, projectedMonths, projectGroups } from './project-groups.js';
import { projectDeal, type ProjectDeal } from './project-deal.js';
import { checkScalable, highestFactor, lossesOf, stressLosses } from './stressed-losses.js';

/** The most that a class stands: the largest default rate at which it is still paid in full. */
export interface BreakEven {
  readonly tranche: string;
  /** It is paid in full without any default; else there is no break-even and the figures are those without one. */
  readonly holds: boolean;
  /** Of loans: a constant rate, a fraction a year, to a hundredth of a percent. Null for collections from elsewhere. */
  readonly cdr: number | null;
  /** Of collections: by what their default rates are multiplied, to a hundredth. Null for loans. */
  readonly factor: number | null;
  /** Σ losses ÷ balance at the start and of what was bought since, at that rate. */
  readonly loss: number;
  /** The same as the scenario, or the collections, have it. */
  readonly baseLoss: number;
  /** loss ÷ baseLoss; null when nothing is lost in the base case. */
  readonly multiple: number | null;
  /** It is paid in full even when all that can default does. */
  readonly unbroken: boolean;
}

const STEP = 0.0001;
const FACTOR_STEP = 0.01;

type Request = Omit<ProjectDeal, 'flows'>;

const sum = (column: Float64Array): number => column.reduce((total, amount) => total + amount, 0);

function isPaidInFull({ deal }: Request, projection: DealProjection, tranche: string): boolean {
  const found = projection.tranches.find(({ name }) => name === tranche);
  return found !== undefined && trancheMetrics(deal, projection, found).paidInFull;
}

const mapped = <A, B>(of: Readonly<Record<string, A>>, to: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, to(value)]));

/** Losses of a pool over its balance, those of what steps bought over what they bought with them. */
function lossShare(losses: number, balance: number, { bought }: DealProjection): number {
  const all = bought.reduce((total, one) => total + one.balance, balance);
  return all === 0 ? 0 : bought.reduce((total, one) => total + one.losses, losses) / all;
}

/** The assumptions with one speed of default for all loans: what else says how many default gives way, a lag does not. */
function defaulting(of: PoolAssumptions, cdr: number): PoolAssumptions {
  const { delinquency, advances, defaultByStatus: _, multipliers = {}, ...rest } = of;
  const { default: __, ...others } = multipliers;
  const lagged = delinquency?.kind === 'lagged' ? { delinquency, ...(advances ? { advances } : {}) } : {};
  return { ...rest, ...lagged, multipliers: others, default: { model: 'CDR', speed: cdr } };
}

/**
 * Break-even of a class: CDRs from 0 to 100 % of all collateral, severity and the rest as the scenario says, but no call
 * is exercised. Beyond the answer the class loses principal or is owed interest at the end. @throws as `projectDeal`
 */
export function breakEven(request: Request, lines: readonly GroupedLine[], tranche: string): BreakEven {
  const { scenario } = request;
  const months = projectedMonths(request.compiled, (request.state?.period ?? 0) + 1);
  const at = (cdr: number): Scenario => {
    const by = (of: PoolAssumptions): PoolAssumptions => defaulting(of, cdr);
    return {
      ...scenario,
      assumptions: by(scenario.assumptions),
      groups: mapped(scenario.groups, by),
      reinvestment: mapped(scenario.reinvestment, (of) => ({ ...of, assumptions: by(of.assumptions) })),
    };
  };
  const balance = lines.reduce((total, line) => total + line.balance, 0);
  // To maturity: whoever may call would not buy the notes out of a pool that has lost more than it is worth.
  const run = (of: Scenario) => {
    const flows = projectGroups(lines, of, months);
    return { flows, projection: projectDeal({ ...request, scenario: of, flows, toMaturity: true }) };
  };
  const share = (of: Scenario): number => {
    const { flows, projection } = run(of);
    return lossShare(sum(flows.losses), balance, projection);
  };
  const baseLoss = share(scenario);
  const holds = (cdr: number): boolean => isPaidInFull(request, run(at(cdr)).projection, tranche);
  if (!holds(0)) return broken(tranche, baseLoss);
  const cdr = largestThat(holds, { lower: 0, upper: 1, step: STEP });
  const loss = share(at(cdr));
  return {
    tranche,
    holds: true,
    cdr,
    factor: null,
    loss,
    baseLoss,
    multiple: over(loss, baseLoss),
    unbroken: cdr >= 1,
  };
}

/**
 * The same over collections from elsewhere, whose default rates are multiplied as `stressLosses` does, from 0 up to where all
 * of the pool defaults at once. @throws LossesNotScalable @throws as `projectDeal`
 */
export function breakEvenOfCollections(request: Request, table: CollateralTable, tranche: string): BreakEven {
  checkScalable(request.deal, table);
  const balance = table.columns['poolOpening']?.[0] ?? 0;
  const at = (factor: number): DealProjection => {
    const boughtFlows = (of: CollateralTable): CollateralTable => stressLosses(of, factor);
    return projectDeal({ ...request, flows: stressLosses(table, factor), boughtFlows, toMaturity: true });
  };
  const share = (of: CollateralTable, projection: DealProjection): number =>
    lossShare(sum(lossesOf(of)), balance, projection);
  const baseLoss = share(table, projectDeal({ ...request, flows: table, toMaturity: true }));
  const holds = (factor: number): boolean => isPaidInFull(request, at(factor), tranche);
  if (!holds(0)) return broken(tranche, baseLoss);
  const upper = Math.ceil(highestFactor(table) / FACTOR_STEP) * FACTOR_STEP;
  const factor = largestThat(holds, { lower: 0, upper, step: FACTOR_STEP });
  const loss = share(stressLosses(table, factor), at(factor));
  const unbroken = factor > upper - FACTOR_STEP;
  return { tranche, holds: true, cdr: null, factor, loss, baseLoss, multiple: over(loss, baseLoss), unbroken };
}

const over = (loss: number, baseLoss: number): number | null => (baseLoss > 0 ? loss / baseLoss : null);

const broken = (tranche: string, baseLoss: number): BreakEven => ({
  tranche,
  holds: false,
  cdr: null,
  factor: null,
  loss: 0,
  baseLoss,
  multiple: null,
  unbroken: false,
});
