import { RATE_SCALE } from '@weir/money';
import { detached } from '../detached.js';
import { rolesOf, type LoanRecord, type RoleOf } from '../loan-record.js';
import type { AssetClass } from '../model/field.js';

/** The most that a part of the pool may be of it, by closing balance. */
export interface ConcentrationLimit {
  readonly id: string;
  /** Field of the loan model by which the part is told. */
  readonly field: string;
  /**
   * Which part: loans with one of some values; each value, none of which may pass the limit; the largest so many values
   * together; or loans whose number (cents, rate at `RATE_SCALE`, count) lies from one end, included, to the other.
   */
  readonly part:
    | { readonly values: readonly string[] }
    | { readonly each: true }
    | { readonly largest: number }
    | { readonly from: bigint | null; readonly below: bigint | null };
  /** At `RATE_SCALE`: a tenth of it is 10 %. */
  readonly most: bigint;
}

/** A limit against the pool. Shares at `RATE_SCALE`, rounded down for showing; the comparison is exact. */
export interface ConcentrationResult {
  readonly id: string;
  readonly amount: bigint;
  readonly pool: bigint;
  readonly share: bigint;
  readonly most: bigint;
  readonly breached: boolean;
  /** The values that make up the part; the largest ones where many do. */
  readonly values: readonly string[];
}

interface Tally {
  readonly limit: ConcentrationLimit;
  readonly byValue: Map<string, bigint>;
  inRange: bigint;
}

/** Concentration limits of a pool, row by row. */
export class ConcentrationCheck {
  private readonly tallies: Tally[];
  private readonly roleOf: RoleOf;
  private pool = 0n;

  constructor(assetClass: AssetClass, limits: readonly ConcentrationLimit[]) {
    this.roleOf = rolesOf(assetClass);
    this.tallies = limits.map((limit) => ({ limit, byValue: new Map(), inRange: 0n }));
  }

  /** Adds a loan; those without a balance are no part of a pool. */
  add(record: LoanRecord): void {
    const balance = this.roleOf(record, 'closing');
    if (typeof balance !== 'bigint' || balance <= 0n) return;
    this.pool += balance;
    for (const tally of this.tallies) {
      const { part, field } = tally.limit;
      const value = record.values[field] ?? null;
      if ('from' in part) {
        if (typeof value !== 'bigint' && typeof value !== 'number') continue;
        const size = BigInt(value);
        if ((part.from === null || size >= part.from) && (part.below === null || size < part.below))
          tally.inRange += balance;
      } else if (value !== null) {
        const name = detached(String(value));
        tally.byValue.set(name, (tally.byValue.get(name) ?? 0n) + balance);
      }
    }
  }

  result(): ConcentrationResult[] {
    return this.tallies.map((tally) => {
      const { limit, inRange } = tally;
      const { amount, values } = 'from' in limit.part ? { amount: inRange, values: [] } : partOf(tally);
      const { pool } = this;
      const share = pool === 0n ? 0n : (amount * RATE_SCALE) / pool;
      return {
        id: limit.id,
        amount,
        pool,
        share,
        most: limit.most,
        breached: amount * RATE_SCALE > limit.most * pool,
        values,
      };
    });
  }
}

function partOf({ limit: { part }, byValue }: Tally): { amount: bigint; values: string[] } {
  const sorted = [...byValue].sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : y > x ? 1 : -1));
  const chosen =
    'values' in part
      ? sorted.filter(([value]) => part.values.includes(value))
      : sorted.slice(0, 'largest' in part ? part.largest : 1);
  return { amount: chosen.reduce((sum, [, amount]) => sum + amount, 0n), values: chosen.map(([value]) => value) };
}
