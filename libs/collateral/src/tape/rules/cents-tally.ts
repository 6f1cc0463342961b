import { isAbsent } from '../cells.js';
import { detached } from '../detached.js';
import type { FieldPlace } from '../header.js';
import { SLIPS } from './rate-tally.js';
import { hasDecimals } from './unit-doubts.js';

/** Counts over the whole file the cells of a column that is read as cents and that have decimals. */
export class CentsTally {
  private cells = 0;
  private strays = 0;
  /** The first of them. */
  first: { readonly row: number; readonly value: string } | null = null;

  constructor(readonly place: FieldPlace) {}

  see(cells: readonly (string | null)[], row: number): void {
    const cell = cells[this.place.at] ?? '';
    if (isAbsent(cell)) return;
    this.cells++;
    if (!hasDecimals(cell)) return;
    this.strays++;
    this.first ??= { row, value: detached(cell) };
  }

  said(): string | null {
    const { strays, cells } = this;
    return strays === 0 ? null : `is read as cents, but ${strays} of ${cells} cells have decimals`;
  }

  /** Whether they are more than slips in single rows. */
  get many(): boolean {
    return this.strays * SLIPS >= this.cells;
  }
}
