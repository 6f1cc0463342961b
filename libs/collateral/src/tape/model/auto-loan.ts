import { TAPE_COLUMNS, type TapeColumn } from '../columns.js';
import { US_STATE_CODES } from './iso-codes.js';
import { field, fieldsNamed, type AssetClass, type FieldMore } from './field.js';
import { repaymentFields } from './repayment.js';

/** What the loan model says of the columns that a loan's month is made of, beyond `TAPE_COLUMNS`. */
const CORE: Record<TapeColumn, FieldMore> = {
  reportingPeriodBeginningDate: { role: 'periodFrom', also: 'period start, reporting from, collection period begin' },
  reportingPeriodEndingDate: { role: 'periodTo', also: 'period end, reporting date, as of date, cut off date' },
  originationDate: {
    role: 'originated',
    also: 'contract date, booked, date opened, original date, orig date, note date, funding date, start date',
  },
  originalLoanAmount: {
    role: 'originalAmount',
    range: [0, 1e6],
    also: 'amount financed, original balance, original principal balance, original amount, loan amount',
  },
  originalLoanTerm: { role: 'originalTerm', range: [1, 120], also: 'original term, term, term months, loan term' },
  originalInterestRatePercentage: { role: 'originalRate', range: [0, 0.6], also: 'apr, original rate, contract rate' },
  obligorCreditScore: {
    role: 'score',
    range: [250, 900],
    also: 'fico, fico score, credit score, score, bureau score, beacon',
  },
  reportingPeriodBeginningLoanBalanceAmount: {
    role: 'opening',
    also: 'opening balance, beginning balance, previous balance',
  },
  reportingPeriodActualEndBalanceAmount: {
    role: 'closing',
    also:
      'closing balance, ending balance, current balance, current principal balance, outstanding principal balance, ' +
      'outstanding balance, principal balance, unpaid principal balance, balance',
  },
  actualInterestCollectedAmount: { role: 'interest', also: 'interest paid, interest collected' },
  actualPrincipalCollectedAmount: { role: 'principal', also: 'principal paid, principal collected' },
  otherPrincipalAdjustmentAmount: { role: 'adjustment', also: 'other adjustment, principal adjustment' },
  totalActualAmountPaid: { role: 'totalPaid', also: 'total paid, amount paid, payment received' },
  actualOtherCollectedAmount: { role: 'otherCollected', also: 'late fees, late charges, other collected, fees paid' },
  chargedoffPrincipalAmount: { role: 'chargeOff', also: 'charge off, gross loss, charged off principal' },
  recoveredAmount: { role: 'recovery', also: 'recoveries, recovery' },
  repurchaseAmount: { also: 'repurchased, buy back amount' },
  zeroBalanceCode: { role: 'status', codes: ['0', '1', '2', '3', '4', '5', '99'], also: 'payoff code, zero balance' },
  currentDelinquencyStatus: {
    role: 'daysPastDue',
    also: 'days past due, dpd, days delinquent, days in arrears, days overdue',
  },
  reportingPeriodScheduledPaymentAmount: {
    role: 'payment',
    range: [0, 1e6],
    also: 'monthly payment, payment, payment amount, instalment, installment, scheduled payment',
  },
  reportingPeriodInterestRatePercentage: {
    role: 'rate',
    range: [0, 0.6],
    also: 'current rate, interest rate, rate, note rate, coupon',
  },
  loanMaturityDate: { role: 'matures', also: 'maturity, maturity date, final payment date, end date' },
  paymentExtendedNumber: { role: 'extended', range: [0, 120], also: 'extensions, months extended' },
  zeroBalanceEffectiveDate: { also: 'payoff date, date closed' },
  assetAddedIndicator: {},
};

const core = (Object.entries(CORE) as [TapeColumn, FieldMore][]).map(([name, more]) => {
  const { kind, header } = TAPE_COLUMNS[name];
  return field(name, kind, { required: header === 'required', ...more });
});

/** Automobile loans: SEC Regulation AB II, Schedule AL, Item 3, by the element names of ABS-EE asset data files. */
export const AUTO_LOAN: AssetClass = {
  name: 'auto-loan',
  title: 'automobile loans (SEC Schedule AL, Item 3)',
  fields: [
    ...core,
    field('assetNumber', 'text', {
      role: 'key',
      also: 'loan number, loan id, account number, account, contract number',
    }),
    field('obligorGeographicLocation', 'text', {
      role: 'region',
      codes: US_STATE_CODES,
      also: 'state, region, obligor state, borrower state',
    }),
    field('loanStatus', 'text', { own: true, also: 'status, account status, contract status' }),
    field('vehicleManufacturerName', 'text', { also: 'make, vehicle make, manufacturer' }),
    field('vehicleModelName', 'text', { also: 'vehicle model' }),
    field('vehicleModelYear', 'text', { also: 'vehicle year, model year' }),
    ...fieldsNamed(
      'text',
      `assetTypeNumber originatorName obligorCreditScoreType primaryLoanServicerName repurchaserName`,
    ),
    field('remainingTermToMaturityNumber', 'integer', {
      role: 'remainingTerm',
      also: 'remaining term, months remaining, remaining months',
    }),
    field('originalInterestOnlyTermNumber', 'integer', { role: 'interestOnly' }),
    ...fieldsNamed('integer', `gracePeriodNumber`),
    ...repaymentFields(),
    field('originalFirstPaymentDate', 'month', { also: 'first payment date, first payment due date' }),
    ...fieldsNamed('month', `mostRecentServicingTransferReceivedDate`),
    ...fieldsNamed(
      'flag',
      `underwritingIndicator coObligorIndicator reportingPeriodModificationIndicator assetSubjectDemandIndicator repossessedIndicator`,
    ),
    field('vehicleValueAmount', 'money', {
      role: 'value',
      also: 'vehicle value, collateral value, retail value, wholesale value, msrp',
    }),
    ...fieldsNamed(
      'money',
      `nextReportingPeriodPaymentAmountDue servicingFlatFeeAmount otherServicerFeeRetainedByServicer otherAssessedUncollectedServicerFeeAmount scheduledInterestAmount scheduledPrincipalAmount servicerAdvancedAmount repossessedProceedsAmount`,
    ),
    ...fieldsNamed('rate', `paymentToIncomePercentage servicingFeePercentage`),
    field('nextInterestRatePercentage', 'rate', { range: [0, 0.6] }),
    ...fieldsNamed('date', `interestPaidThroughDate demandResolutionDate`),
    field('interestCalculationTypeCode', 'code', { codes: '1 98'.split(' ') }),
    field('originalInterestRateTypeCode', 'code', { codes: '1 2 98'.split(' ') }),
    field('paymentTypeCode', 'code', { codes: '1 2 3 4 98'.split(' ') }),
    field('subvented', 'code', { codes: '0 1 2 98'.split(' ') }),
    field('vehicleNewUsedCode', 'code', { codes: '1 2'.split(' '), also: 'new used, new or used, new used flag' }),
    field('vehicleTypeCode', 'code', { codes: '1 2 3 4 98 99'.split(' ') }),
    field('vehicleValueSourceCode', 'code', { codes: '1 2 3 98'.split(' ') }),
    field('obligorIncomeVerificationLevelCode', 'code', { codes: '1 2 3 4 5'.split(' ') }),
    field('obligorEmploymentVerificationCode', 'code', { codes: '1 2 3'.split(' ') }),
    field('servicingAdvanceMethodCode', 'code', { codes: '1 2 3 4 99'.split(' ') }),
    field('assetSubjectDemandStatusCode', 'code', { codes: '0 1 2 3 4 98'.split(' ') }),
    field('repurchaseReplacementReasonCode', 'code', { codes: '1 2 3 4 5 98 99'.split(' ') }),
    field('modificationTypeCode', 'code', { codes: '1 2 3 4 98'.split(' ') }),
  ],
};
