import { addMonths, dateOfDay, dayNumber, monthsBetween } from '@weir/calendar';
import { COLLATERAL_COLUMNS, type Expression, type Formula, type FunctionName, type Unit } from '@weir/deal';
import { unitOf } from '@weir/waterfall';
import { FormulaWithoutValue } from '../errors.js';
import { groupColumn } from './collateral-groups.js';

/** Value of a name on a payment date (from 0): money in cents, rates and ratios as they are, dates as day numbers. */
export type ValueOf = (name: string, row: number) => number | undefined;

type Binary = Extract<Expression, { kind: 'binary' }>;
type Call = Extract<Expression, { kind: 'call' }>;

/** Unit of a column of the collateral, or of one of its groups. */
const unitOfColumn = (name: string): Unit =>
  (COLLATERAL_COLUMNS as Record<string, Unit>)[groupColumn(name)?.column ?? name] ?? 'money';

const ROUNDINGS: Partial<Record<FunctionName, (x: number) => number>> = {
  roundDown: Math.trunc,
  roundUp: (x) => Math.sign(x) * Math.ceil(Math.abs(x)),
  roundHalfUp: (x) => Math.sign(x) * Math.round(Math.abs(x)),
};

/** Evaluates formulas in float64, one payment date at a time. */
class Evaluation {
  constructor(
    private readonly formula: Formula,
    private readonly valueOf: ValueOf,
    private readonly firstPeriod: number,
  ) {}

  at(expression: Expression, row: number): number {
    switch (expression.kind) {
      case 'number':
        return Number(expression.value.num) / Number(expression.value.den);
      case 'name':
        return this.name(expression.name, row);
      case 'negate':
        return -this.at(expression.operand, row);
      case 'not':
        return this.at(expression.operand, row) === 0 ? 1 : 0;
      case 'binary':
        return this.binary(expression, row);
      case 'call':
        return this.call(expression, row);
    }
  }

  private name(name: string, row: number): number {
    const value = this.valueOf(name, row);
    if (value === undefined) throw this.fault(row, `the collateral has no "${name}"`);
    return value;
  }

  private fault(row: number, reason: string): FormulaWithoutValue {
    return new FormulaWithoutValue(this.formula.text, this.firstPeriod + row, reason);
  }

  private binary({ op, left, right }: Binary, row: number): number {
    const a = this.at(left, row);
    if (op === 'and' || op === 'or') return (op === 'and') === (a !== 0) ? this.at(right, row) : a;
    const b = this.at(right, row);
    switch (op) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '/':
        if (b === 0) throw this.fault(row, 'it divides by zero; guard the divisor with max(…)');
        return a / b;
      case '<':
        return Number(a < b);
      case '<=':
        return Number(a <= b);
      case '>':
        return Number(a > b);
      case '>=':
        return Number(a >= b);
      case '=':
        return Number(a === b);
      case '!=':
        return Number(a !== b);
    }
  }

  private call(call: Call, row: number): number {
    const { name, args } = call;
    const [first, second, third] = args;
    const value = (argument: Expression | undefined): number => (argument ? this.at(argument, row) : 0);
    switch (name) {
      case 'min':
        return Math.min(...args.map((argument) => this.at(argument, row)));
      case 'max':
        return Math.max(...args.map((argument) => this.at(argument, row)));
      case 'abs':
        return Math.abs(value(first));
      case 'if':
        return value(first) !== 0 ? value(second) : value(third);
      case 'roundDown':
      case 'roundUp':
      case 'roundHalfUp':
        return this.rounded(call, row);
      case 'addMonths':
        return dayNumber(addMonths(dateOfDay(value(first)), Math.trunc(value(second))));
      case 'yearOf':
        return Number(dateOfDay(value(first)).slice(0, 4));
      case 'monthOf':
        return Number(dateOfDay(value(first)).slice(5, 7));
      case 'monthsBetween':
        return monthsBetween(dateOfDay(value(first)), dateOfDay(value(second)));
      default:
        throw this.fault(row, `${name} looks back, and a projection feeds one period at a time`);
    }
  }

  private rounded({ name, args: [value, multiple] }: Call, row: number): number {
    if (!value) return 0;
    const exact = this.at(value, row);
    const round = ROUNDINGS[name] ?? Math.trunc;
    if (!multiple) return unitOf(value, unitOfColumn) === 'money' ? round(exact) : exact;
    const step = this.at(multiple, row);
    return round(exact / step) * step;
  }
}

/**
 * Values of a formula on each of `rows` payment dates, in float64: money in cents, not rounded. `firstPeriod` is for
 * messages. @throws FormulaWithoutValue
 */
export function evaluateFormula(formula: Formula, valueOf: ValueOf, rows: number, firstPeriod = 1): Float64Array {
  const evaluation = new Evaluation(formula, valueOf, firstPeriod);
  return Float64Array.from({ length: rows }, (_, row) => evaluation.at(formula.expression, row));
}
