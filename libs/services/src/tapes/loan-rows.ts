import type { EntityManager } from 'typeorm';
import {
  type AssetClass,
  assetClassNamed,
  type FieldValue,
  type LoanMonth,
  type LoanRecord,
  type LoanStanding,
  monthOfStated,
  reportsMonth,
  standingOf,
  type StatedMonth,
} from '@weir/collateral';
import { parseMoney } from '@weir/money';
import { CollectionsUnstated } from './errors.js';
import { layoutOf, type LoanLayout, type StoredField } from './loan-columns.js';
import { LoanCopy, openMonth, type LoanPlace } from './loan-copy.js';

/** Money members of a loan month, with the column of tape_loan that holds each. */
const MONEY = {
  opening: 'opening',
  closing: 'closing',
  scheduledPayment: 'scheduled_payment',
  principal: 'principal',
  otherPrincipalAdjustment: 'other_principal_adjustment',
  interest: 'interest',
  other: 'other',
  totalPaid: 'total_paid',
  chargeOff: 'charge_off',
  recovery: 'recovery',
  repurchase: 'repurchase',
  originalAmount: 'original_amount',
} as const satisfies Partial<Record<keyof LoanMonth, string>>;

type MoneyMember = keyof typeof MONEY;
const MEMBERS = Object.keys(MONEY) as MoneyMember[];

/** A row of tape_loan as the driver gives it: numerics as text. */
export interface LoanRow {
  readonly loan_key: string;
  readonly row: number;
  readonly others: readonly (string | null)[] | null;
  readonly [column: string]: unknown;
}

/** Of a tape's rows in its own month only, so that the other months are not looked at. */
export const ROWS_OF_TAPE = 'tape_id = $1 and month = (select t.month from weir.tape t where t.tape_id = $1)';

const rateOf = (value: unknown): bigint | null => (value === null ? null : BigInt(value as string));

function statedIn(row: LoanRow): StatedMonth {
  const money = Object.fromEntries(
    MEMBERS.map((member) => {
      const text = row[MONEY[member]] as string | null;
      return [member, text === null ? null : parseMoney(text)];
    }),
  ) as Pick<StatedMonth, MoneyMember>;
  return {
    ...money,
    key: row.loan_key,
    row: row.row,
    daysPastDue: row['days_past_due'] as number | null,
    originalTerm: row['original_term'] as number | null,
    remainingTerm: row['remaining_term'] as number | null,
    originalRate: rateOf(row['original_rate']),
    currentRate: rateOf(row['current_rate']),
    creditScore: row['credit_score'] as number | null,
    originationMonth: row['originated'] as string | null,
    maturityMonth: row['matures'] as string | null,
    zeroBalanceCode: row['zero_balance_code'] as string | null,
    zeroBalanceMonth: row['zero_balance_month'] as string | null,
    extensionMonths: row['extension_months'] as number | null,
    assetAdded: row['asset_added'] as boolean | null,
  };
}

/** Reads a tape's automobile loans back, in file order: with their months where the tape says what was collected. */
export async function loadLoans(manager: EntityManager, tapeId: string): Promise<LoanStanding[]> {
  const rows: LoanRow[] = await manager.query(`select * from weir.tape_loan where ${ROWS_OF_TAPE} order by "row"`, [
    tapeId,
  ]);
  return rows.map(statedIn).map((stated) => monthOfStated(stated) ?? standingOf(stated));
}

/** The same of a tape to pay by. @throws CollectionsUnstated when a loan does not say what was collected on it */
export async function loadMonths(manager: EntityManager, tapeId: string): Promise<LoanMonth[]> {
  const loans = await loadLoans(manager, tapeId);
  const silent = loans.find((loan) => !reportsMonth(loan));
  if (silent !== undefined) throw new CollectionsUnstated(tapeId, silent.row);
  return loans.filter(reportsMonth);
}

/** Stores automobile loans that were read elsewhere, in the surrounding transaction. */
export async function copyLoans(manager: EntityManager, place: LoanPlace, loans: readonly LoanMonth[]): Promise<void> {
  const one = assetClassNamed('auto-loan') as AssetClass;
  const layout = layoutOf(one, new Set(), null);
  const values = loans.map(valuesOf);
  const fields = Object.keys(values[0] ?? {});
  const copy = await LoanCopy.begin(manager, await openMonth(manager, place.month), place, layout, fields);
  for (const [at, { key, row }] of loans.entries()) {
    await copy.add([{ key, row, values: Object.values(values[at] ?? {}) }]);
  }
  await copy.end();
}

/** The values of a loan's month by the names of its fields. */
function valuesOf(loan: LoanMonth): Record<string, FieldValue> {
  return {
    reportingPeriodBeginningLoanBalanceAmount: loan.opening,
    reportingPeriodActualEndBalanceAmount: loan.closing,
    reportingPeriodScheduledPaymentAmount: loan.scheduledPayment,
    actualPrincipalCollectedAmount: loan.principal,
    otherPrincipalAdjustmentAmount: loan.otherPrincipalAdjustment,
    actualInterestCollectedAmount: loan.interest,
    actualOtherCollectedAmount: loan.other,
    totalActualAmountPaid: loan.totalPaid,
    chargedoffPrincipalAmount: loan.chargeOff,
    recoveredAmount: loan.recovery,
    repurchaseAmount: loan.repurchase,
    originalLoanAmount: loan.originalAmount,
    currentDelinquencyStatus: loan.daysPastDue,
    originalLoanTerm: loan.originalTerm,
    remainingTermToMaturityNumber: loan.remainingTerm,
    originalInterestRatePercentage: loan.originalRate,
    reportingPeriodInterestRatePercentage: loan.currentRate,
    obligorCreditScore: loan.creditScore,
    originationDate: loan.originationMonth,
    loanMaturityDate: loan.maturityMonth,
    zeroBalanceCode: loan.zeroBalanceCode,
    zeroBalanceEffectiveDate: loan.zeroBalanceMonth,
    paymentExtendedNumber: loan.extensionMonths,
    assetAddedIndicator: loan.assetAdded,
  };
}

/** A stored value as it was read: the driver gives numerics as text. */
function valueOf({ kind }: StoredField, value: unknown, column: boolean): FieldValue {
  if (value === null || value === undefined) return null;
  if (kind === 'money') return column ? parseMoney(value as string) : BigInt(value as string);
  if (kind === 'rate') return BigInt(value as string);
  if (column) return value as FieldValue;
  if (kind === 'integer' || (kind === 'score' && /^\d+$/.test(value as string))) return Number(value);
  return kind === 'flag' ? value === 'true' : (value as string);
}

/** What every row of a stored tape says alike. */
export interface TapeConstants {
  readonly period: LoanRecord['period'];
  /** Fields that are not repeated in each row, and what they say. */
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly keyField: string | null;
}

/** Rows as the records that they were read from. */
export function recordsOf(rows: readonly LoanRow[], layout: LoanLayout, tape: TapeConstants): LoanRecord[] {
  return rows.map((row) => {
    const values: Record<string, FieldValue> = { ...tape.values };
    if (tape.keyField !== null) values[tape.keyField] = row.loan_key;
    for (const { column, field } of layout.columns) {
      if (field !== null) values[field.name] = valueOf(field, row[column], true);
    }
    layout.others.forEach((field, at) => (values[field.name] = valueOf(field, row.others?.[at], false)));
    return { row: row.row, key: row.loan_key, period: tape.period, values, blocked: false, loan: null };
  });
}
