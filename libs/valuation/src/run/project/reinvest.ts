import { type Curve, type PoolAssumptions, projectPool, type Speed } from '@weir/collateral';
import { COLLATERAL_COLUMNS, type Deal } from '@weir/deal';
import type { CompiledDeal } from '@weir/waterfall';
import type { Reinvestment, Scenario } from '../../scenario/scenario.js';
import { PurchasesUnseen } from '../errors.js';
import { type CollateralTable, monthsOf, tableOfPool, tableWith } from './collateral-table.js';
import { lossesOf } from './stressed-losses.js';

/** What a step bought on a payment date (row, from 0), in cents: what it paid, and the balance that it got for it. */
export interface Bought {
  readonly step: string;
  readonly row: number;
  readonly paid: number;
  readonly balance: number;
  /** Σ losses of it up to the last payment date. */
  readonly losses: number;
}

/** A vector by month of the deal, seen from a later month. */
function from<C extends Curve>(curve: C, month: number): Curve {
  if (typeof curve === 'number' || curve.by === 'age') return curve;
  return { by: 'month', values: curve.values.slice(Math.min(month, curve.values.length - 1)) };
}

/** Assumptions of the deal as they are for what comes in `month` months after its first projected one. */
function assumptionsFrom(assumptions: PoolAssumptions, month: number): PoolAssumptions {
  const speed = <M extends string>(of: Speed<M>): Speed<M> => ({ ...of, speed: from(of.speed, month) });
  const { prepaymentPenalty, dilution, utilisation, residualRealisation, defaultByStatus } = assumptions;
  const { multipliers = {} } = assumptions;
  const curves = Object.entries({ prepaymentPenalty, dilution, utilisation, residualRealisation });
  const shifted = (named: [string, Curve | undefined][]): Record<string, Curve> =>
    Object.fromEntries(named.flatMap(([name, curve]) => (curve === undefined ? [] : [[name, from(curve, month)]])));
  return {
    ...assumptions,
    ...shifted(curves),
    prepayment: speed(assumptions.prepayment),
    default: speed(assumptions.default),
    // Loans are current when they are bought.
    ...(defaultByStatus?.current ? { defaultByStatus: { current: speed(defaultByStatus.current) } } : {}),
    severity: from(assumptions.severity, month),
    multipliers: shifted(Object.entries(multipliers)),
  };
}

/**
 * Collections that give a report item itself, where the document makes it of the collateral: what is bought would not be in it.
 * @throws PurchasesUnseen
 */
function checkSeen(deal: Deal, { columns }: CollateralTable): void {
  const given = deal.report.flatMap(({ name, from: formula }) =>
    formula && columns[name] && !(name in COLLATERAL_COLUMNS) ? [name] : [],
  );
  if (given.length > 0) throw new PurchasesUnseen(given);
}

/**
 * A pool that grows by what steps of the waterfall buy. What is bought on a payment date pays from the next collection
 * period on, whole months of it, and its balance is in that period's opening one.
 */
export class Purchases {
  readonly bought: Bought[] = [];
  private grown: CollateralTable;

  constructor(
    deal: Deal,
    private readonly compiled: CompiledDeal,
    private readonly scenario: Pick<Scenario, 'reinvestment'>,
    table: CollateralTable,
    /** What becomes of the flows of a line that is bought, such as a stress of its losses. */
    private readonly flowsOf: (table: CollateralTable) => CollateralTable,
  ) {
    checkSeen(deal, table);
    this.grown = table;
  }

  /** The collateral with all that was bought so far. */
  get table(): CollateralTable {
    return this.grown;
  }

  /** Buys for what a step paid (cents) on a payment date. */
  buy(step: string, row: number, paid: number): void {
    const terms = this.scenario.reinvestment[step];
    if (!terms || !(paid > 0)) return;
    const balance = Math.round(paid / terms.price);
    // What the last payment date buys pays after it.
    const flows = row + 1 < this.grown.rows ? this.flowsOf(this.tableOf(terms, balance, row + 1)) : null;
    const losses = flows ? lossesOf(flows).reduce((sum, amount) => sum + amount, 0) : 0;
    this.bought.push({ step, row, paid, balance, losses });
    if (flows) this.grown = tableWith(this.grown, flows);
  }

  private tableOf(terms: Reinvestment, balance: number, row: number): CollateralTable {
    const { line, averageBalance, assumptions } = terms;
    const { firstPeriod } = this.grown;
    const loanCount = averageBalance === null ? 0 : balance / (100 * averageBalance);
    const { from: month } = monthsOf(this.compiled, firstPeriod, row);
    const flows = projectPool([{ ...line, balance, loanCount }], assumptionsFrom(assumptions, month));
    return tableOfPool(this.compiled, flows, firstPeriod + row);
  }
}
