import { type Random } from '../random.js';

export const KINDS = ['money', 'rate', 'ratio', 'flag', 'date'] as const;
export type Kind = (typeof KINDS)[number];
/** What has a history: everything but flags and dates. */
type Measured = 'money' | 'rate' | 'ratio';

export type NamesByKind = Record<Kind, string[]>;

/** Cents as a document writes an amount. */
export function amountText(cents: bigint, currency: string): string {
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')} ${currency}`;
}

/** Writes random formulas of a wanted unit over the names of a scope. Divisors are guarded, but for few. */
export class FormulaWriter {
  constructor(
    readonly random: Random,
    readonly currency: string,
    readonly pool: bigint,
    private readonly names: NamesByKind = { money: [], rate: [], ratio: [], flag: [], date: [] },
  ) {}

  /** A scope of its own that begins with these names. */
  inner(): FormulaWriter {
    const names = Object.fromEntries(KINDS.map((kind) => [kind, [...this.names[kind]]])) as NamesByKind;
    return new FormulaWriter(this.random, this.currency, this.pool, names);
  }

  add(kind: Kind, ...names: string[]): void {
    this.names[kind].push(...names);
  }

  of(kind: Kind, depth: number): string {
    return this[kind](depth);
  }

  /** An amount of some size between a cent and a part of the pool. */
  cents(): string {
    const most = this.pool / this.random.pick([3n, 20n, 200n, 2000n, 10_000n]);
    return amountText(1n + this.random.upTo(most), this.currency);
  }

  percent(most: number): string {
    return `${(this.random.below(100 * most) / 100).toFixed(2)} %`;
  }

  money(depth: number): string {
    if (depth <= 0) return this.leaf('money', () => this.cents());
    const { random } = this;
    const [a, b] = [this.money(depth - 1), this.money(depth - 1)];
    const way = random.below(13);
    if (way < 2) return `(${a} ${random.pick(['+', '-'])} ${b})`;
    if (way < 4) return `${random.pick(['min', 'max'])}(${a}, ${b})`;
    if (way === 4) return `abs(${a} - ${b})`;
    if (way < 7) return `(${this.percent(60)} * ${a})`;
    if (way === 7) return `if(${this.flag(depth - 1)}, ${a}, ${b})`;
    if (way === 8) return this.rounded(`${this.ratio(depth - 1)} * ${a}`);
    if (way === 9) return `(${this.rate(0)} * ${this.leaf('money', () => this.cents())} * daysInPeriod / 360)`;
    if (way === 10) return `(${a} / ${2 + random.below(11)})`;
    return this.history('money', () => a);
  }

  /** An amount that can hardly be negative: what a step pays, a target, a price. */
  amount(depth: number): string {
    return this.random.chance(1) ? `(poolOpening - ${this.money(depth)})` : `max(0, ${this.money(depth)})`;
  }

  rate(depth: number): string {
    if (depth <= 0) return this.leaf('rate', () => this.percent(12));
    const [a, b] = [this.rate(depth - 1), this.rate(depth - 1)];
    const way = this.random.below(8);
    if (way < 2) return `(${a} ${this.random.pick(['+', '-'])} ${b})`;
    if (way < 4) return `${this.random.pick(['min', 'max'])}(${a}, ${b})`;
    if (way === 4) return `(${this.random.pick(['0.5', '1.25'])} * ${a})`;
    if (way === 5) return `if(${this.flag(depth - 1)}, ${a}, ${b})`;
    if (way === 6) return `roundUp(${a}, 0.125 %)`;
    return this.history('rate', () => a);
  }

  ratio(depth: number): string {
    if (depth <= 0) return this.leaf('ratio', () => this.percent(100));
    const way = this.random.below(8);
    // An amount of a rate, divided by an amount, would be a rate again.
    if (way < 2) return `(${this.leaf('money', () => this.cents())} / ${this.divisor(depth - 1)})`;
    if (way === 2) return `(${this.ratio(depth - 1)} + ${this.ratio(depth - 1)})`;
    if (way === 3) return `max(${this.ratio(depth - 1)}, ${this.percent(10)})`;
    if (way === 4) return `(${this.date(0)} - ${this.date(0)}) / ${this.random.pick([360, 365])}`;
    if (way === 5) return `(1 - ${this.percent(100)})`;
    if (way === 6) return `if(${this.flag(depth - 1)}, ${this.ratio(0)}, ${this.ratio(0)})`;
    return this.history('ratio', () => this.ratio(depth - 1));
  }

  flag(depth: number): string {
    if (depth > 0) {
      const way = this.random.below(5);
      if (way === 0) return `(${this.flag(depth - 1)} and ${this.flag(depth - 1)})`;
      if (way === 1) return `(${this.flag(depth - 1)} or ${this.flag(depth - 1)})`;
      if (way === 2) return `not (${this.flag(depth - 1)})`;
    }
    if (this.random.chance(25) && this.names.flag.length > 0) return this.random.pick(this.names.flag);
    const kind = this.random.pick(['money', 'money', 'rate', 'ratio', 'date'] as const);
    // A side with a name: what compares two constants would be always true or never.
    const named = this.names[kind].length > 0 ? this.random.pick(this.names[kind]) : 'period';
    const other = named === 'period' ? String(2 + this.random.below(9)) : this.of(kind, Math.min(depth, 1));
    return `${named} ${this.random.pick(['<', '<=', '>', '>=', '<', '>', '=', '!='])} ${other}`;
  }

  date(depth: number): string {
    if (depth > 0 && this.random.chance(25)) return `addMonths(${this.date(depth - 1)}, ${this.random.below(90)})`;
    return this.leaf('date', () => `${2019 + this.random.below(12)}-0${1 + this.random.below(9)}-15`);
  }

  private leaf(kind: Kind, literal: () => string): string {
    const names = this.names[kind];
    return names.length > 0 && this.random.chance(70) ? this.random.pick(names) : literal();
  }

  private divisor(depth: number): string {
    const guarded = `max(${this.cents()}, ${this.money(depth)})`;
    return this.random.chance(1) ? this.leaf('money', () => this.cents()) : guarded;
  }

  private rounded(product: string): string {
    const way = this.random.pick(['roundDown', 'roundUp', 'roundHalfUp']);
    return this.random.chance(50) ? `${way}(${product})` : `${way}(${product}, 100.00 ${this.currency})`;
  }

  /** The past of a name; most histories are short, since each word of theirs is stored. */
  private history(kind: Measured, otherwise: () => string): string {
    if (this.names[kind].length === 0) return otherwise();
    const name = this.random.pick(this.names[kind]);
    const dates = this.random.chance(15) ? 12 : 1 + this.random.below(4);
    const way = this.random.below(7);
    if (way === 0) return `cumulative(${name})`;
    if (way === 1) return `previous(${name})`;
    if (way === 2) return `lagged(${name}, ${dates}, ${kind === 'money' ? this.cents() : this.percent(5)})`;
    return `${this.random.pick(['average', 'total'])}(${name}, ${dates})`.replace(
      /^total\((.*), \d+\)$/,
      way === 3 ? 'highest($1)' : way === 4 ? 'lowest($1)' : '$&',
    );
  }
}
