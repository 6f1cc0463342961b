/**
 * One loan as it stands at the end of a reporting period, as its row states it. Money in cents, rates at `RATE_SCALE`. `null`
 * is "not stated" (NA, empty, or no such column) and never zero.
 */
export interface LoanStanding {
  key: string;
  /** Line in the file, the header being line 1. */
  row: number;
  /** Null where the tape has one balance of a loan: the closing one. */
  opening: bigint | null;
  closing: bigint;
  scheduledPayment: bigint | null;
  daysPastDue: number | null;
  originalAmount: bigint | null;
  originalTerm: number | null;
  /** Months to come, where the tape says so. */
  remainingTerm: number | null;
  originalRate: bigint | null;
  currentRate: bigint | null;
  creditScore: number | null;
  /** YYYY-MM */
  originationMonth: string | null;
  /** YYYY-MM */
  maturityMonth: string | null;
  /** SEC code: 1 prepaid or matured, 2 third-party sale, 3 repurchased or replaced, 4 charged-off, 5 transfer, 99. */
  zeroBalanceCode: string | null;
  /** YYYY-MM */
  zeroBalanceMonth: string | null;
  extensionMonths: number | null;
  assetAdded: boolean | null;
}

/** A loan and what was collected on it in the period. */
export interface LoanMonth extends LoanStanding {
  opening: bigint;
  /** As stated: negative where the servicer nets a returned payment here. */
  principal: bigint;
  /** As stated: what else lowered the balance; negative where it raised it (a boarding, a returned payment). */
  otherPrincipalAdjustment: bigint;
  interest: bigint;
  /** Late charges and the like: the servicer's, never part of available collections. */
  other: bigint | null;
  totalPaid: bigint;
  chargeOff: bigint | null;
  recovery: bigint | null;
  repurchase: bigint | null;
}

/** Whether a loan's row says what was collected on it. */
export const reportsMonth = (loan: LoanStanding): loan is LoanMonth => 'principal' in loan;

/** The balance with which a loan's month opened; of a tape that has one balance of a loan, that one. */
export const openingOf = ({ opening, closing }: LoanStanding): bigint => opening ?? closing;

/** A loan's month as far as its row states it. */
export interface StatedMonth extends LoanStanding {
  principal: bigint | null;
  otherPrincipalAdjustment: bigint | null;
  interest: bigint | null;
  other: bigint | null;
  totalPaid: bigint | null;
  chargeOff: bigint | null;
  recovery: bigint | null;
  repurchase: bigint | null;
}

/**
 * A loan's month out of what its row states. Of interest, principal and total paid two give the third (total = interest +
 * principal + other); an adjustment that no column states is none; the opening balance that no column states is what the
 * closing one was before principal, adjustment and charge-off. Null when too little is stated: then the loan stands only.
 */
export function monthOfStated(stated: StatedMonth): LoanMonth | null {
  const { closing, chargeOff, totalPaid } = stated;
  const other = stated.other ?? 0n;
  const rest = (part: bigint | null): bigint | null =>
    totalPaid === null || part === null ? null : totalPaid - part - other;
  const interest = stated.interest ?? rest(stated.principal);
  const principal = stated.principal ?? rest(stated.interest);
  if (interest === null || principal === null) return null;
  const otherPrincipalAdjustment = stated.otherPrincipalAdjustment ?? 0n;
  const opening = stated.opening ?? closing + principal + otherPrincipalAdjustment + (chargeOff ?? 0n);
  return {
    ...stated,
    ...{ opening, interest, principal, otherPrincipalAdjustment },
    totalPaid: totalPaid ?? interest + principal + other,
  };
}

/** A loan as it stands, of which its row does not say what was collected. */
export function standingOf(stated: StatedMonth): LoanStanding {
  const { key, row, opening, closing, scheduledPayment, daysPastDue, zeroBalanceCode, zeroBalanceMonth } = stated;
  const { originalAmount, originalTerm, remainingTerm, originalRate, currentRate, creditScore } = stated;
  const { originationMonth, maturityMonth, extensionMonths, assetAdded } = stated;
  return {
    ...{ key, row, opening, closing, scheduledPayment, daysPastDue, zeroBalanceCode, zeroBalanceMonth },
    ...{ originalAmount, originalTerm, remainingTerm, originalRate, currentRate, creditScore },
    ...{ originationMonth, maturityMonth, extensionMonths, assetAdded },
  };
}

/**
 * What a row fails to roll by: (closing − opening) − (−principal − otherPrincipalAdjustment − charge-off). Zero when it
 * rolls. A charge-off that is not stated takes nothing off the balance.
 */
export function rollDifference(
  loan: Pick<LoanMonth, 'opening' | 'closing' | 'principal' | 'otherPrincipalAdjustment' | 'chargeOff'>,
): bigint {
  return loan.closing - loan.opening + loan.principal + loan.otherPrincipalAdjustment + (loan.chargeOff ?? 0n);
}
