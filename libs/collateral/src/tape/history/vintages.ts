import { rolesOf, type LoanRecord, type RoleOf } from '../loan-record.js';
import { monthBalances } from '../month-balances.js';
import { LIQUIDATED, PAID_AT_MATURITY } from '../model/commercial-codes.js';
import type { AssetClass, Role } from '../model/field.js';
import { newLoss, saysNothing, type Stating, statingOf } from './new-loss.js';

/** One month on book of a vintage; money in cents. */
export interface VintageMonth {
  /** Whole months since the month of origination. */
  readonly monthOnBook: number;
  readonly opening: bigint;
  readonly closing: bigint;
  /** Losses of the month: what a later tape states again counts once (see `newLoss`). */
  readonly chargeOffs: bigint;
  /** Of the month too; those that are stated to date by their differences. */
  readonly recoveries: bigint;
  /** Principal that came before it was due; the proceeds of liquidations are none. */
  readonly prepaid: bigint;
  /** Charge-offs less recoveries (losses to date are net of them) up to here ÷ original balance of the vintage. */
  readonly cumulativeNetLoss: number;
  /** Prepaid principal ÷ (opening − scheduled principal); null without an opening balance. */
  readonly smm: number | null;
}

/** Loans that began in the same quarter. */
export interface Vintage {
  /** YYYY-Qn */
  readonly name: string;
  readonly loans: number;
  readonly originalBalance: bigint;
  readonly months: readonly VintageMonth[];
}

interface Cell {
  opening: bigint;
  closing: bigint;
  chargeOffs: bigint;
  recoveries: bigint;
  scheduled: bigint;
  prepaid: bigint;
}

interface Pool {
  loans: number;
  original: bigint;
  readonly months: Map<number, Cell>;
}

const monthsOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

/** The quarter of a month (YYYY-MM), as YYYY-Qn. */
export const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;

/**
 * Static pools out of a history of tapes: feed it every month's rows in the order of time, then take the curves. A loan
 * is of the vintage that its first row states, and stays in it whatever later ones state: that is then `fact-changed`.
 */
export class StaticPools {
  private readonly pools = new Map<string, Pool>();
  /** Month of origination by loan, as first stated. */
  private readonly originated = new Map<string, string>();
  /** Loss, and recovery to date, that was stated last, by loan; loans without any left out. */
  private readonly lost = new Map<string, bigint>();
  private readonly recovered = new Map<string, bigint>();
  private readonly roleOf: RoleOf;
  private readonly losses: Stating;
  private readonly recoveries: Stating;

  constructor(private readonly assetClass: AssetClass) {
    this.roleOf = rolesOf(assetClass);
    this.losses = statingOf(assetClass, 'chargeOff');
    this.recoveries = statingOf(assetClass, 'recovery');
  }

  /** The same pools, to go on with in another way. */
  copy(): StaticPools {
    const copy = new StaticPools(this.assetClass);
    for (const [key, month] of this.originated) copy.originated.set(key, month);
    for (const [key, loss] of this.lost) copy.lost.set(key, loss);
    for (const [key, recovery] of this.recovered) copy.recovered.set(key, recovery);
    for (const [name, pool] of this.pools) {
      const months = new Map([...pool.months].map(([month, cell]) => [month, { ...cell }]));
      copy.pools.set(name, { ...pool, months });
    }
    return copy;
  }

  /** Adds a row. Rows without key or period, and those of a loan that never stated its origination, say nothing of a vintage. */
  add(record: LoanRecord): void {
    const { key, period } = record;
    if (key === null || period === null) return;
    const first = this.originated.get(key);
    const originated = first ?? this.roleOf(record, 'originated');
    if (typeof originated !== 'string') return;
    const pool = this.poolOf(quarterOf(originated));
    if (first === undefined) {
      this.originated.set(key, originated);
      pool.loans++;
      pool.original += this.money(record, 'originalAmount') ?? this.money(record, 'opening') ?? 0n;
    }
    this.addTo(pool, monthsOf(period.to) - monthsOf(originated), record, key);
  }

  /** The vintages in order of time. */
  vintages(): Vintage[] {
    return [...this.pools]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { loans, original, months }]) => {
        let lost = 0n;
        const curve = [...months]
          .sort(([a], [b]) => a - b)
          .map(([monthOnBook, cell]): VintageMonth => {
            const { opening, closing, chargeOffs, recoveries, prepaid } = cell;
            lost += chargeOffs - (this.losses.toDate ? 0n : recoveries);
            const left = opening - cell.scheduled;
            const cumulativeNetLoss = original === 0n ? 0 : Number(lost) / Number(original);
            const smm = left <= 0n ? null : Number(prepaid) / Number(left);
            return { monthOnBook, opening, closing, chargeOffs, recoveries, prepaid, cumulativeNetLoss, smm };
          });
        return { name, loans, originalBalance: original, months: curve };
      });
  }

  private money(record: LoanRecord, role: Role): bigint | null {
    const value = this.roleOf(record, role);
    return typeof value === 'bigint' ? value : null;
  }

  private poolOf(name: string): Pool {
    const known = this.pools.get(name);
    if (known) return known;
    const pool: Pool = { loans: 0, original: 0n, months: new Map() };
    this.pools.set(name, pool);
    return pool;
  }

  private addTo(pool: Pool, month: number, record: LoanRecord, key: string): void {
    const none = { opening: 0n, closing: 0n, chargeOffs: 0n, recoveries: 0n, scheduled: 0n, prepaid: 0n };
    const cell = pool.months.get(month) ?? none;
    pool.months.set(month, cell);
    const opening = this.money(record, 'opening') ?? 0n;
    cell.opening += opening;
    cell.closing += this.money(record, 'closing') ?? 0n;
    cell.chargeOffs += this.lossOf(key, record);
    cell.recoveries += this.recoveryOf(key, record);
    const { scheduled, prepaid } = this.repaid(record, opening);
    cell.scheduled += scheduled;
    cell.prepaid += prepaid;
  }

  /** Nearly every row states no loss: only of one that does are its balances put together. */
  private lossOf(key: string, record: LoanRecord): bigint {
    const stated = this.money(record, 'chargeOff');
    if (saysNothing(stated, this.losses)) return 0n;
    const loss = newLoss(monthBalances(record, this.roleOf), this.lost.get(key) ?? 0n, this.losses);
    this.lost.set(key, stated);
    return loss;
  }

  private recoveryOf(key: string, record: LoanRecord): bigint {
    const stated = this.money(record, 'recovery');
    if (!this.recoveries.toDate || saysNothing(stated, this.recoveries)) return stated ?? 0n;
    const last = this.recovered.get(key) ?? 0n;
    this.recovered.set(key, stated);
    return stated - last;
  }

  /** What of the month's principal was due, and what was prepaid. */
  private repaid(record: LoanRecord, opening: bigint): Pick<Cell, 'scheduled' | 'prepaid'> {
    const unscheduled = this.money(record, 'unscheduled');
    if (unscheduled !== null) return this.statedApart(record, unscheduled);
    const principal = this.money(record, 'principal') ?? 0n;
    // What the instalment would have repaid after this month's interest; nobody prepays less than nothing.
    const instalment = (this.money(record, 'payment') ?? principal) - (this.money(record, 'interest') ?? 0n);
    const scheduled = instalment < 0n ? 0n : instalment < opening ? instalment : opening;
    return { scheduled, prepaid: principal > scheduled ? principal - scheduled : 0n };
  }

  /** Of a class that states principal beyond the schedule apart. The proceeds of a liquidation end a default: no prepayment. */
  private statedApart(record: LoanRecord, unscheduled: bigint): Pick<Cell, 'scheduled' | 'prepaid'> {
    const scheduled = this.money(record, 'principal') ?? 0n;
    const why = this.roleOf(record, 'liquidated');
    if (why === PAID_AT_MATURITY) return { scheduled: scheduled + unscheduled, prepaid: 0n };
    return { scheduled, prepaid: typeof why === 'string' && LIQUIDATED.has(why) ? 0n : unscheduled };
  }
}
