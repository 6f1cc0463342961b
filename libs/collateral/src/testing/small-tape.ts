/** Hand-made tapes for specs: the columns Weir needs, with a quiet loan's values unless a spec says otherwise. */
const QUIET = {
  assetNumber: '1',
  reportingPeriodBeginningDate: '07-01-2020',
  reportingPeriodEndingDate: '07-31-2020',
  originationDate: '08/2019',
  originalLoanAmount: '2000.00',
  originalLoanTerm: '60',
  originalInterestRatePercentage: '0.06',
  obligorCreditScore: '700',
  reportingPeriodBeginningLoanBalanceAmount: '1000.00',
  reportingPeriodActualEndBalanceAmount: '900.00',
  actualInterestCollectedAmount: '5.00',
  actualPrincipalCollectedAmount: '100.00',
  otherPrincipalAdjustmentAmount: '0',
  totalActualAmountPaid: '105.00',
  actualOtherCollectedAmount: '0',
  chargedoffPrincipalAmount: 'NA',
  recoveredAmount: 'NA',
  repurchaseAmount: 'NA',
  zeroBalanceCode: 'NA',
  currentDelinquencyStatus: '0',
  loanMaturityDate: '08/2024',
  paymentExtendedNumber: 'NA',
};

export type SmallRow = Partial<Record<keyof typeof QUIET, string>>;

/** Header and rows; row i of the argument is line i + 2 of the file and loan number i + 1. */
export function smallTape(...rows: SmallRow[]): string {
  const lines = rows.map((row, i) => Object.values({ ...QUIET, assetNumber: String(i + 1), ...row }).join(','));
  return [Object.keys(QUIET).join(','), ...lines, ''].join('\n');
}
