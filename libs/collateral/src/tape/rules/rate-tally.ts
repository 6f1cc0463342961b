import { RATE_SCALE } from '@weir/money';
import { detached } from '../detached.js';
import type { FieldPlace } from '../header.js';
import { median, otherScale } from '../mapping/guess-numbers.js';
import type { FieldValue } from '../row-reader.js';

const RATE = Number(RATE_SCALE);

/** Cells without which nothing is said of a few of them. */
const LEAST_CELLS = 10;

/** One of so many cells is no slip. */
export const SLIPS = 20;

export type RateScale = 'fraction' | 'percentage';

/** Counts over the whole file the rates of a column that are of a size of the other scale. */
export class RateTally {
  private first: { readonly cell: string; readonly value: bigint; readonly row: number }[] = [];
  private low = 0n;
  private high = -1n;
  private cells = 0;
  private strays = 0;
  /** The first of them. */
  stray: { readonly row: number; readonly value: string } | null = null;

  constructor(
    readonly place: FieldPlace,
    private readonly scale: RateScale,
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
    const [low, high] = otherScale(typical, this.scale);
    if (typical > 0) [this.low, this.high] = [BigInt(Math.ceil(low * RATE)), BigInt(Math.floor(high * RATE))];
    for (const { cell, value, row } of this.first) this.see(cell, value, row);
    this.first = [];
  }

  /** Takes a value of the rows after them: cheap, since it is asked of every row. */
  see(cell: string, value: FieldValue, row: number): void {
    if (typeof value !== 'bigint') return;
    this.cells++;
    // A cell with a percent sign says itself what it is.
    if (value >= this.low && value <= this.high && value !== 0n && !cell.endsWith('%')) {
      this.strays++;
      this.stray ??= { row, value: detached(cell) };
    }
  }

  said(): string | null {
    if (this.strays === 0 || this.cells < LEAST_CELLS) return null;
    const { scale, strays, cells } = this;
    const size = scale === 'percentage' ? 'smaller' : 'larger';
    return `is read as ${scale}s, but ${strays} of ${cells} cells are about a hundred times ${size} than the others`;
  }

  /** Whether they are more than slips in single rows. */
  get many(): boolean {
    return this.strays * SLIPS >= this.cells;
  }
}
