/**
 * The chart of accounts of one deal. Names are paths; the first part says the kind, and with it the natural side:
 * account, asset, expense and loss are debit accounts; note, payable, equity and income are credit accounts;
 * adjustment and difference may stand on either side and are read as debits.
 */
export const CHART = {
  /** Cash of one of the deal's accounts. */
  cash: (account: string) => `account:${account}`,
  /** Cash that arrived in the vault and that no settlement has applied yet. */
  pendingDeposit: 'account:pending-deposit',
  /** Cash that belongs to holders, payees and the tax office, who have not fetched it. */
  heldForPayment: 'account:held-for-payment',
  /** Subscription money between the investors' payment and closing. */
  proceeds: 'account:proceeds',
  /** Unpaid principal of the pool. */
  loans: 'asset:loans',
  /** What the servicer collected and has not yet delivered; a credit balance is carried against later collections. */
  servicerReceivable: 'asset:servicer-receivable',
  /** Outstanding balance of a class. */
  note: (tranche: string) => `note:${tranche}`,
  /** Interest paid into a class and not yet claimed. */
  interestPayable: (tranche: string) => `payable:interest:${tranche}`,
  /** Principal paid into a class and not yet claimed. */
  principalPayable: (tranche: string) => `payable:principal:${tranche}`,
  /** Tax withheld from a class's interest and not yet remitted. */
  taxPayable: (tranche: string) => `payable:tax:${tranche}`,
  /** Money of a payee, waiting to be withdrawn. */
  payeePayable: (payee: string) => `payable:payee:${payee}`,
  /** Deposits that no collections stand against: pending, or in suspense. */
  depositsPayable: 'payable:deposits',
  /** The residual holder's interest: over-collateralisation and reserve at closing, less what it was paid. */
  residualEquity: 'equity:residual',
  interestIncome: 'income:interest',
  recoveryIncome: 'income:recoveries',
  /** Repurchase proceeds beyond the principal repurchased. */
  repurchaseIncome: 'income:repurchases',
  interestExpense: (tranche: string) => `expense:interest:${tranche}`,
  feeExpense: (payee: string) => `expense:fee:${payee}`,
  chargeOffs: 'loss:charge-offs',
  /** Principal adjustments that moved no cash, as the tape reports them. */
  principalAdjustments: 'adjustment:principal',
  /** What the pool's roll leaves unexplained; shown, never scaled away. */
  rollDifference: 'difference:pool-roll',
} as const;

/** True when the account's balance is naturally a credit. */
export function isCreditAccount(account: string): boolean {
  return /^(note|payable|equity|income):/.test(account);
}
