import type { ColumnKind } from '../columns.js';
import type { TemplateField } from './esma-codes.js';
import { STATUS_WORDS } from './status-words.js';

/** What a field is to a loan, whatever its asset class calls it: rules, tables and projections ask by role. */
export const ROLES = [
  'key',
  'periodFrom',
  'periodTo',
  'opening',
  'closing',
  /** What the borrower owes by the note, where `closing` is the balance by the schedule. */
  'actual',
  'originalAmount',
  'interest',
  'principal',
  /** Principal beyond the schedule, beside `principal`: prepayments, payoffs, proceeds of a liquidation. */
  'unscheduled',
  /** Principal that is cash and neither scheduled nor unscheduled: what synchronises records, capitalised amounts (negative). */
  'otherPrincipal',
  /** Interest beside `interest` that is cash. */
  'otherInterest',
  'adjustment',
  /** Interest that joined the balance instead of being paid; above zero raises the balance. */
  'capitalised',
  'totalPaid',
  'payment',
  /** How the loan repays: level payments, linear, bullet, with a balloon. */
  'repays',
  /** How often it pays. */
  'frequency',
  /** Paid with the last payment. */
  'balloon',
  /** Payments of interest alone before those that repay. */
  'interestOnly',
  'chargeOff',
  'recovery',
  'originalRate',
  'rate',
  'originalTerm',
  'remainingTerm',
  'originated',
  'matures',
  'score',
  'region',
  'propertyType',
  /** Late charges and the like: the servicer's, beside interest and principal in what was paid. */
  'otherCollected',
  /** Months by which payments were put off. */
  'extended',
  'daysPastDue',
  'status',
  'value',
  'ltv',
  'obligor',
  'currency',
  /** Why the loan is at zero: paid off, liquidated, repurchased. */
  'liquidated',
  /** Instalments of interest and principal that the servicer advanced and has not got back. */
  'advanced',
  /** Day count of the loan's interest. */
  'accrual',
] as const;
export type Role = (typeof ROLES)[number];

/** One field of the platform's loan model. */
export interface Field {
  readonly name: string;
  readonly title: string;
  readonly kind: ColumnKind;
  /** The header must name it, and every row must have a value. */
  readonly required: boolean;
  readonly role: Role | null;
  /** Other names that servicers' files give it, in plain words. */
  readonly synonyms: readonly string[];
  /** Values of a code list, or null when any will do. */
  readonly codes: readonly string[] | null;
  /** What its codes say, by code; null where nothing is known of them. */
  readonly words: Readonly<Record<string, string>> | null;
  /** The amount is stated to date: again in every later tape, corrected or not. A loss to date is net of what was recovered. */
  readonly toDate: boolean;
  /** What is plausible: money in units of the currency, rates as fractions, dates by year. */
  readonly range: readonly [low: number, high: number];
  /** Field code of the ESMA template, if it has one. */
  readonly esma: string | null;
  /** Whether it is of servicers' own files alone: no standard's form has it. */
  readonly own: boolean;
  /** What that template says of it; null without one. */
  readonly template: TemplateField | null;
}

/** Fields of loans of one kind. */
export interface AssetClass {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly Field[];
}

/** What is plausible of a field that says nothing else. */
const RANGES: Record<ColumnKind, readonly [number, number]> = {
  money: [-1e11, 1e11],
  integer: [-10_000, 1e9],
  rate: [-1, 10],
  date: [1950, 2100],
  month: [1950, 2100],
  score: [0, 1e5],
  text: [0, 1],
  flag: [0, 1],
  code: [0, 1],
};

/** "interestPaidThroughDate" as words. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([a-zA-Z])(\d)/g, '$1 $2')
    .toLowerCase();
}

/** What is said of a field beyond its name and kind. */
export type FieldMore = Partial<
  Pick<Field, 'required' | 'role' | 'own' | 'codes' | 'words' | 'toDate' | 'range' | 'esma' | 'template' | 'title'>
> & {
  /** Other names, parted by commas. */
  also?: string;
};

/** A field; its title is its name in words unless told. */
export function field(name: string, kind: ColumnKind, more: FieldMore = {}): Field {
  const { also, ...rest } = more;
  const synonyms = also === undefined ? [] : also.split(',').map((one) => one.trim());
  const plain = { title: wordsOf(name), required: false, role: null, range: RANGES[kind], toDate: false, own: false };
  const listed = { codes: null, words: STATUS_WORDS[name] ?? null };
  return { name, kind, synonyms, ...listed, ...plain, esma: null, template: null, ...rest };
}

/** Fields of one kind by names parted by blanks. */
export function fieldsNamed(kind: ColumnKind, names: string): Field[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => field(name, kind));
}
