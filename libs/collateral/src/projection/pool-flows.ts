/**
 * Columns of a projected pool, one entry a collection period (month), in the unit of the lines' balances.
 * - `openingBalance`, `closingBalance`: performing loans, and with `held` or `advanced` the defaulted ones too;
 * - `scheduledPrincipal` (with `advanced` including what is advanced), `prepayments`, and `principal`, their sum;
 * - `grossInterest` = `netInterest` + `servicing`: a full month's interest on what prepays;
 * - `defaults`: balance that defaults in the month;
 * - `recoveries`, `losses`: of loans liquidated in the month;
 * - `loanCount`: loans that perform at the end of the month.
 * With `charged-off`, opening − principal − defaults = closing; otherwise opening − principal − recoveries − losses = closing.
 */
export const POOL_FLOW_COLUMNS = [
  'openingBalance',
  'scheduledPrincipal',
  'prepayments',
  'principal',
  'grossInterest',
  'netInterest',
  'servicing',
  'defaults',
  'recoveries',
  'losses',
  'closingBalance',
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
