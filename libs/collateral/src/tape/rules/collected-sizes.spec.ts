import { describe, expect, it } from '@jest/globals';
import { type CellsByField, placesOf, readRows } from '../../testing/read-rows.js';

/**
 * 12,000.00 at 12 % over 12 months: 1 % a month, so the level payment is 12,000 × 0.01 ÷ (1 − 1.01^−12) = 1,066.19. Of the
 * first 120.00 is interest and 946.19 principal; 11,053.81 are left.
 */
const LOAN = {
  originalLoanAmount: '12000.00',
  originalTerm: '12',
  interestRate: '0.12',
  openingBalance: '12000.00',
  closingBalance: '11053.81',
  scheduledPayment: '1066.19',
  interestCollected: '120.00',
  principalCollected: '946.19',
  totalPaid: '1066.19',
};
const IN_CENTS = { principalCollected: '94619.00', totalPaid: '106619.00' };

type Column = keyof typeof LOAN;

/** Twelve such loans without some columns; the first paid nothing. */
function doubted(changed: CellsByField, without: readonly Column[] = [], className = 'consumer-loan') {
  const cells = Object.entries({ ...LOAN, ...changed }).filter(([name]) => !without.includes(name as Column));
  const unpaid = { interestCollected: '0.00', principalCollected: '0.00', totalPaid: '0.00' };
  const still = { ...unpaid, closingBalance: LOAN.openingBalance };
  const loan = (index: number) =>
    cells.map(([name, cell]) => [name, index === 0 ? (still[name as keyof typeof still] ?? cell) : cell] as const);
  const rows = Array.from({ length: 13 }, (_, index) => ({
    loanNumber: `L${index}`,
    ...Object.fromEntries(loan(index)),
  }));
  return placesOf(readRows(className, rows), 'unit-in-doubt');
}

const found = (column: Column, value: string) => [{ row: 3, column, value, weight: 'blocks' }];

describe('principal collected', () => {
  const cents = { principalCollected: IN_CENTS.principalCollected };
  const is = found('principalCollected', IN_CENTS.principalCollected);

  it.each<[string, readonly Column[]]>([
    ['the fall of the balance', ['scheduledPayment', 'interestCollected', 'totalPaid']],
    ['instalment less interest', ['openingBalance', 'totalPaid']],
    ['instalment less a month of the rate', ['openingBalance', 'totalPaid', 'interestCollected']],
    ['the level payment of amount, rate and term', ['openingBalance', 'totalPaid', 'scheduledPayment']],
  ])('a hundred times %s blocks, and as it is does not', (_, without) => {
    expect(doubted(cents, without)).toEqual(is);
    expect(doubted({}, without)).toEqual([]);
  });

  it('a hundred times the level payment to maturity blocks, and as it is does not', () => {
    // 11 months are left: 11,053.81 over them at 1 % is 1,066.19 again.
    const dates = { reportingPeriodEndingDate: '01-31-2025', maturityDate: '12-31-2025' };
    const without = ['originalLoanAmount', 'originalTerm', 'openingBalance', 'scheduledPayment', 'totalPaid'] as const;
    expect(doubted({ ...dates, ...cents }, without)).toEqual(is);
    expect(doubted(dates, without)).toEqual([]);
  });

  it('with the total paid in cents too blocks by each of them', () => {
    expect(doubted(IN_CENTS)).toEqual([...is, ...found('totalPaid', IN_CENTS.totalPaid)]);
  });

  it('of loans that were repaid, or prepaid in large part, is as it must be', () => {
    // Without an opening balance: 11,053.81 repaid beside an instalment of 1,066.19, and 6,000.00 prepaid at once.
    const repaid = { principalCollected: '11053.81', totalPaid: '11173.81', closingBalance: '0.00' };
    expect(doubted(repaid, ['openingBalance'])).toEqual([]);
    const prepaid = { principalCollected: '6000.00', totalPaid: '6120.00', closingBalance: '5053.81' };
    expect(doubted(prepaid, ['openingBalance'])).toEqual([]);
  });

  it('of loans of interest alone is not held against their instalment', () => {
    // 120.00 of interest is due; 4,000.00 were prepaid beside it.
    const prepaid = { scheduledPayment: '120.00', principalCollected: '4000.00', closingBalance: '8000.00' };
    expect(doubted(prepaid, ['openingBalance', 'originalTerm', 'totalPaid'])).toEqual([]);
  });
});

describe('the total paid, of which principal is reckoned', () => {
  const cents = { totalPaid: IN_CENTS.totalPaid };
  const is = found('totalPaid', IN_CENTS.totalPaid);

  it.each<[string, readonly Column[]]>([
    ['the fall of the balance and interest', ['principalCollected']],
    ['the instalment', ['principalCollected', 'openingBalance']],
    ['the level payment of amount, rate and term', ['principalCollected', 'openingBalance', 'scheduledPayment']],
    ['principal and interest', []],
  ])('a hundred times %s blocks, and as it is does not', (_, without) => {
    expect(doubted(cents, without)).toEqual(is);
    expect(doubted({}, without)).toEqual([]);
  });
});

it('invoices are paid at once, or in large parts', () => {
  // Half of 1,000.00 that are due after 90 days.
  const invoice = {
    invoiceAmount: '1000.00',
    paymentTermDays: '90',
    outstandingAmount: '500.25',
    collectedAmount: '499.75',
  };
  const rows = Array.from({ length: 12 }, (_, index) => ({ invoiceNumber: `I${index}`, ...invoice }));
  expect(placesOf(readRows('trade-receivable', rows), 'unit-in-doubt')).toEqual([]);
});

it('a person who states the unit of the column decides it', () => {
  const unit = { kind: 'number', decimal: '.', thousands: '', scale: 'whole', negative: 'minus' } as const;
  const rows = Array.from({ length: 12 }, (_, index) => ({
    ...{ loanNumber: `L${index}`, ...LOAN, principalCollected: IN_CENTS.principalCollected },
  }));
  const stated = { ...unit, stated: [12_000, 760_000] } as const;
  expect(placesOf(readRows('consumer-loan', rows, { principalCollected: unit }), 'unit-in-doubt')).toHaveLength(1);
  expect(placesOf(readRows('consumer-loan', rows, { principalCollected: stated }), 'unit-in-doubt')).toEqual([]);
});
