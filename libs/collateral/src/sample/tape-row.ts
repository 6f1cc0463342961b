import { addMonths } from '@weir/calendar';
import { formatMoney, RATE_SCALE } from '@weir/money';
import { daysPastDue } from './loan-state.js';
import type { LoanFlows } from './loan-flows.js';
import type { SampleLoan } from './sample-loan.js';

/** A row of the sample tape: cells by SEC ABS-EE element name. */
export type TapeRow = Record<string, string>;

/** The month a row is of; ISO dates. */
export interface ReportingMonth {
  from: string;
  to: string;
}

const CUT_OFF_MONTH = '2020-06-01';

/** MM-DD-YYYY */
function printDate(iso: string): string {
  const [year, month, day] = iso.split('-');
  return `${month}-${day}-${year}`;
}

/** MM/YYYY */
function printMonth(iso: string): string {
  const [year, month] = iso.split('-');
  return `${month}/${year}`;
}

/** A fraction with five decimals: 6.87 % is 0.06870. */
function printRate(rate: bigint): string {
  const scaled = (rate * 100_000n) / RATE_SCALE;
  return `0.${scaled.toString().padStart(5, '0')}`;
}

const printAmount = (cents: bigint | null): string => (cents === null ? 'NA' : formatMoney(cents));

function termsOf(loan: SampleLoan, extendedMonths: number, month: ReportingMonth): TapeRow {
  const origination = addMonths(CUT_OFF_MONTH, -loan.ageMonths);
  const maturity = addMonths(origination, loan.originalTerm + extendedMonths);
  return {
    assetTypeNumber: 'SPONSOR',
    assetNumber: loan.assetNumber,
    reportingPeriodBeginningDate: printDate(month.from),
    reportingPeriodEndingDate: printDate(month.to),
    originatorName: 'SAMPLE MOTOR CREDIT, INC.',
    originationDate: printMonth(origination),
    originalLoanAmount: formatMoney(loan.originalAmount),
    originalLoanTerm: String(loan.originalTerm),
    loanMaturityDate: loan.index % 400 === 7 ? 'NA' : printMonth(maturity),
    originalInterestRatePercentage: printRate(loan.rate),
    interestCalculationTypeCode: '1',
    originalInterestRateTypeCode: '1',
    vehicleManufacturerName: loan.make,
    obligorCreditScoreType: 'CREDIT BUREAU',
    obligorCreditScore: loan.creditScore,
    coObligorIndicator: String(loan.coObligor),
    obligorGeographicLocation: loan.state,
    assetAddedIndicator: 'false',
  };
}

/** Prints a loan's month under the SEC element names. */
export function tapeRow(loan: SampleLoan, flows: LoanFlows, month: ReportingMonth): TapeRow {
  const { after } = flows;
  const total = flows.interest + flows.principal + flows.other;
  const hasBalance = after.balance > 0n;
  return {
    ...termsOf(loan, after.extendedMonths, month),
    reportingPeriodBeginningLoanBalanceAmount: formatMoney(flows.opening),
    nextReportingPeriodPaymentAmountDue: formatMoney(hasBalance ? loan.payment * BigInt(after.missed + 1) : 0n),
    reportingPeriodInterestRatePercentage: printRate(loan.rate),
    otherPrincipalAdjustmentAmount: formatMoney(flows.adjustment),
    reportingPeriodActualEndBalanceAmount: formatMoney(after.balance),
    reportingPeriodScheduledPaymentAmount: formatMoney(flows.opening > 0n ? loan.payment : 0n),
    totalActualAmountPaid: formatMoney(total),
    actualInterestCollectedAmount: formatMoney(flows.interest),
    actualPrincipalCollectedAmount: formatMoney(flows.principal),
    actualOtherCollectedAmount: formatMoney(flows.other),
    interestPaidThroughDate: total > 0n && hasBalance ? printDate(month.to) : 'NA',
    currentDelinquencyStatus: hasBalance ? String(daysPastDue(after)) : flows.zeroBalanceCode === '1' ? '0' : 'NA',
    primaryLoanServicerName: 'SAMPLE MOTOR CREDIT, INC.',
    reportingPeriodModificationIndicator: String(flows.extension !== null),
    modificationTypeCode: flows.extension === null ? 'NA' : '4',
    paymentExtendedNumber: flows.extension === null ? 'NA' : String(flows.extension),
    zeroBalanceCode: flows.zeroBalanceCode ?? 'NA',
    zeroBalanceEffectiveDate: flows.zeroBalanceCode === null || flows.opening === 0n ? 'NA' : printMonth(month.to),
    repurchaseAmount: printAmount(flows.repurchase),
    chargedoffPrincipalAmount: printAmount(flows.chargeOff),
    recoveredAmount: printAmount(flows.recovery),
  };
}

/** A cell of a CSV, in quotes where it must be. */
export function printCell(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The rows as CSV; the header is that of the first row. */
export function printRows(rows: readonly TapeRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => columns.map((column) => printCell(row[column] ?? '')).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}
