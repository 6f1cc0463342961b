import { RATE_SCALE } from '@weir/money';
import { detached } from '../detached.js';
import type { FindingLog } from '../finding.js';
import type { FieldPlace } from '../header.js';
import { median, otherScale } from '../mapping/guess-numbers.js';
import type { FieldValue } from '../row-reader.js';

const RATE = Number(RATE_SCALE);

/** Cells without which nothing is said of a few of them. */
const LEAST_CELLS = 10;

/** One of so many cells is no slip. */
export const SLIPS = 20;

export type RateScale = 'fraction' | 'percentage';

/** Rates without which nothing is known of what is usual in their column. */
const LEAST_RATES = 5;

/** Above 100 % and so many times the middle one of its column, a rate is none of it; where little is known of the column, above it. */
const [TIMES, MOST] = [20, 10];

/** Below it a rate is none: some loans bear a little less than nothing. */
const LEAST = BigInt(-0.02 * RATE);

const percentOf = (rate: number): string => `${Number((rate * 100).toPrecision(6)).toLocaleString('en-US')} %`;

/**
 * Counts over the whole file the rates of a column that are of a size of the other scale, and tells, cell by cell, those that
 * none of its loans can bear.
 */
export class RateTally {
  private typical = 0;
  private most = BigInt(MOST * RATE);
  private first: { readonly cell: string; readonly value: bigint; readonly row: number }[] = [];
  private low = 0n;
  private high = -1n;
  private cells = 0;
  private strays = 0;
  /** Those of them that are told by their cells. */
  private told = 0;
  /** The first of them. */
  stray: { readonly row: number; readonly value: string } | null = null;

  constructor(
    readonly place: FieldPlace,
    private readonly scale: RateScale,
    private readonly log: FindingLog,
  ) {}

  /** Takes a value of the first rows, by which it is known what is usual. */
  seeFirst(cell: string, value: FieldValue, row: number): void {
    if (typeof value === 'bigint') this.first.push({ cell, value, row });
  }

  /** The usual size is that of the first rows; what they hold is counted by it too. */
  settle(): void {
    // Cells with a percent sign are sure of what they are.
    const signed = this.first.filter(({ cell }) => cell.endsWith('%'));
    const typical = median((signed.length > 0 ? signed : this.first).map(({ value }) => Number(value) / RATE));
    if (this.first.length >= LEAST_RATES && typical > 0) this.knows(typical);
    const [low, high] = otherScale(typical, this.scale);
    if (typical > 0) [this.low, this.high] = [BigInt(Math.ceil(low * RATE)), BigInt(Math.floor(high * RATE))];
    for (const { cell, value, row } of this.first) this.see(cell, value, row);
    this.first = [];
  }

  /** Takes a value of the rows after them: cheap, since it is asked of every row. */
  see(cell: string, value: FieldValue, row: number): void {
    if (typeof value !== 'bigint') return;
    this.cells++;
    const impossible = value > this.most || value < LEAST;
    if (impossible) this.tell(cell, value, row);
    // A cell with a percent sign says itself what it is.
    if (value >= this.low && value <= this.high && value !== 0n && !cell.endsWith('%')) {
      this.strays++;
      if (impossible) this.told++;
      this.stray ??= { row, value: detached(cell) };
    }
  }

  private knows(typical: number): void {
    this.typical = typical;
    this.most = BigInt(Math.ceil(Math.max(1, typical * TIMES) * RATE));
  }

  private tell(cell: string, value: bigint, row: number): void {
    const { column } = this.place;
    const rate = Number(value) / RATE;
    const reads = `row ${row}: ${column} reads "${cell.slice(0, 50)}", which is ${percentOf(rate)}`;
    const others = this.typical === 0 ? '' : `, where the middle one of the column is ${percentOf(this.typical)}`;
    const message = rate < 0 ? `${reads}: no loan bears it` : `${reads}${others}`;
    const [hundred, other] = [rate / 100, this.scale === 'percentage' ? 'basis points' : 'a percentage'];
    const slip =
      this.typical > 0 && rate > 0 && hundred < this.typical * 5 && hundred > this.typical / 5
        ? `: ${percentOf(hundred)}, if the cell is ${other} among ${this.scale}s`
        : '';
    const remedy = `ask the servicer for the rate and write it as the others of the column${slip}`;
    this.log.add({ row, column, value: cell, rule: 'impossible-rate', message, remedy });
  }

  said(): string | null {
    if (this.strays === 0 || this.cells < LEAST_CELLS || (this.told === this.strays && !this.many)) return null;
    const { scale, strays, cells } = this;
    const size = scale === 'percentage' ? 'smaller' : 'larger';
    return `is read as ${scale}s, but ${strays} of ${cells} cells are about a hundred times ${size} than the others`;
  }

  /** Whether they are more than slips in single rows. */
  get many(): boolean {
    return this.strays * SLIPS >= this.cells;
  }
}
