export type { Diagnostic, Place } from './diagnostic.js';
export * from './expression/ast.js';
export { minus, ONE, over, plus, type Rational, rational, times } from './expression/rational.js';
export * from './model.js';
export { parseDeal } from './parse-deal.js';
