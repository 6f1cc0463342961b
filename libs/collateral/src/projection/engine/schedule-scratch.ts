/** Parts of `LoanSchedule.share` that are no cash of the borrower. */
export const SCHEDULE_PARTS = ['capitalised', 'forgiven', 'residual'] as const;

/** What a loan owes month by month before anybody prepays or defaults: scratch that each loan fills anew. */
export interface LoanSchedule {
  /** Projected month of the last payment. */
  end: number;
  /** Months in which a revolving line may be drawn. */
  drawEnd: number;
  /** Share of the balance that the month's payment repays; 1 in the last month, below 0 where interest is capitalised. */
  readonly share: Float64Array;
  /** Rates of the month, a twelfth of the year's. */
  readonly gross: Float64Array;
  readonly net: Float64Array;
  /** Whether `parts` say anything of this loan. */
  hasParts: boolean;
  /** Shares of the balance, in `share`, that are interest capitalised (taken off it), written off, or residual value. */
  readonly parts: Readonly<Record<(typeof SCHEDULE_PARTS)[number], Float64Array>>;
}

/** Scratch for loans of so many months. */
export function emptySchedule(months: number): LoanSchedule {
  const column = (): Float64Array => new Float64Array(months);
  const parts = { capitalised: column(), forgiven: column(), residual: column() };
  return { end: 0, drawEnd: 0, share: column(), gross: column(), net: column(), hasParts: false, parts };
}
