import type { Expression, FunctionName } from './ast.js';
import { constantOf } from './constant.js';
import {
  ARITY,
  countArgument,
  type HistoryFunction,
  initialArgument,
  isHistory,
  LONGEST_HISTORY,
} from './functions.js';
import { type ChainPart, chainUnit } from './products.js';
import { describeUnit, fits, type FoundUnit, isQuantity, joined } from './value-unit.js';

/** How a checker asks about names and reports faults. */
export interface UnitContext {
  /** Unit of a name; `unknown` after having reported it. In a history, values that come later today may stand. */
  unitOf(name: string, at: number, inHistory: boolean): FoundUnit;
  error(at: number, code: string, message: string): void;
}

type Call = Extract<Expression, { kind: 'call' }>;
type Binary = Extract<Expression, { kind: 'binary' }>;

const COMPARISONS = ['<', '<=', '>', '>=', '=', '!='];
const ROUNDINGS = ['roundDown', 'roundUp', 'roundHalfUp'];
/** Which units a history can be taken of; `previous` and `lagged` only repeat a value and take all. */
const SUMMED: readonly FunctionName[] = ['cumulative', 'average', 'total'];

/** Finds the unit of an expression and reports every mismatch in it. */
export class UnitChecker {
  constructor(private readonly context: UnitContext) {}

  unitOf(expression: Expression): FoundUnit {
    switch (expression.kind) {
      case 'number':
        return literalUnit(expression);
      case 'name':
        return this.context.unitOf(expression.name, expression.at, false);
      case 'negate':
        return this.quantity(expression.operand, '-');
      case 'not':
        return this.flag(expression.operand, 'not');
      case 'binary':
        return this.binary(expression);
      case 'call':
        return this.call(expression);
    }
  }

  private fault(at: number, message: string, code = 'unit'): 'unknown' {
    this.context.error(at, code, message);
    return 'unknown';
  }

  /** Unit of what is counted or multiplied: neither a flag nor a date. */
  private quantity(expression: Expression, where: string): FoundUnit {
    const unit = this.unitOf(expression);
    if (isQuantity(unit)) return unit;
    return this.fault(expression.at, `"${where}" works on amounts, rates and numbers, this is ${describeUnit(unit)}`);
  }

  private flag(expression: Expression, where: string): FoundUnit {
    const unit = this.unitOf(expression);
    if (unit !== 'flag' && unit !== 'unknown')
      this.fault(expression.at, `"${where}" works on true or false, this is ${describeUnit(unit)}`);
    return 'flag';
  }

  /** The one unit that all parts have. */
  private same(parts: readonly { unit: FoundUnit; at: number }[], where: string): FoundUnit {
    let common: FoundUnit = parts[0]?.unit ?? 'unknown';
    for (const { unit, at } of parts.slice(1)) {
      const next = joined(common, unit);
      if (next === null) return this.fault(at, misfit(where, common, unit));
      common = next;
    }
    return common;
  }

  private binary(expression: Binary): FoundUnit {
    const { op, left, right, at } = expression;
    if (op === 'and' || op === 'or') {
      this.flag(left, op);
      return this.flag(right, op);
    }
    if (op === '*' || op === '/') return this.product(expression);
    const [a, b] = [this.unitOf(left), this.unitOf(right)];
    if (a === 'date' && b !== 'date') this.wholeDays(right);
    if (b === 'date' && a !== 'date') this.wholeDays(left);
    if (COMPARISONS.includes(op)) {
      if ((a === 'flag' || b === 'flag') && op !== '=' && op !== '!=')
        this.fault(at, `"${op}" compares amounts, rates, numbers and dates, this is true or false`);
      else
        this.same(
          [
            { unit: a, at },
            { unit: b, at },
          ],
          op,
        );
      return 'flag';
    }
    return this.sum(op as '+' | '-', a, b, at);
  }

  /** Days that are added to a date are counted: a constant that counts none is refused, where it stands in a sum too. */
  private wholeDays(days: Expression): void {
    const constant = constantOf(days);
    const isPercent = days.kind === 'number' && days.isPercent;
    if (constant === null || (constant.den === 1n && !isPercent)) return;
    this.fault(days.at, 'to a date only whole days are added: write a whole number, like 30');
  }

  private sum(op: '+' | '-', a: FoundUnit, b: FoundUnit, at: number): FoundUnit {
    if (a === 'unknown' || b === 'unknown') return joined(a, b) ?? 'unknown';
    if (a === 'flag' || b === 'flag')
      return this.fault(at, `"${op}" works on amounts, rates, numbers and dates, this is true or false`);
    if (a === 'date' && b === 'date' && op === '-') return 'ratio';
    if (a === 'date' || b === 'date') {
      const [date, other] = a === 'date' ? [a, b] : [b, a];
      const days = other === 'ratio' || other === 'number' || other === 'zero';
      if (days && (a === date || op === '+')) return 'date';
      const hint = other === 'date' ? 'subtract one from the other to count days' : 'a whole number of days';
      return this.fault(at, `"${op}" cannot join ${describeUnit(a)} and ${describeUnit(b)}; use ${hint}`);
    }
    return this.same(
      [
        { unit: a, at },
        { unit: b, at },
      ],
      op,
    );
  }

  private product(expression: Binary): FoundUnit {
    const parts = this.chain(expression, false);
    if (parts.some(({ unit }) => unit === 'unknown')) return 'unknown';
    const found = chainUnit(parts);
    return 'unit' in found ? found.unit : this.fault(expression.at, found.fault);
  }

  private chain(expression: Expression, divides: boolean): ChainPart[] {
    if (expression.kind === 'binary' && (expression.op === '*' || expression.op === '/')) {
      const { op, left, right, at } = expression;
      const zero = op === '/' && constantOf(right)?.num === 0n;
      if (zero) this.fault(at, 'this divides by zero', 'division-by-zero');
      const parts = [...this.chain(left, divides), ...this.chain(right, op === '/' ? !divides : divides)];
      return zero ? [{ unit: 'unknown', divides }] : parts;
    }
    return [{ unit: this.quantity(expression, divides ? '/' : '*'), divides }];
  }

  private call(call: Call): FoundUnit {
    const { name, args, at } = call;
    const [least, most] = ARITY[name];
    if (args.length < least || args.length > most) {
      const count = most > 3 ? `${least} or more` : least === most ? `${least}` : `${least} or ${most}`;
      return this.fault(at, `${name} takes ${count} argument${count === '1' ? '' : 's'}`, 'arguments');
    }
    if (isHistory(name)) return this.history(name, call);
    if (name === 'if') {
      const [condition, ...arms] = args;
      this.flag(condition as Expression, 'if');
      return this.same(
        arms.map((arm) => ({ unit: this.unitOf(arm), at: arm.at })),
        name,
      );
    }
    if (ROUNDINGS.includes(name)) return this.rounding(call);
    if (name === 'addMonths' || name === 'monthsBetween') return this.months(call);
    if (name === 'yearOf' || name === 'monthOf') return this.partOfDate(call);
    const parts = args.map((argument) => ({ unit: this.measured(argument, name), at: argument.at }));
    return this.same(parts, name);
  }

  private measured(argument: Expression, name: FunctionName): FoundUnit {
    if (name === 'abs') return this.quantity(argument, name);
    const unit = this.unitOf(argument);
    return unit === 'flag'
      ? this.fault(argument.at, `"${name}" compares amounts, rates, numbers and dates, this is true or false`)
      : unit;
  }

  /** The year or month of a date, a number. */
  private partOfDate({ name, args }: Call): FoundUnit {
    const [date] = args as [Expression];
    const unit = this.unitOf(date);
    if (unit === 'date' || unit === 'unknown') return 'ratio';
    return this.fault(date.at, `${name} takes a date, this is ${describeUnit(unit)}`);
  }

  /** A date and a number of months, or two dates. */
  private months({ name, args }: Call): FoundUnit {
    const [date, other] = args as [Expression, Expression];
    const [of, by] = [this.unitOf(date), this.unitOf(other)];
    if (of !== 'date' && of !== 'unknown')
      return this.fault(date.at, `${name} begins with a date, this is ${describeUnit(of)}`);
    const wanted = name === 'addMonths' ? 'ratio' : 'date';
    if (!fits(by, wanted)) {
      const what = name === 'addMonths' ? 'a number of months' : 'a date';
      return this.fault(other.at, `${name} takes ${what} after the date, this is ${describeUnit(by)}`);
    }
    return name === 'addMonths' ? 'date' : 'ratio';
  }

  private rounding({ name, args }: Call): FoundUnit {
    const [value, multiple] = args as [Expression, Expression?];
    const unit = this.quantity(value, name);
    if (!multiple) return unit;
    const constant = constantOf(multiple);
    if (constant === null || constant.num <= 0n) {
      const message = `${name} rounds to a multiple of a constant above zero, like 0.01 or 1000.00 USD`;
      return this.fault(multiple.at, message, 'arguments');
    }
    return this.same(
      [
        { unit, at: value.at },
        { unit: this.quantity(multiple, name), at: multiple.at },
      ],
      name,
    );
  }

  private history(name: HistoryFunction, { args }: Call): FoundUnit {
    const [of] = args as [Expression];
    if (of.kind !== 'name') {
      const message = `${name} takes the name of one value; give this a name under "formulas:" first`;
      return this.fault(of.at, message, 'arguments');
    }
    const unit = this.context.unitOf(of.name, of.at, true);
    this.count(name, args[countArgument(name) ?? args.length]);
    if (!isQuantity(unit) && SUMMED.includes(name))
      return this.fault(of.at, `${name} adds up amounts, rates or numbers, this is ${describeUnit(unit)}`);
    if (unit === 'flag' && (name === 'highest' || name === 'lowest'))
      return this.fault(of.at, `${name} compares amounts, rates, numbers and dates, this is true or false`);
    const initial = args[initialArgument(name) ?? args.length];
    if (!initial) return unit;
    return this.same(
      [
        { unit, at: of.at },
        { unit: this.unitOf(initial), at: initial.at },
      ],
      name,
    );
  }

  private count(name: HistoryFunction, argument: Expression | undefined): void {
    if (!argument) return;
    const isWhole = argument.kind === 'number' && argument.unit === 'ratio' && argument.value.den === 1n;
    if (isWhole && argument.value.num >= 1n && argument.value.num <= BigInt(LONGEST_HISTORY)) return;
    this.fault(
      argument.at,
      `${name} counts payment dates: write a whole number from 1 to ${LONGEST_HISTORY}`,
      'arguments',
    );
  }
}

function literalUnit({ value, unit }: Extract<Expression, { kind: 'number' }>): FoundUnit {
  if (unit === 'date' || unit === 'flag') return unit;
  if (value.num === 0n) return 'zero';
  return unit === 'ratio' ? 'number' : unit;
}

function misfit(where: string, a: FoundUnit, b: FoundUnit): string {
  const both = [a, b];
  let hint = '';
  if (both.includes('money') && both.every(isQuantity)) hint = '; multiply the number by an amount';
  else if (both.includes('rate') && both.every(isQuantity)) hint = '; multiply the number by a rate';
  return `"${where}" cannot join ${describeUnit(a)} and ${describeUnit(b)}${hint}`;
}
