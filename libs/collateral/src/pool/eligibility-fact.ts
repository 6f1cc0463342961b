import type { EligibilityField } from '@weir/deal';
import { formatMoney, formatRate, parseRate, RateFormatError } from '@weir/money';
import { readInteger, readMoney, readMonth } from '../tape/cells.js';
import { type LoanStanding, openingOf } from '../tape/loan-month.js';

/** A field of an eligibility rule: its value in a loan, as an integer that orders as the field does. */
export interface EligibilityFact {
  of(loan: LoanStanding): bigint | null;
  /** The rule's value on the same scale; null when the text is not such a value. */
  parse(text: string): bigint | null;
  print(value: bigint): string;
  /** What a rule's value should look like, for messages. */
  expected: string;
}

const integer = (value: number | null): bigint | null => (value === null ? null : BigInt(value));

function parseCents(text: string): bigint | null {
  const amount = readMoney(text);
  return amount === null || amount.rounded ? null : amount.cents;
}

/** Rates of a deal document may be percentages, those of a tape never are. */
function parsePercentage(text: string): bigint | null {
  try {
    return parseRate(text);
  } catch (error) {
    if (error instanceof RateFormatError) return null;
    throw error;
  }
}

/** The number of months since year 0 of YYYY-MM (or of a tape's MM/YYYY). */
function parseMonth(text: string): bigint | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(readMonth(text) ?? text);
  return match ? BigInt(match[1] ?? 0) * 12n + BigInt(match[2] ?? 0) - 1n : null;
}

function printMonth(months: bigint): string {
  return `${months / 12n}-${((months % 12n) + 1n).toString().padStart(2, '0')}`;
}

const money = { parse: parseCents, print: formatMoney, expected: 'an amount like 1234.50' };
const count = {
  parse: (text: string) => integer(readInteger(text)),
  print: String,
  expected: 'a whole number like 72',
};

/** What was known of a loan at the cut-off date, by the field names of the deal document. */
export const ELIGIBILITY_FACTS: Record<EligibilityField, EligibilityFact> = {
  openingBalance: { ...money, of: openingOf },
  originalAmount: { ...money, of: (loan) => loan.originalAmount },
  originalTerm: { ...count, of: (loan) => integer(loan.originalTerm) },
  originalRate: {
    parse: parsePercentage,
    print: formatRate,
    expected: 'a rate like 12.5 % or 0.125',
    of: (loan) => loan.originalRate,
  },
  creditScore: { ...count, of: (loan) => integer(loan.creditScore) },
  originationMonth: {
    parse: parseMonth,
    print: printMonth,
    expected: 'a month like 2019-08',
    of: (loan) => (loan.originationMonth === null ? null : parseMonth(loan.originationMonth)),
  },
};
