import type { Place } from '../diagnostic.js';
import type { Rational } from './rational.js';

/** What a value is: an amount in cents, a pure number, or true/false. */
export type Unit = 'money' | 'ratio' | 'flag';

/** Operators that take two operands. */
export type BinaryOp = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=' | 'and' | 'or';

/** Functions; docs/deal-document.md describes each. */
export const FUNCTIONS = ['min', 'max', 'if', 'cumulative', 'roundDown', 'roundUp', 'roundHalfUp'] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

/** A parsed formula. `at` is the offset in the document's text; a money number's value is in cents. */
export type Expression =
  | { kind: 'number'; value: Rational; unit: 'money' | 'ratio'; at: number }
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
