/** What a cell of a column holds. Rates are fractions (0.0687 is 6.87 %), months MM/YYYY, dates MM-DD-YYYY. */
export type ColumnKind = 'money' | 'integer' | 'rate' | 'date' | 'month' | 'score' | 'text' | 'flag' | 'code';

export interface ColumnRule<K extends ColumnKind = ColumnKind> {
  kind: K;
  /** The header must name the column. */
  header: 'required' | 'optional';
  /** Every row must have a value; NA or empty blocks the row. */
  cell: 'required' | 'optional';
}

const needed = <K extends ColumnKind>(kind: K): ColumnRule<K> => ({ kind, header: 'required', cell: 'required' });
const stated = <K extends ColumnKind>(kind: K): ColumnRule<K> => ({ kind, header: 'required', cell: 'optional' });
const welcome = <K extends ColumnKind>(kind: K): ColumnRule<K> => ({ kind, header: 'optional', cell: 'optional' });

/**
 * The columns Weir reads: SEC Regulation AB II, Schedule AL, Item 3 (automobile loans), element names as they stand in
 * ABS-EE asset data files. Other columns of a tape are left alone.
 */
export const TAPE_COLUMNS = {
  reportingPeriodBeginningDate: needed('date'),
  reportingPeriodEndingDate: needed('date'),
  originationDate: stated('month'),
  originalLoanAmount: stated('money'),
  originalLoanTerm: stated('integer'),
  originalInterestRatePercentage: stated('rate'),
  obligorCreditScore: stated('score'),
  reportingPeriodBeginningLoanBalanceAmount: needed('money'),
  reportingPeriodActualEndBalanceAmount: needed('money'),
  actualInterestCollectedAmount: needed('money'),
  actualPrincipalCollectedAmount: needed('money'),
  otherPrincipalAdjustmentAmount: needed('money'),
  totalActualAmountPaid: needed('money'),
  actualOtherCollectedAmount: stated('money'),
  chargedoffPrincipalAmount: stated('money'),
  recoveredAmount: stated('money'),
  repurchaseAmount: stated('money'),
  zeroBalanceCode: stated('text'),
  currentDelinquencyStatus: stated('integer'),
  reportingPeriodScheduledPaymentAmount: welcome('money'),
  reportingPeriodInterestRatePercentage: welcome('rate'),
  loanMaturityDate: welcome('month'),
  paymentExtendedNumber: welcome('integer'),
  zeroBalanceEffectiveDate: welcome('month'),
  assetAddedIndicator: welcome('flag'),
} as const satisfies Record<string, ColumnRule>;

export type TapeColumn = keyof typeof TAPE_COLUMNS;

export const TAPE_COLUMN_NAMES = Object.keys(TAPE_COLUMNS) as TapeColumn[];

/** The money columns, whose sums a reading shows. */
export type MoneyColumn = {
  [C in TapeColumn]: (typeof TAPE_COLUMNS)[C]['kind'] extends 'money' ? C : never;
}[TapeColumn];

export const MONEY_COLUMNS = TAPE_COLUMN_NAMES.filter(
  (name): name is MoneyColumn => TAPE_COLUMNS[name].kind === 'money',
);
