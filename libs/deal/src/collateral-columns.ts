import type { Unit } from './expression/ast.js';

/** Columns of projected collateral: what `from:` of a report item may be made of, and the unit of each. */
export const COLLATERAL_COLUMNS = {
  poolOpening: 'money',
  poolClosing: 'money',
  scheduledPrincipal: 'money',
  prepayments: 'money',
  principalCollected: 'money',
  interestCollected: 'money',
  netInterest: 'money',
  chargeOffs: 'money',
  recoveries: 'money',
  losses: 'money',
  servicing: 'money',
  loanCount: 'ratio',
  averageRate: 'rate',
  averageNetRate: 'rate',
  prepaymentInterestShortfall: 'money',
  delinquent30: 'money',
  delinquent60: 'money',
  delinquent90: 'money',
  delinquent120: 'money',
  repurchaseProceeds: 'money',
  prepaymentPenalties: 'money',
  dilutions: 'money',
  draws: 'money',
  capitalised: 'money',
  forgiven: 'money',
  residualsDue: 'money',
  residualsSold: 'money',
  defeased: 'money',
  advances: 'money',
  advancesRepaid: 'money',
} as const satisfies Record<string, Unit>;

/** One of `COLLATERAL_COLUMNS`. */
export type CollateralColumn = keyof typeof COLLATERAL_COLUMNS;

/**
 * What a class of another deal, named under `underlying:`, gives as columns NAME.interest and so on: paid since the last
 * payment date, outstanding after that, and written down meanwhile (negative when written up); all money.
 */
export const UNDERLYING_FLOWS = ['interest', 'principal', 'balance', 'writtenDown'] as const;
