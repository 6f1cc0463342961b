import type { Place } from '../diagnostic.js';
import type { Rational } from './rational.js';

/**
 * What a value is: an amount in cents, a yearly rate or a pure number at `RATE_SCALE`, a day number since 1970-01-01, or
 * true/false as 1/0.
 */
export type Unit = 'money' | 'rate' | 'ratio' | 'date' | 'flag';

/** Operators that take two operands. */
export type BinaryOp = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=' | 'and' | 'or';

/** Functions; docs/deal-document.md describes each. */
export const FUNCTIONS = [
  'min',
  'max',
  'abs',
  'if',
  'roundDown',
  'roundUp',
  'roundHalfUp',
  'addMonths',
  'monthsBetween',
  'yearOf',
  'monthOf',
  'cumulative',
  'previous',
  'lagged',
  'average',
  'total',
  'highest',
  'lowest',
] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

/**
 * A parsed formula. `at` is the offset in the document's text. A money number's value is in cents, a date's its day
 * number; a ratio number also stands for a rate, and `isPercent` says that it was written with a percent sign.
 */
export type Expression =
  | { kind: 'number'; value: Rational; unit: Exclude<Unit, 'rate'>; at: number; isPercent?: true }
  | { kind: 'name'; name: string; at: number }
  | { kind: 'negate' | 'not'; operand: Expression; at: number }
  | { kind: 'binary'; op: BinaryOp; left: Expression; right: Expression; at: number }
  | { kind: 'call'; name: FunctionName; args: Expression[]; at: number };

/** A formula as it stands in the document. */
export interface Formula extends Place {
  text: string;
  unit: Unit;
  expression: Expression;
  /** Where in the document, like `fees.servicing.amount`. */
  path: string;
}
