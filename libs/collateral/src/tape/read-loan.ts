import type { TapeColumn } from './columns.js';
import type { FindingLog } from './finding.js';
import type { LoanMonth } from './loan-month.js';
import type { RowReader } from './row-reader.js';

/** A row as read: the loan, unless a cell blocks it, and the period the row says it is of. */
export interface RowRead {
  loan: LoanMonth | null;
  period: { from: string; to: string } | null;
}

function balance(reader: RowReader, column: TapeColumn, log: FindingLog): bigint | null {
  const cents = reader.money(column);
  if (cents !== null && cents < 0n) {
    reader.blocked = true;
    const { row } = reader;
    const message = `row ${row}: ${column} is below zero`;
    const remedy = 'ask the servicer: a credit balance is reported as other collected, never as a negative balance';
    const place = { row, column: reader.column(column), value: reader.text(column) };
    log.add({ ...place, rule: 'negative-balance', message, remedy });
  }
  return cents;
}

function creditScore(reader: RowReader, log: FindingLog): number | null {
  const column = 'obligorCreditScore';
  const score = reader.score(column);
  if (score === null || (score !== 'none' && score >= 250 && score <= 900)) return score;
  const { row } = reader;
  const message = `row ${row}: the credit score is ${score === 'none' ? 'none' : `${score}, outside 250 to 900`}`;
  const remedy = 'check the score; rules on the credit score exclude a loan without one';
  const place = { row, column: reader.column(column), value: reader.text(column) };
  log.add({ ...place, rule: 'suspicious-credit-score', message, remedy });
  return score === 'none' ? null : score;
}

/** Reads every column of a row before judging it, so that one pass shows all that is wrong with it. */
export function readLoan(reader: RowReader, key: string | null, log: FindingLog, sum: MoneySum): RowRead {
  const money = (column: TapeColumn) => sum(column, reader.money(column));
  const opening = sum(
    'reportingPeriodBeginningLoanBalanceAmount',
    balance(reader, 'reportingPeriodBeginningLoanBalanceAmount', log),
  );
  const closing = sum(
    'reportingPeriodActualEndBalanceAmount',
    balance(reader, 'reportingPeriodActualEndBalanceAmount', log),
  );
  const from = reader.date('reportingPeriodBeginningDate');
  const to = reader.date('reportingPeriodEndingDate');
  const interest = money('actualInterestCollectedAmount');
  const principal = money('actualPrincipalCollectedAmount');
  const otherPrincipalAdjustment = money('otherPrincipalAdjustmentAmount');
  const totalPaid = money('totalActualAmountPaid');
  const stated = {
    scheduledPayment: money('reportingPeriodScheduledPaymentAmount'),
    other: money('actualOtherCollectedAmount'),
    chargeOff: money('chargedoffPrincipalAmount'),
    recovery: money('recoveredAmount'),
    repurchase: money('repurchaseAmount'),
    daysPastDue: reader.integer('currentDelinquencyStatus'),
    originalAmount: money('originalLoanAmount'),
    originalTerm: reader.integer('originalLoanTerm'),
    originalRate: reader.rate('originalInterestRatePercentage'),
    currentRate: reader.rate('reportingPeriodInterestRatePercentage'),
    creditScore: creditScore(reader, log),
    originationMonth: reader.month('originationDate'),
    maturityMonth: reader.month('loanMaturityDate'),
    zeroBalanceCode: reader.code('zeroBalanceCode'),
    zeroBalanceMonth: reader.month('zeroBalanceEffectiveDate'),
    extensionMonths: reader.integer('paymentExtendedNumber'),
    assetAdded: reader.flag('assetAddedIndicator'),
  };
  const period = from !== null && to !== null ? { from, to } : null;
  if (reader.blocked || key === null || opening === null || closing === null || interest === null)
    return { loan: null, period };
  if (principal === null || otherPrincipalAdjustment === null || totalPaid === null) return { loan: null, period };
  const required = { key, row: reader.row, opening, closing, interest, principal, otherPrincipalAdjustment, totalPaid };
  return { loan: { ...required, ...stated }, period };
}

/** Adds a cell to the sum of its column and hands it back. */
export type MoneySum = (column: string, cents: bigint | null) => bigint | null;
