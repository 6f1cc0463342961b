export { COLLATERAL_COLUMNS, type CollateralColumn, UNDERLYING_FLOWS } from './collateral-columns.js';
export {
  type AverageLimit,
  type ConcentrationLimit,
  LIMIT_FIGURES,
  type LimitedPart,
  type LimitFigure,
  LOAN_FACTS,
  type LoanFact,
  type ShareLimit,
} from './concentration-limit.js';
export { CURRENCIES, type Currency } from './currencies.js';
export { dayOfRule, type DayRule, printDayRule, type RecordDayRule } from './dates/day-rule.js';
export { monthsInPeriod, nominalPaymentDate, type ScheduledDate, scheduledDate } from './dates/scheduled-date.js';
export { byPlace, type Diagnostic, Findings, type Place } from './diagnostic.js';
export * from './expression/ast.js';
export { constantOf, sameExpression } from './expression/constant.js';
export { UnitChecker, type UnitContext } from './expression/units.js';
export { describeUnit, fits, type FoundUnit } from './expression/value-unit.js';
export { minus, ONE, over, plus, type Rational, rational, times } from './expression/rational.js';
export * from './model.js';
export { type Draft, parseDeal, type ReadDocument } from './parse-deal.js';
export { printDeal } from './print/print-deal.js';
export { Cursor, type Entry } from './source/cursor.js';
export { openDocument, readYaml } from './source/document.js';
export { suggest } from './suggestion.js';
