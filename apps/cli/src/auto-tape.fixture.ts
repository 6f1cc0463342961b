/** A quiet automobile loan: 1,000.00 open at 6 %, 100.00 repaid in January 2025, 5.00 of interest. */
const QUIET = {
  assetNumber: '1',
  reportingPeriodBeginningDate: '01-01-2025',
  reportingPeriodEndingDate: '01-31-2025',
  originationDate: '06/2024',
  originalLoanAmount: '1500.00',
  originalLoanTerm: '18',
  originalInterestRatePercentage: '0.06',
  obligorCreditScore: '700',
  obligorGeographicLocation: 'CA',
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
  reportingPeriodScheduledPaymentAmount: 'NA',
  reportingPeriodInterestRatePercentage: '0.06',
  interestPaidThroughDate: 'NA',
  loanMaturityDate: '12/2025',
  paymentExtendedNumber: 'NA',
};

export type AutoRow = Partial<Record<keyof typeof QUIET, string>>;

/** A tape of such loans, each as it differs; the row i of the argument is line i + 2 and loan number i + 1. */
export function autoTape(...rows: AutoRow[]): string {
  const lines = rows.map((row, i) => Object.values({ ...QUIET, assetNumber: String(i + 1), ...row }).join(','));
  return [Object.keys(QUIET).join(','), ...lines, ''].join('\n');
}
