/** A seeded stream of integers for sample data: the same seeds give the same stream on every machine. Not for secrets. */
export class Dice {
  private state: number;

  constructor(...seeds: number[]) {
    this.state = 0x5eed;
    for (const seed of seeds) this.state = Dice.mix(this.state ^ Math.imul(seed | 0, 0x2c1b3c6d));
  }

  /** An integer from 0 to n − 1; n is at most 2^20. */
  below(n: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    return Math.floor(((Dice.mix(this.state) >>> 0) * n) / 2 ** 32);
  }

  /** An integer from low to high, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True in `perMille` of a thousand throws. */
  chance(perMille: number): boolean {
    return this.below(1000) < perMille;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }

  private static mix(value: number): number {
    let mixed = value | 0;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
    return mixed ^ (mixed >>> 16);
  }
}
