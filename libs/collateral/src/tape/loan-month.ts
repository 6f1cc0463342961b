/**
 * One loan in one reporting period, as its row states it. Money in cents, rates at `RATE_SCALE`. `null` is "not
 * stated" (NA, empty, or no such column) and never zero.
 */
export interface LoanMonth {
  key: string;
  /** Line in the file, the header being line 1. */
  row: number;
  opening: bigint;
  closing: bigint;
  scheduledPayment: bigint | null;
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
  daysPastDue: number | null;
  originalAmount: bigint | null;
  originalTerm: number | null;
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

/**
 * What a row fails to roll by: (closing − opening) − (−principal − otherPrincipalAdjustment − charge-off). Zero when it
 * rolls. A charge-off that is not stated takes nothing off the balance.
 */
export function rollDifference(
  loan: Pick<LoanMonth, 'opening' | 'closing' | 'principal' | 'otherPrincipalAdjustment' | 'chargeOff'>,
): bigint {
  return loan.closing - loan.opening + loan.principal + loan.otherPrincipalAdjustment + (loan.chargeOff ?? 0n);
}
