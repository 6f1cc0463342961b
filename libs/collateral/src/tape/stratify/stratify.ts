import { counted } from '../counted.js';
import { detached } from '../detached.js';
import { rolesOf, type LoanRecord, type RoleOf } from '../loan-record.js';
import { type AssetClass, field as fieldOf, type Field, type Role } from '../model/field.js';
import { monthsToMaturity } from '../months-to-maturity.js';
import { bucketsOf, type Bucketing } from './buckets.js';
import { wordsOfCodes } from './words.js';

/** One line of a stratification table. Balance in cents; means weigh by balance and are null where nothing is stated. */
export interface Stratum {
  readonly label: string;
  /** What the label's codes say, where the field has a code list. */
  readonly words?: string;
  readonly loans: number;
  readonly balance: bigint;
  /** Of the pool's balance. */
  readonly share: number;
  /** Fraction. */
  readonly meanRate: number | null;
  /** Months. */
  readonly meanRemainingTerm: number | null;
  readonly meanScore: number | null;
}

export interface StratificationTable {
  readonly field: string;
  readonly title: string;
  readonly strata: readonly Stratum[];
}

/** Roles that a pool is told by, in the order of a prospectus. */
export const USUAL_ROLES: readonly Role[] = [
  'closing',
  'originalAmount',
  'rate',
  'originalTerm',
  'remainingTerm',
  'score',
  'ltv',
  'region',
  'propertyType',
  'daysPastDue',
  'status',
  'originated',
];

/** Lines of a table by value at most; what comes after is put together, so that a field of names fills no memory. */
const MAX_STRATA = 5_000;
const OTHERS = 'others';

class Sums {
  loans = 0;
  balance = 0n;
  private readonly weighted = { rate: [0, 0], term: [0, 0], score: [0, 0] };

  constructor(readonly order: number) {}

  add(balance: bigint, of: Readonly<Record<'rate' | 'term' | 'score', number | null>>): void {
    this.loans++;
    this.balance += balance;
    for (const name of ['rate', 'term', 'score'] as const) {
      const value = of[name];
      if (value === null) continue;
      const sums = this.weighted[name];
      sums[0] = (sums[0] ?? 0) + value * Number(balance);
      sums[1] = (sums[1] ?? 0) + Number(balance);
    }
  }

  mean(name: 'rate' | 'term' | 'score'): number | null {
    const [sum = 0, weight = 0] = this.weighted[name];
    return weight === 0 ? null : sum / weight;
  }
}

const saidOf = (label: string, field: Field): Pick<Stratum, 'words'> => {
  const words = wordsOfCodes(label, field);
  return words === undefined ? {} : { words };
};

interface Table {
  readonly field: Field;
  readonly bucket: Bucketing;
  readonly strata: Map<string, Sums>;
}

/** Of classes whose tapes state no remaining term: it is reckoned. */
const REMAINING_TERM = fieldOf('remainingTerm', 'integer', { role: 'remainingTerm' });

const RECKONED = 'months from the reporting date to maturity';

const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Stratification tables of a pool, row by row: by any field, weighed by closing balance. */
export class Stratifier {
  private readonly tables: Table[];
  private readonly roleOf: RoleOf;
  private total = 0n;
  /** Loans with a balance, and those of them of which the remaining term was reckoned. */
  private readonly terms = { loans: 0, reckoned: 0 };

  /** @param fields names of fields; those of the usual roles unless told */
  constructor(assetClass: AssetClass, fields?: readonly string[]) {
    this.roleOf = rolesOf(assetClass);
    const stated = assetClass.fields.some(({ role }) => role === 'remainingTerm');
    const all = stated ? assetClass.fields : [...assetClass.fields, REMAINING_TERM];
    const usual = USUAL_ROLES.flatMap((role) => all.filter((field) => field.role === role));
    const chosen = fields === undefined ? usual : all.filter(({ name }) => fields.includes(name));
    this.tables = chosen.map((field) => ({ field, bucket: bucketsOf(field), strata: new Map() }));
  }

  /** Adds a loan; those without a balance are no part of a pool. */
  add(record: LoanRecord): void {
    const balance = this.roleOf(record, 'closing');
    if (typeof balance !== 'bigint' || balance <= 0n) return;
    this.total += balance;
    const rate = this.roleOf(record, 'rate') ?? this.roleOf(record, 'originalRate');
    const of = {
      rate: typeof rate === 'bigint' ? Number(rate) / 1e12 : null,
      term: this.remainingTerm(record),
      score: asNumber(this.roleOf(record, 'score')),
    };
    for (const { field, bucket, strata } of this.tables) {
      const value = field.role === 'remainingTerm' ? of.term : (record.values[field.name] ?? null);
      const { label, order } = bucket(value);
      this.stratum(strata, label, order).add(balance, of);
    }
  }

  /** Tables of fields of which anything is stated: ranges in their order, values by balance. */
  result(): StratificationTable[] {
    return this.tables.flatMap(({ field, strata }) => {
      const known = [...strata].filter(([label]) => label !== 'not stated');
      if (known.length === 0) return [];
      const sorted = [...strata].sort(([, a], [, b]) => a.order - b.order || (b.balance > a.balance ? 1 : -1));
      const lines = sorted.map(([label, sums]): Stratum => ({
        label,
        ...saidOf(label, field),
        loans: sums.loans,
        balance: sums.balance,
        share: this.total === 0n ? 0 : Number(sums.balance) / Number(this.total),
        meanRate: sums.mean('rate'),
        meanRemainingTerm: sums.mean('term'),
        meanScore: sums.mean('score'),
      }));
      return [{ field: field.name, title: this.titleOf(field), strata: lines }];
    });
  }

  /** As stated; else calendar months from the reporting date to maturity, none below zero. */
  private remainingTerm(record: LoanRecord): number | null {
    this.terms.loans++;
    const stated = asNumber(this.roleOf(record, 'remainingTerm'));
    if (stated !== null) return stated;
    const months = monthsToMaturity(record, this.roleOf);
    if (months === null) return null;
    this.terms.reckoned++;
    return Math.max(0, months);
  }

  private titleOf({ role, title }: Field): string {
    const { loans, reckoned } = this.terms;
    if (role !== 'remainingTerm' || reckoned === 0) return title;
    return `${title} (${reckoned === loans ? '' : `of ${counted(reckoned, 'loan')} that ${reckoned === 1 ? 'states' : 'state'} none: `}${RECKONED})`;
  }

  private stratum(strata: Map<string, Sums>, label: string, order: number): Sums {
    const known = strata.get(label);
    if (known) return known;
    if (strata.size >= MAX_STRATA && label !== OTHERS) return this.stratum(strata, OTHERS, order);
    const sums = new Sums(order);
    strata.set(detached(label), sums);
    return sums;
  }
}
