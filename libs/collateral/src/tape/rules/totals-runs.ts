import type { MoneySums } from '../money-sums.js';

/** Where a row of totals stood: rows read before it, and what their amounts came to. */
interface Start {
  readonly rows: number;
  readonly sums: ReadonlyMap<number, bigint>;
}

/** What the rows of a run come to. */
export interface Run {
  readonly sum: bigint;
  /** Whether it is that of all rows so far. */
  readonly all: boolean;
}

/** Rows of totals that are looked back at: totals of totals stand in few levels. */
const LOOKED_BACK = 64;

/** What amounts came to at each row of totals: a subtotal is of the rows since one of those before it. */
export class TotalsRuns {
  private starts: Start[] = [];

  /** @param slots those of the amounts */
  constructor(private readonly slots: readonly number[]) {}

  /** A row of totals stands here. @param rows rows read so far @param sums over the loans among them */
  close(rows: number, sums: MoneySums): void {
    if (this.starts.length === LOOKED_BACK) this.starts = this.starts.slice(1);
    this.starts.push({ rows, sums: new Map(this.slots.map((slot) => [slot, sums.of(slot)])) });
  }

  /** What an amount comes to since the last row of totals, since those before it, and over all rows, of runs of so many. */
  of(slot: number, rows: number, sums: MoneySums, least: number): Run[] {
    const now = sums.of(slot);
    const runs = this.starts.filter((start) => rows - start.rows >= least).reverse();
    const since = runs.map((start) => ({ sum: now - (start.sums.get(slot) ?? 0n), all: false }));
    return rows >= least ? [...since, { sum: now, all: true }] : since;
  }

  /** What an amount came to at the last row of totals, if so many rows stand below it; zero where there is none. */
  atLast(slot: number, rows: number, least: number): bigint | null {
    const last = this.starts.at(-1);
    if (last === undefined) return rows >= least ? 0n : null;
    return rows - last.rows >= least ? (last.sums.get(slot) ?? 0n) : null;
  }
}
