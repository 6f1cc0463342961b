/** One loan in one month as a row of a small tape, every amount as it stands in the file. */
export interface SmallRow {
  readonly key: string;
  readonly opening: string;
  readonly closing: string;
  readonly principal?: string;
  readonly interest?: string;
  readonly originalAmount?: string;
  /** MM/YYYY */
  readonly originated?: string;
  readonly chargeOff?: string;
  readonly recovery?: string;
  readonly payment?: string;
  readonly region?: string;
}

const days = (month: string): [string, string] => {
  const [year = '', number = ''] = month.split('-');
  const last = new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate();
  return [`${number}-01-${year}`, `${number}-${last}-${year}`];
};

/** A tape of automobile loans for a month (YYYY-MM) under the SEC's element names. */
export function smallTape(month: string, rows: readonly SmallRow[]): string {
  const [from, to] = days(month);
  const cells = rows.map((row) => ({
    assetNumber: row.key,
    reportingPeriodBeginningDate: from,
    reportingPeriodEndingDate: to,
    originationDate: row.originated ?? '01/2019',
    originalLoanAmount: row.originalAmount ?? '2000.00',
    originalLoanTerm: '60',
    originalInterestRatePercentage: '0.05',
    obligorCreditScore: '700',
    obligorGeographicLocation: row.region ?? 'CA',
    reportingPeriodBeginningLoanBalanceAmount: row.opening,
    reportingPeriodActualEndBalanceAmount: row.closing,
    actualInterestCollectedAmount: row.interest ?? '0.00',
    actualPrincipalCollectedAmount: row.principal ?? '0.00',
    otherPrincipalAdjustmentAmount: '0.00',
    totalActualAmountPaid: row.principal ?? '0.00',
    actualOtherCollectedAmount: '0.00',
    chargedoffPrincipalAmount: row.chargeOff ?? 'NA',
    recoveredAmount: row.recovery ?? 'NA',
    repurchaseAmount: 'NA',
    zeroBalanceCode: 'NA',
    currentDelinquencyStatus: '0',
    reportingPeriodScheduledPaymentAmount: row.payment ?? 'NA',
  }));
  return [Object.keys(cells[0] ?? {}), ...cells.map((cell) => Object.values(cell))]
    .map((line) => `${line.join(',')}\n`)
    .join('');
}
