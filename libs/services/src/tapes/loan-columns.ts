import type { AssetClass, Field, Role } from '@weir/collateral';

type Kind = Field['kind'];

/** A column of tape_loan: what is in it of automobile loans, and of other asset classes by role. */
interface LoanColumn {
  readonly column: string;
  readonly field: string;
  readonly role: Role | null;
  readonly kinds: readonly Kind[];
}

const money = (column: string, field: string, role: Role | null = null): LoanColumn => ({
  ...{ column, field, role },
  kinds: ['money'],
});
const whole = (column: string, field: string, role: Role | null = null): LoanColumn => ({
  ...{ column, field, role },
  kinds: ['integer', 'score'],
});
const rate = (column: string, field: string, role: Role): LoanColumn => ({ column, field, role, kinds: ['rate'] });
const text = (column: string, field: string, role: Role | null = null): LoanColumn => ({
  ...{ column, field, role },
  kinds: ['text', 'code', 'date', 'month'],
});

const LOAN_COLUMNS: readonly LoanColumn[] = [
  money('opening', 'reportingPeriodBeginningLoanBalanceAmount', 'opening'),
  money('closing', 'reportingPeriodActualEndBalanceAmount', 'closing'),
  money('scheduled_payment', 'reportingPeriodScheduledPaymentAmount', 'payment'),
  money('principal', 'actualPrincipalCollectedAmount', 'principal'),
  money('other_principal_adjustment', 'otherPrincipalAdjustmentAmount', 'adjustment'),
  money('interest', 'actualInterestCollectedAmount', 'interest'),
  money('other', 'actualOtherCollectedAmount'),
  money('total_paid', 'totalActualAmountPaid', 'totalPaid'),
  money('charge_off', 'chargedoffPrincipalAmount', 'chargeOff'),
  money('recovery', 'recoveredAmount', 'recovery'),
  money('repurchase', 'repurchaseAmount'),
  money('original_amount', 'originalLoanAmount', 'originalAmount'),
  whole('days_past_due', 'currentDelinquencyStatus', 'daysPastDue'),
  whole('original_term', 'originalLoanTerm', 'originalTerm'),
  rate('original_rate', 'originalInterestRatePercentage', 'originalRate'),
  rate('current_rate', 'reportingPeriodInterestRatePercentage', 'rate'),
  whole('credit_score', 'obligorCreditScore', 'score'),
  text('originated', 'originationDate', 'originated'),
  text('matures', 'loanMaturityDate', 'matures'),
  text('zero_balance_code', 'zeroBalanceCode', 'status'),
  text('zero_balance_month', 'zeroBalanceEffectiveDate'),
  whole('extension_months', 'paymentExtendedNumber'),
  { column: 'asset_added', field: 'assetAddedIndicator', role: null, kinds: ['flag'] },
  text('region', 'obligorGeographicLocation', 'region'),
  whole('remaining_term', 'remainingTermToMaturityNumber', 'remainingTerm'),
  text('obligor', '', 'obligor'),
];

/** A field of the loan model and where it is stored. */
export interface StoredField {
  readonly name: string;
  readonly kind: Kind;
}

/** How the rows of one tape are stored: its asset class's fields in columns, and the rest in `others`. */
export interface LoanLayout {
  /** Columns in the order of a copied line, with the field that each holds; null where the class has none. */
  readonly columns: readonly { readonly column: string; readonly field: StoredField | null }[];
  readonly others: readonly StoredField[];
}

function fieldOf(one: AssetClass, { field, role, kinds }: LoanColumn): Field | null {
  const named = one.fields.find(({ name }) => name === field);
  const found = named ?? (role === null ? undefined : one.fields.find((other) => other.role === role));
  return found !== undefined && kinds.includes(found.kind) ? found : null;
}

/**
 * The layout of a tape. What every row states alike or the key says (period, a key of the class's own key field) is
 * not repeated in each row.
 * @param fields fields of the class that the tape has, or that `other_fields` of a stored one names
 */
export function layoutOf(one: AssetClass, fields: ReadonlySet<string>, keyField: string | null): LoanLayout {
  const columns = LOAN_COLUMNS.map((place) => ({ column: place.column, field: fieldOf(one, place) }));
  const placed = new Set(columns.map(({ field }) => field?.name));
  const others = one.fields.filter(
    ({ name, role }) =>
      fields.has(name) && !placed.has(name) && name !== keyField && role !== 'periodFrom' && role !== 'periodTo',
  );
  return { columns, others };
}

/** The class's own key field when it alone is the loan key, so that the key says its value. */
export function keyFieldOf(one: AssetClass, loanKey: readonly string[]): string | null {
  const [only] = loanKey;
  const field = one.fields.find(({ name }) => name === only);
  return loanKey.length === 1 && field?.kind === 'text' ? field.name : null;
}
