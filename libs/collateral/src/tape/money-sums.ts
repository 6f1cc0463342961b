/** Cents that float64 counts exactly with room for an amount more. */
const MOST = 2 ** 52;

/** Exact sums of amounts by slot, kept as small numbers as long as they are small: a large tape adds up millions. */
export class MoneySums {
  private readonly small: Float64Array;
  private readonly large: bigint[];

  constructor(slots: number) {
    this.small = new Float64Array(slots);
    this.large = Array<bigint>(slots).fill(0n);
  }

  /** Adds cents that are below 2^52 either way. */
  addSmall(slot: number, cents: number): void {
    const sum = (this.small[slot] ?? 0) + cents;
    if (sum < MOST && sum > -MOST) this.small[slot] = sum;
    else {
      this.large[slot] = (this.large[slot] ?? 0n) + BigInt(sum);
      this.small[slot] = 0;
    }
  }

  add(slot: number, cents: bigint): void {
    this.large[slot] = (this.large[slot] ?? 0n) + cents;
  }

  of(slot: number): bigint {
    return (this.large[slot] ?? 0n) + BigInt(this.small[slot] ?? 0);
  }

  /** Whether a sum is so many cents. */
  is(slot: number, cents: bigint): boolean {
    // Cheap for every row: a sum of small numbers only is told apart without making a large one.
    if (this.large[slot] === 0n) return this.small[slot] === Number(cents) && this.of(slot) === cents;
    return this.of(slot) === cents;
  }
}
