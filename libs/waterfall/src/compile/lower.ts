import { type Expression, rational, type Unit } from '@weir/deal';
import type { OpName } from '../program/opcodes.js';
import type { Operand, Pending } from './assembler.js';
import { rationalOf, scaledRatio, unitOf } from './constants.js';
import type { Emitter } from './emitter.js';
import { LoweringFault } from './errors.js';
import { lowerAddMonths, lowerMonthsBetween, lowerPartOfDate } from './lower-months.js';
import { countOf, lowerDateArithmetic, multipleOf, timesUnit } from './lower-units.js';
import { lowerProduct } from './product.js';
import { joined, negated, netted, type Sum, sumOf } from './sum.js';
import { datesOf, type History, type HistoryCall } from './values/history.js';
import type { NamedValues } from './values/names.js';

/** What formulas may speak of. */
export interface Environment {
  names: NamedValues;
  history: Pick<History, 'value'>;
}

type Binary = Extract<Expression, { kind: 'binary' }>;
type Call = Extract<Expression, { kind: 'call' }>;

const ROUNDING_CALLS: Partial<Record<Call['name'], OpName>> = {
  roundDown: 'MULF',
  roundUp: 'MULC',
  roundHalfUp: 'MULN',
};

/** Operations that divide by their last operand. */
const DIVIDING: readonly (OpName | null)[] = ['MULF', 'MULN', 'MULC'];

/** Turns checked formulas into instructions. `rounding` is the multiply-divide in force. */
export class Lowering {
  constructor(
    private readonly emitter: Emitter,
    private readonly environment: Environment,
    private readonly rounding: OpName,
  ) {}

  /** The value of an expression; one that turns out negative stops the run. @throws LoweringFault */
  value(expression: Expression): Operand {
    return this.emitter.settle(expression.at, this.sum(expression));
  }

  /** An expression as a flattened sum, which may be negative. @throws LoweringFault */
  sum(expression: Expression): Sum {
    const exact = rationalOf(expression);
    if (exact) {
      const scaled = scaledRatio(exact, expression.at);
      return scaled < 0n ? negated(this.literal(-scaled, expression.at)) : this.literal(scaled, expression.at);
    }
    switch (expression.kind) {
      case 'number':
        return this.literal(expression.value.num, expression.at);
      case 'name':
        return this.environment.names.read(expression.name, expression.at);
      case 'negate':
        return negated(this.sum(expression.operand));
      case 'not':
        return sumOf(this.emitter.combine(expression.at, 'NOT', this.value(expression.operand)));
      case 'binary':
        return this.binary(expression);
      case 'call':
        return this.call(expression);
    }
  }

  /** @throws LoweringFault when it is beyond what a slot holds */
  private literal(value: bigint, at: number): Sum {
    return sumOf(this.emitter.add(at, [value]));
  }

  /** Both sides of a comparison, and the flag that says whether it holds. */
  comparison({ op, left, right, at }: Binary): { left: Sum; right: Sum; flag: Operand; unit: Unit } {
    const [l, r] = [this.sum(left), this.sum(right)];
    // l − l' < r − r' is l + r' < r + l', in which nothing is negative.
    const a = this.emitter.add(at, [...l.plus, ...r.minus]);
    const b = this.emitter.add(at, [...r.plus, ...l.minus]);
    return { left: l, right: r, flag: this.compare(op, a, b, at), unit: this.unitOf(leading(left, right)) };
  }

  private compare(op: Binary['op'], a: Operand, b: Operand, at: number): Operand {
    const combine = (name: OpName, ...operands: Operand[]): Operand => this.emitter.combine(at, name, ...operands);
    if (op === '<') return combine('LT', a, b);
    if (op === '>') return combine('LT', b, a);
    if (op === '<=') return combine('LE', a, b);
    if (op === '>=') return combine('LE', b, a);
    const equal = combine('EQ', a, b);
    return op === '=' ? equal : combine('NOT', equal);
  }

  private binary(expression: Binary): Sum {
    const { op, left, right, at } = expression;
    if (op === 'and') return sumOf(this.emitter.combine(at, 'AND', this.value(left), this.value(right)));
    if (op === 'or') return sumOf(this.emitter.combine(at, 'OR', this.value(left), this.value(right)));
    if (op === '+' || op === '-') {
      const sides = { left: this.side(left), right: this.side(right) };
      return lowerDateArithmetic(this.emitter, at, op, sides) ?? added(op, sides.left.sum, sides.right.sum);
    }
    if (op !== '*' && op !== '/') return sumOf(this.comparison(expression).flag);
    return lowerProduct(expression, this.rounding, {
      emitter: this.emitter,
      unitOf: (part) => this.unitOf(part),
      sumOf: (part) => this.sum(part),
    });
  }

  private side(expression: Expression): { sum: Sum; unit: Unit } {
    return { sum: this.sum(expression), unit: this.unitOf(expression) };
  }

  private call({ name, args, at }: Call): Sum {
    const [first, second] = args as [Expression, Expression];
    const rounding = ROUNDING_CALLS[name];
    if (rounding) {
      const rounded = new Lowering(this.emitter, this.environment, rounding);
      return args.length < 2 ? rounded.sum(first) : rounded.multiple(first, second, at);
    }
    switch (name) {
      case 'if':
        return this.choice(args as [Expression, Expression, Expression], at);
      case 'abs':
        return sumOf(this.emitter.magnitude(at, this.sum(first)));
      case 'min':
      case 'max':
        return args.map((argument) => this.sum(argument)).reduce((a, b) => this.extreme(name, a, b, at));
      case 'addMonths':
        return sumOf(lowerAddMonths(this.emitter, at, this.value(first), this.sum(second)));
      case 'monthsBetween':
        return lowerMonthsBetween(this.emitter, at, this.value(first), this.value(second));
      case 'yearOf':
        return sumOf(lowerPartOfDate(this.emitter, at, this.value(first)).year);
      case 'monthOf':
        return sumOf(lowerPartOfDate(this.emitter, at, this.value(first)).month);
      default:
        return this.environment.history.value(this.historyCall(name as HistoryCall['name'], args, at));
    }
  }

  /** A product is divided by the multiple before its only rounding: rounded to the cent first, it could pass a half. */
  private multiple(first: Expression, second: Expression, at: number): Sum {
    const { emitter, rounding } = this;
    const unit = multipleOf(emitter, this.sum(second), at);
    if (!isProduct(first)) return timesUnit(emitter, at, countOf(emitter, at, rounding, this.sum(first), unit), unit);
    const divisor: Expression = { kind: 'number', value: rational(unit), unit: 'ratio', at };
    return timesUnit(emitter, at, this.sum({ kind: 'binary', op: '/', left: first, right: divisor, at }), unit);
  }

  /** max(a, b) = a + max(0, b − a), so that both may be negative; min likewise. */
  private extreme(name: 'min' | 'max', a: Sum, b: Sum, at: number): Sum {
    const [x, y] = [netted(a), netted(b)];
    if (x.minus.length + y.minus.length === 0) {
      const [left, right] = [this.emitter.add(at, x.plus), this.emitter.add(at, y.plus)];
      return sumOf(this.emitter.combine(at, name === 'min' ? 'MIN' : 'MAX', left, right));
    }
    // What is never negative goes first: the greater of the two is then never negative either.
    const [base, other] = x.minus.length === 0 ? [x, y] : [y, x];
    const shift = (of: Sum): Sum => sumOf(this.emitter.positivePart(at, of));
    if (name === 'max') return joined(base, shift(joined(other, negated(base))));
    return joined(base, negated(shift(joined(base, negated(other)))));
  }

  /** An arm that may stop the run is computed only when it is chosen. */
  private choice([condition, yes, no]: [Expression, Expression, Expression], at: number): Sum {
    const flag = this.value(condition);
    if (typeof flag === 'bigint') return this.sum(flag === 0n ? no : yes);
    const [a, b] = [this.arm(yes, at), this.arm(no, at)];
    if (this.emitter.isUnknown(flag)) return sumOf(flag);
    if (!a.stops && !b.stops) {
      for (const { code } of [a, b]) this.emitter.asm.append(code);
      return this.selected(flag, a, b, at);
    }
    const { asm } = this.emitter;
    const [otherwise, end] = [asm.label(), asm.label()];
    const [plus, minus] = [asm.scratch(), a.minus === 0n && b.minus === 0n ? null : asm.scratch()];
    const take = ({ code, plus: p, minus: m }: typeof a): void => {
      asm.append(code);
      asm.emit('MOV', plus, p);
      if (minus) asm.emit('MOV', minus, m);
    };
    asm.emit('JZ', flag, otherwise);
    take(a);
    asm.emit('JMP', end);
    asm.put(otherwise);
    take(b);
    asm.put(end);
    return { plus: [plus], minus: minus ? [minus] : [] };
  }

  private selected(flag: Operand, a: Arm, b: Arm, at: number): Sum {
    const plus = this.emitter.combine(at, 'SEL', flag, a.plus, b.plus);
    const minus = this.emitter.combine(at, 'SEL', flag, a.minus, b.minus);
    return { plus: [plus], minus: minus === 0n ? [] : [minus] };
  }

  private arm(expression: Expression, at: number): Arm {
    const arm: Arm = { code: [], plus: 0n, minus: 0n, stops: false };
    arm.code = this.emitter.asm.block(() => {
      const { plus, minus } = netted(this.sum(expression));
      arm.plus = this.emitter.add(at, plus);
      arm.minus = this.emitter.add(at, minus);
    });
    arm.stops = arm.code.some(({ op, operands: [, , , divisor] }) => {
      const divides = divisor && 'region' in divisor && divisor.region !== 'K';
      return op === 'SUB' || (DIVIDING.includes(op) && divides === true);
    });
    return arm;
  }

  private historyCall(name: HistoryCall['name'], args: readonly Expression[], at: number): HistoryCall {
    const [of, second, third] = args;
    if (of?.kind !== 'name') throw new LoweringFault(at, 'arguments', `${name} takes the name of a value`);
    const counts = name === 'lagged' || name === 'average' || name === 'total';
    const initial = name === 'previous' ? second : name === 'lagged' ? third : undefined;
    return {
      name,
      of: of.name,
      dates: counts ? datesOf(second, at) : 1,
      initial: initial ? this.known(initial, this.environment.names.unitOf(of.name)) : 0n,
      at: of.at,
    };
  }

  /** A value known at closing. @throws LoweringFault @throws ValueUnknown */
  private known(expression: Expression, unit: Unit): bigint {
    const value = this.emitter.constant(this.sum(expression));
    if (value !== null) return value;
    const message = `the first ${unit} must be known at closing; write a literal`;
    throw new LoweringFault(expression.at, 'not-at-closing', message);
  }

  private unitOf(expression: Expression): Unit {
    return unitOf(expression, (name) => this.environment.names.unitOf(name));
  }
}

interface Arm {
  code: Pending[];
  plus: Operand;
  minus: Operand;
  /** Whether something in it may stop the run. */
  stops: boolean;
}

/** Of two sides of a comparison, the one that tells the unit. */
function leading(left: Expression, right: Expression): Expression {
  return left.kind === 'number' ? right : left;
}

/** A product or quotient that a run computes. */
function isProduct(expression: Expression): boolean {
  if (expression.kind !== 'binary' || (expression.op !== '*' && expression.op !== '/')) return false;
  return rationalOf(expression) === null;
}

function added(op: '+' | '-', left: Sum, right: Sum): Sum {
  return joined(left, op === '+' ? right : negated(right));
}
