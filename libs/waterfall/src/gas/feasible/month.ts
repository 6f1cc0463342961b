import { BOOKED_LIMIT } from '../../execute/booked.js';
import { type Program, type RegionName, STATE_LIMIT, VALUE_LIMIT } from '../../program/program.js';
import { added, atLeast, constantOf, type Linear, variable } from './linear.js';
import type { Problem } from './problem.js';

/** The most that a booking holds of a class's interest and of its principal, in cents. */
const SINK_LIMITS = [1n << 46n, 1n << 48n] as const;

/** What stands in the slots at some place of a run, as sums of the unknowns. */
export class Month {
  readonly slots: Linear[];
  readonly deposit: Linear;
  /** Account and state words before the run. */
  readonly before: Linear[];

  constructor(
    readonly program: Program,
    readonly problem: Problem,
  ) {
    const { regions } = program.layout;
    this.slots = Array.from({ length: program.layout.slots }, () => constantOf(0n));
    program.constants.forEach((value, index) => (this.slots[index] = constantOf(value)));
    for (let word = 0; word < regions.R.count; word++) this.slots[regions.R.first + word] = this.rowWord(word);
    this.unknowns('I', VALUE_LIMIT - 1n);
    this.unknowns('C', BOOKED_LIMIT - 1n);
    this.unknowns('A', STATE_LIMIT - 1n);
    this.unknowns('S', STATE_LIMIT - 1n);
    this.deposit = this.slots[regions.C.first]!;
    this.before = this.words();
  }

  get inputs(): Linear[] {
    return this.of('I');
  }

  /** Account and state words as they are now. */
  words(): Linear[] {
    return [...this.of('A'), ...this.of('S')];
  }

  /** What a class's two sinks hold. */
  paidToClass(tranche: number): Linear {
    const sinks = this.of('X');
    return added(sinks[2 * tranche]!, sinks[2 * tranche + 1]!);
  }

  paidToPayees(): Linear[] {
    return this.of('X').slice(2 * this.program.layout.tranches);
  }

  /** What holds after a settlement: fields fit, no cash stays undistributed, the deposit is the remittance. */
  isSettled(): void {
    const { tranches } = this.program.layout;
    const [undistributed, remittance] = [this.of('C')[0]!, this.of('S')[tranches]!];
    this.equal(undistributed, constantOf(0n));
    this.equal(remittance, this.deposit);
    for (const word of this.words()) this.below(word, STATE_LIMIT);
    this.below(sumOf(this.paidToPayees()), BOOKED_LIMIT);
    for (const [index, sink] of this.of('X')
      .slice(0, 2 * tranches)
      .entries())
      this.below(sink, SINK_LIMITS[index % 2]!);
  }

  equal(a: Linear, b: Linear): void {
    this.problem.holds(atLeast(a, b));
    this.problem.holds(atLeast(b, a));
  }

  private below(sum: Linear, limit: bigint): void {
    this.problem.holds(atLeast(constantOf(limit - 1n), sum));
  }

  private of(region: RegionName): Linear[] {
    const { first, count } = this.program.layout.regions[region];
    return this.slots.slice(first, first + count);
  }

  private unknowns(region: RegionName, most: bigint): void {
    const { first, count } = this.program.layout.regions[region];
    for (let index = 0; index < count; index++) this.slots[first + index] = variable(this.problem.variable(0n, most));
  }

  /** A word of the row: the same in all rows, or anything from its least to its most. */
  private rowWord(word: number): Linear {
    let [least, most] = [VALUE_LIMIT, 0n];
    for (const row of this.program.rows) {
      const value = row[word] ?? 0n;
      least = value < least ? value : least;
      most = value > most ? value : most;
    }
    return least === most ? constantOf(least) : variable(this.problem.variable(least, most));
  }
}

export function sumOf(sums: readonly Linear[]): Linear {
  return sums.reduce((all, one) => added(all, one), constantOf(0n));
}
