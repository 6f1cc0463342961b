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
  const scheduledPayment = money('reportingPeriodScheduledPaymentAmount');
  const other = money('actualOtherCollectedAmount');
  const chargeOff = money('chargedoffPrincipalAmount');
  const recovery = money('recoveredAmount');
  const repurchase = money('repurchaseAmount');
  const daysPastDue = reader.integer('currentDelinquencyStatus');
  const originalAmount = money('originalLoanAmount');
  const originalTerm = reader.integer('originalLoanTerm');
  const originalRate = reader.rate('originalInterestRatePercentage');
  const currentRate = reader.rate('reportingPeriodInterestRatePercentage');
  const score = creditScore(reader, log);
  const originationMonth = reader.month('originationDate');
  const maturityMonth = reader.month('loanMaturityDate');
  const zeroBalanceCode = reader.code('zeroBalanceCode');
  const zeroBalanceMonth = reader.month('zeroBalanceEffectiveDate');
  const extensionMonths = reader.integer('paymentExtendedNumber');
  const assetAdded = reader.flag('assetAddedIndicator');
  const period = from !== null && to !== null ? { from, to } : null;
  if (reader.blocked || key === null || opening === null || closing === null || interest === null)
    return { loan: null, period };
  if (principal === null || otherPrincipalAdjustment === null || totalPaid === null) return { loan: null, period };
  // One literal: spreading two objects into it took a third of the time of a row.
  const loan = {
    key,
    row: reader.row,
    opening,
    closing,
    scheduledPayment,
    principal,
    otherPrincipalAdjustment,
    interest,
    other,
    totalPaid,
    chargeOff,
    recovery,
    repurchase,
    daysPastDue,
    originalAmount,
    originalTerm,
    originalRate,
    currentRate,
    creditScore: score,
    originationMonth,
    maturityMonth,
    zeroBalanceCode,
    zeroBalanceMonth,
    extensionMonths,
    assetAdded,
  };
  return { loan, period };
}

/** Adds a cell to the sum of its column and hands it back. */
export type MoneySum = (column: string, cents: bigint | null) => bigint | null;
