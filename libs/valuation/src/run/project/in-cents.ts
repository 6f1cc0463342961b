/**
 * Flows in whole cents whose sums are the sums of the flows to the cent: each date pays what has come in so far, rounded,
 * less what was paid before. Rounded one by one they would drift, and a pass-through would never quite repay.
 */
export function inCents(flows: Float64Array): Float64Array {
  let [sum, paid] = [0, 0];
  return flows.map((flow) => {
    sum += flow;
    const due = Math.round(sum) - paid;
    paid += due;
    return due;
  });
}

/**
 * Splits whole cents over the parts of a flow, date by date, so that they add up on each date. A part's cents are what it has
 * come to so far less what it had before, by largest remainder: it strays by less than a cent from its own sum. A part that is
 * nothing on a date gets nothing, and one above zero is never below.
 */
export class CentsSplit {
  readonly cents: readonly Float64Array[];
  private readonly carried: Float64Array;

  constructor(private readonly parts: readonly Float64Array[]) {
    this.cents = parts.map(({ length }) => new Float64Array(length));
    this.carried = new Float64Array(parts.length);
  }

  /** Splits `total` on a date and returns what was split: less where no part can take it. */
  on(row: number, total: number): number {
    let left = total;
    this.parts.forEach((part, index) => {
      const flow = part[row] ?? 0;
      const wanted = flow + (this.carried[index] ?? 0);
      const given = flow === 0 ? 0 : flow > 0 ? Math.max(0, Math.floor(wanted)) : Math.floor(wanted);
      this.give(index, row, given);
      this.carried[index] = wanted - given;
      left -= given;
    });
    for (; left !== 0; left -= Math.sign(left)) {
      const step = Math.sign(left);
      const index = this.nextFor(row, step);
      if (index < 0) break;
      this.give(index, row, step);
      this.carried[index] = (this.carried[index] ?? 0) - step;
    }
    return total - left;
  }

  private give(index: number, row: number, cents: number): void {
    const column = this.cents[index];
    if (column) column[row] = (column[row] ?? 0) + cents;
  }

  /** Of the parts that can take a cent more (or less), the one that is furthest behind (or ahead); −1 when none can. */
  private nextFor(row: number, step: number): number {
    let [found, most] = [-1, -Infinity];
    this.parts.forEach((part, index) => {
      const flow = part[row] ?? 0;
      if (flow === 0 || (step < 0 && flow > 0 && (this.cents[index]?.[row] ?? 0) === 0)) return;
      const behind = step * (this.carried[index] ?? 0);
      if (behind > most) [found, most] = [index, behind];
    });
    return found;
  }
}
