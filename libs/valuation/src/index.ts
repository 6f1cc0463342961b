export * from './errors.js';
export { averageLife, type PaymentWindow, paymentWindow } from './flows/average-life.js';
export {
  type DecrementCell,
  type DecrementColumn,
  type DecrementTable,
  decrementTable,
  decrementText,
} from './flows/decrement.js';
export type { SecurityFlows } from './flows/security-flows.js';
export { YEAR_BASES, type YearBasis, yearsBetween } from './flows/years.js';
export { largestThat } from './solve/largest.js';
export { type Bracket, bracketAround, solveFor } from './solve/root.js';
export * from './table/yield-table.js';
export { type Accrual, accruedInterest } from './yield/accrued.js';
export { delayedDates } from './yield/delay.js';
export { discountMargin, type FloaterQuote, priceAtMargin } from './yield/discount-margin.js';
export { convertYield, priceAt, yieldAt } from './yield/price-yield.js';
export { type Compounding, COMPOUNDINGS, type Quote } from './yield/quote.js';
export { effectiveRisk, type YieldRisk, yieldRisk } from './yield/risk.js';
export { ONLY_SCENARIO, parseScenario } from './scenario/parse-scenario.js';
export type { KnownNames } from './scenario/read-parts.js';
export * from './scenario/scenario.js';
export * from './run/index.js';
export * from './scenario-set/index.js';
