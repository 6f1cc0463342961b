import type { LoanMonth } from '@weir/collateral';

/** A loan that pays what its balance falls by; rate at `RATE_SCALE`. */
export function loan(key: string, opening: bigint, closing: bigint, more: Partial<LoanMonth> = {}): LoanMonth {
  return {
    ...{ key, row: 2, opening, closing, scheduledPayment: null, principal: opening - closing },
    ...{ otherPrincipalAdjustment: 0n, interest: 0n, other: null, totalPaid: opening - closing },
    ...{ chargeOff: null, recovery: null, repurchase: null, daysPastDue: 0, originalAmount: null, originalTerm: null },
    ...{
      originalRate: null,
      currentRate: null,
      creditScore: null,
      originationMonth: null,
      maturityMonth: null,
      remainingTerm: null,
    },
    ...{ zeroBalanceCode: null, zeroBalanceMonth: null, extensionMonths: null, assetAdded: null },
    ...more,
  };
}
