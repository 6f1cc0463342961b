import { type Fraction, fraction, gcd, isAbove, isBelow, plus } from './fraction.js';
import type { Linear } from './linear.js';

/** A basic variable: `den` times it is the sum of multiples of variables that are not basic. */
interface Row {
  den: bigint;
  terms: Map<number, bigint>;
}

type Bounds = (bigint | null)[];

/** Undoes one bound. */
interface Loosening {
  bounds: Bounds;
  id: number;
  bound: bigint | null;
}

/** The work that was allowed is done: nothing is known. */
export class OutOfWork extends Error {
  constructor(readonly work: number) {
    super(`no answer within ${work} steps; allow more of them or take what is not refuted as possible`);
  }
}

/**
 * Exact feasibility of bounds on variables and on sums of them, over the rational numbers: the general simplex method
 * (B. Dutertre and L. de Moura, "A fast linear-arithmetic solver for DPLL(T)", CAV 2006), with Bland's rule, so that it ends. Bounds
 * are whole numbers and can be taken back to a mark.
 */
export class Simplex {
  private readonly lower: Bounds = [];
  private readonly upper: Bounds = [];
  private readonly values: Fraction[] = [];
  private readonly rows = new Map<number, Row>();
  private readonly trail: Loosening[] = [];

  /** @param work coefficients that may be touched before `OutOfWork` */
  constructor(private work: number) {}

  /** A new variable. */
  variable(): number {
    this.values.push(fraction(0n));
    this.lower.push(null);
    this.upper.push(null);
    return this.values.length - 1;
  }

  /** A variable that stands for a sum, its constant apart. */
  sum({ terms }: Linear): number {
    const row: Row = { den: 1n, terms: new Map() };
    for (const [id, coefficient] of terms) this.add(row, id, coefficient);
    const id = this.variable();
    this.rows.set(id, row);
    this.values[id] = this.valueOf(row);
    return id;
  }

  /** The value of a variable in the last solution. */
  value(id: number): Fraction {
    return this.values[id]!;
  }

  mark(): number {
    return this.trail.length;
  }

  backTo(mark: number): void {
    while (this.trail.length > mark) {
      const { bounds, id, bound } = this.trail.pop()!;
      bounds[id] = bound;
    }
  }

  /** False when the variable cannot be so large, by its upper bound alone. */
  atLeast(id: number, bound: bigint): boolean {
    const [below, above] = [this.lower[id]!, this.upper[id]!];
    if (below !== null && bound <= below) return true;
    if (above !== null && bound > above) return false;
    this.set(this.lower, id, bound);
    if (!this.rows.has(id) && isBelow(this.value(id), bound)) this.move(id, bound);
    return true;
  }

  /** False when the variable cannot be so small, by its lower bound alone. */
  atMost(id: number, bound: bigint): boolean {
    const [below, above] = [this.lower[id]!, this.upper[id]!];
    if (above !== null && bound >= above) return true;
    if (below !== null && bound < below) return false;
    this.set(this.upper, id, bound);
    if (!this.rows.has(id) && isAbove(this.value(id), bound)) this.move(id, bound);
    return true;
  }

  /** Finds values within all bounds, or says that there are none. @throws OutOfWork */
  check(): boolean {
    for (;;) {
      const wrong = this.firstOutside();
      if (wrong === null) return true;
      const low = this.lower[wrong]!;
      const rises = low !== null && isBelow(this.value(wrong), low);
      const entering = this.entering(this.rows.get(wrong)!, rises);
      if (entering === null) return false;
      this.pivot(wrong, entering, rises ? low : this.upper[wrong]!);
    }
  }

  private set(bounds: Bounds, id: number, bound: bigint): void {
    this.trail.push({ bounds, id, bound: bounds[id] ?? null });
    bounds[id] = bound;
  }

  private spend(work: number): void {
    this.work -= work;
    if (this.work < 0) throw new OutOfWork(-this.work);
  }

  /** The first basic variable outside its bounds. */
  private firstOutside(): number | null {
    let found: number | null = null;
    for (const id of this.rows.keys()) {
      if (found !== null && id > found) continue;
      const [value, low, high] = [this.value(id), this.lower[id]!, this.upper[id]!];
      if ((low !== null && isBelow(value, low)) || (high !== null && isAbove(value, high))) found = id;
    }
    this.spend(this.rows.size);
    return found;
  }

  /** The first variable of a row that can move so that the row's own rises or falls. */
  private entering({ terms }: Row, rises: boolean): number | null {
    let found: number | null = null;
    for (const [id, coefficient] of terms) {
      if (found !== null && id > found) continue;
      const up = coefficient > 0n === rises;
      const bound = up ? this.upper[id]! : this.lower[id]!;
      const value = this.value(id);
      if (bound === null || (up ? isBelow(value, bound) : isAbove(value, bound))) found = id;
    }
    return found;
  }

  /** Sets a variable that is not basic, and with it those that are. */
  private move(id: number, to: bigint): void {
    const by = plus(fraction(to), this.value(id), { num: -1n, den: 1n });
    this.values[id] = fraction(to);
    for (const [basic, { den, terms }] of this.rows) {
      const coefficient = terms.get(id);
      if (coefficient !== undefined) this.values[basic] = plus(this.value(basic), by, fraction(coefficient, den));
    }
    this.spend(this.rows.size);
  }

  private valueOf({ den, terms }: Row): Fraction {
    let sum = fraction(0n);
    for (const [id, coefficient] of terms) sum = plus(sum, this.value(id), { num: coefficient, den: 1n });
    return fraction(sum.num, sum.den * den);
  }

  /** The basic variable goes to a bound and changes places with another. */
  private pivot(leaving: number, entering: number, bound: bigint): void {
    const { den, terms } = this.rows.get(leaving)!;
    const coefficient = terms.get(entering)!;
    // den × leaving = coefficient × entering + rest, solved for entering.
    const sign = coefficient < 0n ? -1n : 1n;
    const solved: Row = { den: coefficient * sign, terms: new Map([[leaving, den * sign]]) };
    for (const [id, one] of terms) if (id !== entering) solved.terms.set(id, -one * sign);
    this.rows.delete(leaving);
    for (const row of this.rows.values()) {
      const times = row.terms.get(entering);
      if (times === undefined) continue;
      row.terms.delete(entering);
      this.addRow(row, solved, times);
    }
    this.rows.set(entering, solved);
    this.spend(this.rows.size);
    this.move(leaving, bound);
  }

  /** Adds a multiple of any variable to a row, basic ones by what they stand for. */
  private add(row: Row, id: number, times: bigint): void {
    const basic = this.rows.get(id);
    if (basic) this.addRow(row, basic, times * row.den);
    else addTerm(row.terms, id, times * row.den);
  }

  /** row + times × (other ÷ row's own denominator): both sides multiplied until all is whole, then cut. */
  private addRow(row: Row, other: Row, times: bigint): void {
    this.spend(row.terms.size + other.terms.size);
    const common = gcd(other.den, times);
    const [factor, share] = [other.den / common, times / common];
    if (factor !== 1n) {
      row.den *= factor;
      for (const [id, one] of row.terms) row.terms.set(id, one * factor);
    }
    for (const [id, one] of other.terms) addTerm(row.terms, id, share * one);
    if (row.den !== 1n) cut(row);
  }
}

function addTerm(terms: Map<number, bigint>, id: number, by: bigint): void {
  const sum = (terms.get(id) ?? 0n) + by;
  if (sum === 0n) terms.delete(id);
  else terms.set(id, sum);
}

function cut(row: Row): void {
  let divisor = row.den;
  for (const one of row.terms.values()) {
    divisor = gcd(divisor, one);
    if (divisor === 1n) return;
  }
  row.den /= divisor;
  for (const [id, one] of row.terms) row.terms.set(id, one / divisor);
}
