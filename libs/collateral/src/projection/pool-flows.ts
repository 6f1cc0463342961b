/**
 * Columns of a projected pool, one entry a collection period (month), in the unit of the lines' balances.
 * - `openingBalance`, `closingBalance`: loans that are not charged off; with `held` or `advanced` the defaulted ones too;
 * - `scheduledPrincipal` (with `advanced` including what is advanced), `prepayments`, and `principal`, their sum;
 * - `penalties`: paid on top of prepayments;
 * - `grossInterest` = `netInterest` + `servicing`: a full month's interest on what prepays, arrears when they are paid;
 * - `defaults`: balance that defaults in the month;
 * - `recoveries`, `losses`: of loans liquidated in the month;
 * - `dilutions`: taken off the balance without cash; `draws`: lent again on revolving lines;
 * - `capitalised`: interest added to the balance instead of paid; interest columns are what is paid, so `netInterest` is below
 *   zero where that is less than the servicing;
 * - `forgiven`: principal that a modification forgives;
 * - `residualsDue`: residual values of leases that end; `residualsSold`: what their sale brings;
 * - `defeased`: balance that bonds take the place of; it stays in the balance and pays as scheduled;
 * - `delinquent30` … `delinquent120`: balances in these buckets at the end of the month;
 * - `advances`, `advancesRepaid`: the servicer's on delinquent loans, and what it takes back of arrears and recoveries;
 * - `defaultedBalance`: of the closing balance, that of defaulted loans which are not yet liquidated; `defaultedPrincipal`,
 *   `defaultedInterest`: of scheduled principal and gross interest, what the servicer advances on them (`advanced` only);
 * - `loanCount`: loans that are neither paid, defeased nor defaulted at the end of the month.
 * With `charged-off`, opening − principal − defaults − dilutions − forgiven − residualsDue + draws + capitalised = closing;
 * otherwise recoveries and losses stand where the defaults do.
 */
export const POOL_FLOW_COLUMNS = [
  'openingBalance',
  'scheduledPrincipal',
  'prepayments',
  'principal',
  'penalties',
  'grossInterest',
  'netInterest',
  'servicing',
  'defaults',
  'recoveries',
  'losses',
  'dilutions',
  'draws',
  'capitalised',
  'forgiven',
  'residualsDue',
  'residualsSold',
  'defeased',
  'delinquent30',
  'delinquent60',
  'delinquent90',
  'delinquent120',
  'advances',
  'advancesRepaid',
  'closingBalance',
  'defaultedBalance',
  'defaultedPrincipal',
  'defaultedInterest',
  'loanCount',
] as const;

/** One of `POOL_FLOW_COLUMNS`. */
export type PoolFlowColumn = (typeof POOL_FLOW_COLUMNS)[number];

/** Projected flows of a pool; entry 0 of each column is the first month after the cut-off date. */
export type PoolFlows = { readonly months: number } & Readonly<Record<PoolFlowColumn, Float64Array>>;

/** Flows of so many months, all zero. */
export function emptyFlows(months: number): PoolFlows {
  const columns = POOL_FLOW_COLUMNS.map((name) => [name, new Float64Array(months)] as const);
  return { months, ...(Object.fromEntries(columns) as Record<PoolFlowColumn, Float64Array>) };
}

/** Adds to one cell. */
export function addTo(column: Float64Array, month: number, amount: number): void {
  column[month] = (column[month] ?? 0) + amount;
}

/** Flows added up month by month. */
export function addFlows(all: readonly PoolFlows[]): PoolFlows {
  const sum = emptyFlows(all.reduce((most, { months }) => Math.max(most, months), 0));
  for (const flows of all) {
    for (const name of POOL_FLOW_COLUMNS) flows[name].forEach((amount, month) => addTo(sum[name], month, amount));
  }
  return sum;
}
