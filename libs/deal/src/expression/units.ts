import type { Expression, Unit } from './ast.js';

/** What a name stands for in formulas; `signed` report items may be accumulated. */
export interface NameFacts {
  unit: Unit;
  reportItem?: boolean;
}

/** How a checker asks about names and reports faults. */
export interface UnitContext {
  /** Facts of a name, or undefined after having reported it as unknown. */
  lookup(name: string, at: number): NameFacts | undefined;
  error(at: number, code: string, message: string): void;
}

/** `zero` is the literal 0, which fits money and ratio alike; `unknown` follows a fault already reported. */
type Found = Unit | 'zero' | 'unknown';

const COMPARISONS = ['<', '<=', '>', '>=', '=', '!='];

/** Finds the unit of an expression and reports every mismatch in it. */
export class UnitChecker {
  constructor(private readonly context: UnitContext) {}

  unitOf(expression: Expression): Found {
    switch (expression.kind) {
      case 'number':
        return expression.value.num === 0n ? 'zero' : expression.unit;
      case 'name':
        return this.context.lookup(expression.name, expression.at)?.unit ?? 'unknown';
      case 'negate':
        return this.number(expression.operand, '-');
      case 'not':
        return this.flag(expression.operand, 'not');
      case 'binary':
        return this.binary(expression);
      case 'call':
        return this.call(expression);
    }
  }

  private number(expression: Expression, where: string): Found {
    const unit = this.unitOf(expression);
    if (unit !== 'flag') return unit;
    this.context.error(expression.at, 'unit', `"${where}" works on amounts and numbers, this is true or false`);
    return 'unknown';
  }

  private flag(expression: Expression, where: string): Found {
    const unit = this.unitOf(expression);
    if (unit !== 'flag' && unit !== 'unknown') {
      this.context.error(expression.at, 'unit', `"${where}" works on true or false, this is ${describe(unit)}`);
    }
    return 'flag';
  }

  private same(units: { unit: Found; at: number }[], where: string): Found {
    const known = units.filter(({ unit }) => unit !== 'unknown' && unit !== 'zero');
    const first = known[0]?.unit;
    const other = known.find(({ unit }) => unit !== first);
    if (first !== undefined && other !== undefined) {
      const [a, b] = [describe(first), describe(other.unit)];
      this.context.error(other.at, 'unit', `"${where}" cannot join ${a} and ${b}; multiply the number by an amount`);
      return 'unknown';
    }
    return first ?? units.find(({ unit }) => unit === 'unknown')?.unit ?? 'zero';
  }

  private binary(expression: Extract<Expression, { kind: 'binary' }>): Found {
    const { op, left, right, at } = expression;
    if (op === 'and' || op === 'or') {
      this.flag(left, op);
      return this.flag(right, op);
    }
    const [a, b] = [this.number(left, op), this.number(right, op)];
    if (op === '*') return this.product(a, b, at);
    if (op === '/') return this.quotient(a, b, at);
    const joined = this.same(
      [
        { unit: a, at },
        { unit: b, at },
      ],
      op,
    );
    return COMPARISONS.includes(op) ? 'flag' : joined;
  }

  private product(a: Found, b: Found, at: number): Found {
    if (a === 'unknown' || b === 'unknown') return 'unknown';
    if (a !== 'money' || b !== 'money') return a === 'money' || b === 'money' ? 'money' : a === 'zero' ? b : a;
    this.context.error(at, 'unit', 'an amount times an amount is no amount; divide first: a / b * c');
    return 'unknown';
  }

  private quotient(a: Found, b: Found, at: number): Found {
    if (b === 'zero') {
      this.context.error(at, 'division-by-zero', 'this divides by zero');
      return 'unknown';
    }
    if (a === 'unknown' || b === 'unknown' || a === 'zero') return a;
    if (b !== 'money') return a;
    if (a === 'money') return 'ratio';
    this.context.error(at, 'unit', 'a number divided by an amount is neither; divide an amount by an amount');
    return 'unknown';
  }

  private call({ name, args, at }: Extract<Expression, { kind: 'call' }>): Found {
    const [first, ...rest] = args;
    const counts = { min: 2, max: 2, if: 3, cumulative: 1, roundDown: 1, roundUp: 1, roundHalfUp: 1 };
    const variadic = name === 'min' || name === 'max';
    if (!first || (variadic ? args.length < counts[name] : args.length !== counts[name])) {
      this.context.error(at, 'arguments', `${name} takes ${variadic ? 'two or more' : counts[name]} arguments`);
      return 'unknown';
    }
    if (name === 'cumulative') return this.cumulative(first);
    if (name === 'if') {
      this.flag(first, 'if');
      return this.same(
        rest.map((arm) => ({ unit: this.number(arm, 'if'), at: arm.at })),
        'if',
      );
    }
    return this.same(
      args.map((argument) => ({ unit: this.number(argument, name), at: argument.at })),
      name,
    );
  }

  private cumulative(argument: Expression): Found {
    const facts = argument.kind === 'name' ? this.context.lookup(argument.name, argument.at) : undefined;
    if (facts?.reportItem) return 'money';
    if (argument.kind !== 'name' || facts) {
      this.context.error(argument.at, 'arguments', 'cumulative takes the name of one report item');
    }
    return 'unknown';
  }
}

function describe(unit: Found): string {
  if (unit === 'money') return 'an amount';
  return unit === 'flag' ? 'true or false' : 'a number';
}
