import { type AtLeastZero, isConstant, type Linear } from './linear.js';
import { gcd } from './fraction.js';
import { OutOfWork, Simplex } from './simplex.js';

/** A bound on a variable of the simplex. */
interface Bound {
  id: number;
  bound: bigint;
  isLower: boolean;
}

/** One of several cases must hold, each all of its conditions. */
type Choice = Bound[][];

/** A place to which a problem can go back. */
export interface Mark {
  bounds: number;
  choices: number;
  possible: boolean;
}

/**
 * Whole variables, conditions on sums of them, and choices between conditions. `refutes` says whether something can be
 * ruled out; it never rules out what is possible.
 */
export class Problem {
  private readonly simplex: Simplex;
  private readonly sums = new Map<string, number>();
  private readonly choices: Choice[] = [];
  private possible = true;
  private spent = false;

  constructor(work: number) {
    this.simplex = new Simplex(work);
  }

  /** Whether the work is done, so that nothing more is refuted. */
  get isSpent(): boolean {
    return this.spent;
  }

  mark(): Mark {
    return { bounds: this.simplex.mark(), choices: this.choices.length, possible: this.possible };
  }

  /** Forgets all conditions since then. */
  backTo({ bounds, choices, possible }: Mark): void {
    this.simplex.backTo(bounds);
    this.choices.length = choices;
    this.possible = possible;
  }

  /** A variable from `least` to `most`. */
  variable(least: bigint, most: bigint): number {
    const id = this.simplex.variable();
    this.attempt(() => {
      this.assert({ id, bound: least, isLower: true });
      this.assert({ id, bound: most, isLower: false });
    });
    return id;
  }

  /** The sum is at least zero. */
  holds(sum: AtLeastZero): void {
    this.attempt(() => this.assert(this.boundOf(sum)));
  }

  /** One of the cases holds, in each of which all sums are at least zero. */
  holdsOne(cases: readonly (readonly AtLeastZero[])[]): void {
    this.attempt(() => this.assertOne(cases));
  }

  private assertOne(cases: readonly (readonly AtLeastZero[])[]): void {
    const choice: Choice = [];
    for (const sums of cases) {
      const bounds = sums.map((sum) => this.boundOf(sum));
      if (bounds.includes(false)) continue;
      const real = bounds.filter((bound): bound is Bound => typeof bound === 'object');
      if (real.length === 0) return;
      choice.push(real);
    }
    if (choice.length === 0) this.possible = false;
    else if (choice.length === 1) choice[0]!.forEach((bound) => this.assert(bound));
    else this.choices.push(choice);
  }

  /** Whether it is certain that not all of these sums can be at least zero. False when it cannot be told with the work. */
  refutes(sums: readonly AtLeastZero[] = []): boolean {
    if (!this.possible) return true;
    const mark = this.simplex.mark();
    let refuted = false;
    this.attempt(() => {
      refuted = !sums.every((sum) => this.assume(this.boundOf(sum))) || !this.isPossible();
    });
    this.simplex.backTo(mark);
    return refuted;
  }

  /** Nothing more is done, and so nothing ruled out, once the work is. */
  private attempt(action: () => void): void {
    if (this.spent) return;
    try {
      action();
    } catch (error) {
      if (!(error instanceof OutOfWork)) throw error;
      this.spent = true;
    }
  }

  private assert(bound: Bound | boolean): void {
    if (!this.assume(bound)) this.possible = false;
  }

  private assume(bound: Bound | boolean): boolean {
    if (typeof bound === 'boolean') return bound;
    const { id, bound: at, isLower } = bound;
    return isLower ? this.simplex.atLeast(id, at) : this.simplex.atMost(id, at);
  }

  /** Depth first through the choices that the solution at hand does not meet. */
  private isPossible(): boolean {
    if (!this.simplex.check()) return false;
    const open = this.choices.find((choice) => !choice.some((bounds) => bounds.every((bound) => this.isMet(bound))));
    if (!open) return true;
    for (const bounds of open) {
      const mark = this.simplex.mark();
      if (bounds.every((bound) => this.assume(bound)) && this.isPossible()) return true;
      this.simplex.backTo(mark);
    }
    return false;
  }

  private isMet({ id, bound, isLower }: Bound): boolean {
    const { num, den } = this.simplex.value(id);
    return isLower ? num >= bound * den : num <= bound * den;
  }

  /** A condition as a bound on one variable, or whether it holds when it has none. Rounded to whole numbers, as all are. */
  private boundOf(sum: Linear): Bound | boolean {
    if (isConstant(sum)) return sum.constant >= 0n;
    let divisor = 0n;
    for (const coefficient of sum.terms.values()) divisor = gcd(coefficient, divisor);
    const entries = [...sum.terms].sort(([one], [other]) => one - other);
    const [first, leading] = entries[0]!;
    const isLower = leading > 0n;
    const id = entries.length === 1 ? first : this.sumOf(entries, isLower ? divisor : -divisor);
    // divisor × x + constant >= 0 for the one sign, constant >= divisor × x for the other.
    return { id, bound: isLower ? -floored(sum.constant, divisor) : floored(sum.constant, divisor), isLower };
  }

  private sumOf(entries: readonly (readonly [number, bigint])[], unit: bigint): number {
    const key = entries.map(([id, coefficient]) => `${id}:${coefficient / unit}`).join();
    const found = this.sums.get(key);
    if (found !== undefined) return found;
    const id = this.simplex.sum({ terms: new Map(entries.map(([one, by]) => [one, by / unit])), constant: 0n });
    this.sums.set(key, id);
    return id;
  }
}

function floored(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && a % b !== 0n ? quotient - 1n : quotient;
}
