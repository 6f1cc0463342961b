import { RATE_SCALE } from '@weir/money';
import { detached } from '../detached.js';
import { rolesOf, type LoanRecord, type RoleOf } from '../loan-record.js';
import type { AssetClass, Field } from '../model/field.js';
import type { FieldValue } from '../row-reader.js';
import type { AverageStanding, ConcentrationResult, PoolAverageLimit, PoolLimit, PoolShareLimit } from './limit.js';

/** One limit on its way through the pool. */
interface Tally {
  readonly field: string;
  add(value: FieldValue, balance: bigint): void;
  result(pool: bigint): ConcentrationResult;
}

const sizeOf = (value: FieldValue): bigint | null =>
  typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) : null;

/** The part of the pool that a limit is of. */
class ShareTally implements Tally {
  readonly field: string;
  private readonly byValue = new Map<string, bigint>();
  private inRange = 0n;
  private stated = 0n;

  constructor(private readonly limit: PoolShareLimit) {
    this.field = limit.field;
  }

  add(value: FieldValue, balance: bigint): void {
    const { part } = this.limit;
    if ('from' in part) {
      const size = sizeOf(value);
      if (size === null) return;
      this.stated += balance;
      const isIn = (part.from === null || size >= part.from) && (part.below === null || size < part.below);
      if (isIn) this.inRange += balance;
    } else if (value !== null) {
      this.stated += balance;
      const name = detached(String(value));
      this.byValue.set(name, (this.byValue.get(name) ?? 0n) + balance);
    }
  }

  result(pool: bigint): ConcentrationResult {
    const { id, part, most } = this.limit;
    const { amount, values } = 'from' in part ? { amount: this.inRange, values: [] } : this.largestPart();
    return {
      ...{ kind: 'share', id, amount, pool, most, values },
      share: pool === 0n ? 0n : (amount * RATE_SCALE) / pool,
      unstated: pool - this.stated,
      unknown: pool > 0n && this.stated === 0n,
      breached: amount * RATE_SCALE > most * pool,
    };
  }

  private largestPart(): { amount: bigint; values: string[] } {
    const { part } = this.limit;
    const sorted = [...this.byValue].sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : y > x ? 1 : -1));
    const chosen = 'values' in part ? sorted.filter(([value]) => part.values.includes(value)) : this.first(sorted);
    return { amount: chosen.reduce((sum, [, amount]) => sum + amount, 0n), values: chosen.map(([value]) => value) };
  }

  private first(sorted: readonly [string, bigint][]): [string, bigint][] {
    const { part } = this.limit;
    const except = 'except' in part ? (part.except ?? []) : [];
    return sorted.filter(([value]) => !except.includes(value)).slice(0, 'largest' in part ? part.largest : 1);
  }
}

/** The mean over the pool that a limit is of: of the loans that state it. */
class AverageTally implements Tally {
  readonly field: string;
  private weighed = 0n;
  private stated = 0n;

  constructor(
    private readonly limit: PoolAverageLimit,
    private readonly kind: Field['kind'],
  ) {
    this.field = limit.field;
  }

  add(value: FieldValue, balance: bigint): void {
    const size = sizeOf(value);
    if (size === null) return;
    this.weighed += size * balance;
    this.stated += balance;
  }

  result(pool: bigint): AverageStanding {
    const { id, field, least, most } = this.limit;
    const { weighed, stated } = this;
    return {
      ...{ kind: 'average', id, field: { name: field, kind: this.kind }, least, most, pool },
      average: stated === 0n ? null : Number((weighed * 1_000_000n) / stated) / 1e6,
      unstated: pool - stated,
      unknown: pool > 0n && stated === 0n,
      breached: (least !== null && weighed < least * stated) || (most !== null && weighed > most * stated),
    };
  }
}

/** Concentration limits of a pool, row by row. */
export class ConcentrationCheck {
  private readonly tallies: Tally[];
  private readonly roleOf: RoleOf;
  private pool = 0n;

  constructor(assetClass: AssetClass, limits: readonly PoolLimit[]) {
    this.roleOf = rolesOf(assetClass);
    const kinds = new Map(assetClass.fields.map(({ name, kind }) => [name, kind]));
    this.tallies = limits.map((limit) =>
      limit.kind === 'share' ? new ShareTally(limit) : new AverageTally(limit, kinds.get(limit.field) ?? 'integer'),
    );
  }

  /** Adds a loan; those without a balance are no part of a pool. */
  add(record: Pick<LoanRecord, 'values'>): void {
    const balance = this.roleOf(record, 'closing');
    if (typeof balance !== 'bigint' || balance <= 0n) return;
    this.pool += balance;
    for (const tally of this.tallies) tally.add(record.values[tally.field] ?? null, balance);
  }

  result(): ConcentrationResult[] {
    return this.tallies.map((tally) => tally.result(this.pool));
  }
}
