/** Repeatable numbers from a seed (mulberry32), so that a failing case is named by its seed alone. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Integer from 0 to below `bound` (at most 2^32). */
  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Number((BigInt((mixed ^ (mixed >>> 14)) >>> 0) * BigInt(bound)) >> 32n);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** Integer from 0 to `most`, of any size. */
  upTo(most: bigint): bigint {
    let value = 0n;
    for (let bits = most; bits > 0n; bits >>= 32n) value = (value << 32n) | BigInt(this.below(2 ** 32));
    return value % (most + 1n);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('pick needs at least one item');
    return item;
  }
}
