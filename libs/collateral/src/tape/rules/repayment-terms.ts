import { type RepaymentKind, repaymentKindOf } from '../model/repayment-kind.js';
import type { RowView } from './row-view.js';

/** What a row states of how its loan repays; null is not stated, or in words that say nothing. */
export interface RepaymentTerms {
  readonly kind: RepaymentKind | null;
  /** Payments a year. */
  readonly yearly: number | null;
  /** Paid with the last payment, cents. */
  readonly balloon: bigint | null;
  /** Payments of interest alone before the others. */
  readonly interestOnly: number;
}

/** Words and codes of frequencies, with payments a year. */
const FREQUENCIES: readonly (readonly [RegExp, number])[] = [
  [/bi-? ?week|fortnight|every (?:two|2|other) weeks?|14-? ?(?:days?|t)|^b$|^bw$|^26$|zweiw(?:ö|oe)ch/i, 26],
  [/semi-? ?month|twice (?:a|per) month|^sm$|^24$/i, 24],
  [/week|w(?:ö|oe)ch|^w$|^52$/i, 52],
  [/bi-? ?month|every (?:two|2|other) months/i, 6],
  [/semi-? ?annual|half-? ?year|halbj|twice (?:a|per) year|^semi$/i, 2],
  [/quart|viertelj|^qutr$|^q$|every (?:three|3) months/i, 4],
  [/month|monat|mthly|^mnth$|^m$/i, 12],
  [/annual|year|j(?:ä|ae)hrlich|^a$|^y$/i, 1],
];

/** Payment types of automobile loans and leases, Schedule AL, Items 3 and 4. */
const AUTO_TYPES: Readonly<Record<string, Partial<RepaymentTerms>>> = {
  '1': { yearly: 26 },
  '2': { yearly: 12 },
  '3': { yearly: 4 },
  '4': { kind: 'balloon' },
  '98': { kind: 'other' },
};

/** Months between payments of commercial mortgages, Schedule AL, Item 2. */
const COMMERCIAL_FREQUENCIES: Readonly<Record<string, number>> = { '1': 12, '3': 4, '6': 2, '12': 1 };

/** The stated payments a year; of words or codes, whatever the column is. */
function yearlyOf(view: RowView): number | null {
  const coded = view.field('paymentFrequencyCode');
  if (typeof coded === 'string' && coded in COMMERCIAL_FREQUENCIES) return COMMERCIAL_FREQUENCIES[coded] ?? null;
  const text = view.text('frequency')?.trim() ?? '';
  return FREQUENCIES.find(([words]) => words.test(text))?.[1] ?? null;
}

/** What a row states of how its loan repays. */
export function repaymentOf(view: RowView): RepaymentTerms {
  const type = view.field('paymentTypeCode');
  const isAuto = view.assetClass.name === 'auto-loan' || view.assetClass.name === 'auto-lease';
  const auto = isAuto && typeof type === 'string' ? AUTO_TYPES[type] : undefined;
  const balloon = view.money('balloon');
  return {
    kind: repaymentKindOf(view.text('repays')) ?? auto?.kind ?? null,
    yearly: yearlyOf(view) ?? auto?.yearly ?? null,
    balloon: balloon !== null && balloon > 0n ? balloon : null,
    interestOnly: Math.max(view.count('interestOnly') ?? 0, 0),
  };
}

/** What the payments of a loan are reckoned of: cents, the yearly rate, months. */
export interface Lent {
  readonly amount: number;
  readonly yearly: number;
  readonly months: number;
  /** The balance that the month's interest is of. */
  readonly opening: number;
}

/** Level payment of a month that leaves a balloon: (amount − balloon × (1 + r)^−n) × r ÷ (1 − (1 + r)^−n). */
function levelOf({ amount, yearly, months }: Lent, balloon: number): number {
  const r = yearly / 12;
  if (r === 0) return (amount - balloon) / months;
  const discount = (1 + r) ** -months;
  return ((amount - balloon * discount) * r) / (1 - discount);
}

/** A range of payments of a month. */
type Due = readonly [least: number, most: number];

const one = (due: number): Due => [due, due];

/** What a month's payment may be by what is stated; null where nothing can be said of it. */
export function duesOf(lent: Lent, { kind, balloon, interestOnly }: RepaymentTerms): readonly Due[] | null {
  const { amount, yearly, months, opening } = lent;
  const interest = (amount * yearly) / 12;
  const level = levelOf(lent, balloon === null ? 0 : Math.min(Number(balloon), amount));
  const after =
    interestOnly > 0 && interestOnly < months ? [one(levelOf({ ...lent, months: months - interestOnly }, 0))] : [];
  switch (kind) {
    case 'other':
      return null;
    case 'linear':
      // Some tapes state the principal alone.
      return [one(amount / months + (opening * yearly) / 12), one(amount / months + interest), one(amount / months)];
    case 'bullet':
      return [one(interest), one((opening * yearly) / 12), one(amount)];
    case 'negative':
      return [[0, levelOf(lent, 0)]];
    case 'balloon':
      return balloon === null ? [[interest, levelOf(lent, 0)]] : [one(level), one(interest)];
    default:
      return [one(level), one(interest), ...after];
  }
}
