import type { LoanRecord } from '../tape/loan-record.js';
import type { FieldValue } from '../tape/row-reader.js';

/** The period of a month (YYYY-MM) as commercial mortgages report it: from the 12th of the month before to the 11th. */
export function determination(month: string): { from: string; to: string } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const before = number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
  return { from: `${before}-12`, to: `${month}-11` };
}

const FIELDS = {
  opening: 'reportPeriodBeginningScheduleLoanBalanceAmount',
  closing: 'reportPeriodEndScheduledLoanBalanceAmount',
  actual: 'reportPeriodEndActualBalanceAmount',
  interest: 'scheduledInterestAmount',
  otherInterest: 'otherInterestAdjustmentAmount',
  principal: 'scheduledPrincipalAmount',
  unscheduled: 'unscheduledPrincipalCollectedAmount',
  otherPrincipal: 'otherPrincipalAdjustmentAmount',
  loss: 'realizedLossToTrustAmount',
  liquidated: 'liquidationPrepaymentCode',
  rate: 'reportPeriodInterestRatePercentage',
  accrual: 'interestAccrualMethodCode',
  payment: 'totalScheduledPrincipalInterestDueAmount',
} as const;

/** A row of a commercial mortgage tape for specs, as it was read: short names of its amounts, and fields by their own. */
export function mortgageRecord(
  key: string,
  month: string,
  short: Partial<Record<keyof typeof FIELDS, FieldValue>>,
  values: Record<string, FieldValue> = {},
): LoanRecord {
  const named = Object.entries(short).map(([name, value]) => [FIELDS[name as keyof typeof FIELDS], value]);
  const all = { assetNumber: key, ...(Object.fromEntries(named) as Record<string, FieldValue>), ...values };
  return { row: 2, key, period: determination(month), values: all, blocked: false, loan: null };
}
