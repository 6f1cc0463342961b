import { TAPE_COLUMN_NAMES, type TapeColumn } from './columns.js';
import type { FindingLog } from './finding.js';
import type { FieldPlace, TapeHeader } from './header.js';
import { type LoanStanding, monthOfStated, standingOf } from './loan-month.js';
import type { RowReader } from './row-reader.js';

/** A row as read: the loan, unless a cell blocks it, and the period the row says it is of. */
export interface RowRead {
  /** With what was collected on it, where the tape says so. */
  loan: LoanStanding | null;
  period: { from: string; to: string } | null;
}

/** Where the columns of a loan's month stand; undefined where the file lacks one. */
type LoanPlaces = Readonly<Record<TapeColumn | typeof REMAINING_TERM, FieldPlace | undefined>>;

/** The form has it, and a tape that states a maturity needs it not. */
const REMAINING_TERM = 'remainingTermToMaturityNumber';

function placesIn(header: TapeHeader): LoanPlaces {
  const names = [...TAPE_COLUMN_NAMES, REMAINING_TERM];
  return Object.fromEntries(names.map((name) => [name, header.place(name)])) as LoanPlaces;
}

function balance(reader: RowReader, place: FieldPlace | undefined, log: FindingLog): bigint | null {
  const cents = reader.money(place);
  if (place !== undefined && cents !== null && cents < 0n) {
    reader.blocked = true;
    const [{ row }, { column }] = [reader, place];
    const message = `row ${row}: ${column} is below zero`;
    const remedy = 'ask the servicer: a credit balance is reported as other collected, never as a negative balance';
    log.add({ row, column, value: reader.text(place), rule: 'negative-balance', message, remedy });
  }
  return cents;
}

function creditScore(reader: RowReader, place: FieldPlace | undefined, log: FindingLog): number | null {
  const score = reader.score(place);
  if (place === undefined || score === null || (score !== 'none' && score >= 250 && score <= 900))
    return score === 'none' ? null : score;
  const { row } = reader;
  const message = `row ${row}: the credit score is ${score === 'none' ? 'none' : `${score}, outside 250 to 900`}`;
  const remedy = 'check the score; rules on the credit score exclude a loan without one';
  const found = { row, column: place.column, value: reader.text(place) };
  log.add({ ...found, rule: 'suspicious-credit-score', message, remedy });
  return score === 'none' ? null : score;
}

/** Reads every column of a row before judging it, so that one pass shows all that is wrong with it. */
export function loanReader(header: TapeHeader, reader: RowReader, log: FindingLog): (key: string | null) => RowRead {
  const places = placesIn(header);
  return (key) => readLoan(places, reader, key, log);
}

function readLoan(places: LoanPlaces, reader: RowReader, key: string | null, log: FindingLog): RowRead {
  const opening = balance(reader, places.reportingPeriodBeginningLoanBalanceAmount, log);
  const closing = balance(reader, places.reportingPeriodActualEndBalanceAmount, log);
  const from = reader.date(places.reportingPeriodBeginningDate);
  const to = reader.date(places.reportingPeriodEndingDate);
  const interest = reader.money(places.actualInterestCollectedAmount);
  const principal = reader.money(places.actualPrincipalCollectedAmount);
  const otherPrincipalAdjustment = reader.money(places.otherPrincipalAdjustmentAmount);
  const totalPaid = reader.money(places.totalActualAmountPaid);
  const scheduledPayment = reader.money(places.reportingPeriodScheduledPaymentAmount);
  const other = reader.money(places.actualOtherCollectedAmount);
  const chargeOff = reader.money(places.chargedoffPrincipalAmount);
  const recovery = reader.money(places.recoveredAmount);
  const repurchase = reader.money(places.repurchaseAmount);
  const daysPastDue = reader.integer(places.currentDelinquencyStatus);
  const originalAmount = reader.money(places.originalLoanAmount);
  const originalTerm = reader.integer(places.originalLoanTerm);
  const originalRate = reader.rate(places.originalInterestRatePercentage);
  const currentRate = reader.rate(places.reportingPeriodInterestRatePercentage);
  const score = creditScore(reader, places.obligorCreditScore, log);
  const remainingTerm = reader.integer(places.remainingTermToMaturityNumber);
  const originationMonth = reader.month(places.originationDate);
  const maturityMonth = reader.month(places.loanMaturityDate);
  const zeroBalanceCode = reader.code(places.zeroBalanceCode);
  const zeroBalanceMonth = reader.month(places.zeroBalanceEffectiveDate);
  const extensionMonths = reader.integer(places.paymentExtendedNumber);
  const assetAdded = reader.flag(places.assetAddedIndicator);
  // A day alone is the first and the last of its period, where the tape has no other.
  const first = from ?? (places.reportingPeriodBeginningDate === undefined ? to : null);
  const period = first !== null && to !== null ? { from: first, to } : null;
  if (reader.blocked || key === null || closing === null) return { loan: null, period };
  // One literal: spreading two objects into it took a third of the time of a row.
  const stated = {
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
    remainingTerm,
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
  if (
    opening === null ||
    interest === null ||
    principal === null ||
    otherPrincipalAdjustment === null ||
    totalPaid === null
  )
    return { loan: monthOfStated(stated) ?? standingOf(stated), period };
  return { loan: stated, period };
}
