import { UnitTextInvalid } from '../errors.js';
import { readUnit } from '../text/unit-text.js';

/** Fields of a line that are figures, and how each is written. */
const FIGURES = {
  balance: 'money',
  grossRate: 'rate',
  netRate: 'rate',
  remainingTerm: 'count',
  age: 'count',
  originalTerm: 'count',
  interestOnlyMonths: 'count',
  balloonMonth: 'count',
  loanCount: 'number',
  limit: 'money',
  drawMonths: 'count',
  minimumPayment: 'rate',
  margin: 'rate',
  firstReset: 'count',
  resetEvery: 'count',
  lookback: 'count',
  initialCap: 'rate',
  periodicCap: 'rate',
  roundTo: 'rate',
  lifeCap: 'rate',
  floor: 'rate',
  payment: 'money',
  paymentResetEvery: 'count',
  firstPaymentReset: 'count',
  paymentCap: 'rate',
  recastEvery: 'count',
  firstRecast: 'count',
  balanceCap: 'money',
  balloon: 'money',
  residual: 'money',
  forborne: 'money',
  firstPeriod: 'number',
  holidayFrom: 'count',
  holidayMonths: 'count',
  modifiedMonth: 'count',
  modifiedRate: 'rate',
  extension: 'count',
  forgiven: 'money',
  modifiedForborne: 'money',
} as const;

/** One of the fields that are figures. */
export type Figure = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as Figure[];

/** Fields that are words or lists. */
export const WORDS = [
  'group',
  'amortisation',
  'status',
  'index',
  'rateSteps',
  'principal',
  'dayCount',
  'arrears',
  'holidayInterest',
  'holidayExtends',
  'protection',
  'protectionIndex',
] as const;
export type Word = (typeof WORDS)[number];
export const FIELD_NAMES: readonly string[] = [...FIGURE_NAMES, ...WORDS];

export const isWord = (name: string): name is Word => (WORDS as readonly string[]).includes(name);

/** What was read of a line so far. */
export type Draft = Partial<Record<Figure, number>> & Partial<Record<Word, string>>;

/** A figure: amounts in cents, rates and shares as fractions. @throws UnitTextInvalid */
export function figureOf(field: Figure, text: string): number {
  const kind = FIGURES[field];
  if (kind === 'money') return Number(readUnit('money', text));
  return Number(readUnit(kind === 'rate' ? 'rate' : 'ratio', text)) / 1e12;
}

/** One of the words that a field takes. @throws UnitTextInvalid */
export function wordOf<T extends string>(field: Word, text: string, known: readonly T[]): T {
  const found = known.find((word) => word === text);
  if (found === undefined) throw new UnitTextInvalid(text, field, known.join(', '));
  return found;
}

/** The most months that a list reaches. */
const MOST_MONTHS = 1200;

/**
 * Figures by month as `1: 10.00; 4: 30.00`, months rising. @throws UnitTextInvalid
 */
export function figuresByMonth(
  field: Word,
  text: string,
  unit: 'money' | 'rate',
): { readonly month: number; readonly value: number }[] {
  const expected = `month: ${unit === 'money' ? 'amount' : 'rate'}; and so on, months rising from 1`;
  let last = 0;
  return text.split(';').map((part) => {
    const [, month = '', figure = ''] = /^\s*(\d{1,4})\s*:\s*(.+?)\s*$/.exec(part) ?? [];
    if (!(Number(month) > last && Number(month) <= MOST_MONTHS)) throw new UnitTextInvalid(text, field, expected);
    last = Number(month);
    const value = Number(readUnit(unit, figure));
    return { month: last, value: unit === 'money' ? value : value / 1e12 };
  });
}
