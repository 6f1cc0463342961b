import type { Expression, Unit } from '@weir/deal';
import type { OpName } from '../program/opcodes.js';
import type { Operand } from './assembler.js';
import { rationalOf, scaledRatio, unitOf } from './constants.js';
import type { Emitter } from './emitter.js';
import { LoweringFault } from './errors.js';
import { lowerProduct } from './product.js';
import { joined, negated, type Sum, sumOf } from './sum.js';

/** What a name of the document stands for in the program. */
export interface NamedValue {
  sum: Sum;
  unit: Unit;
}

/** Names that formulas may use, and the accumulations of report items. */
export interface Environment {
  values: Map<string, NamedValue>;
  cumulative(item: string): Sum;
}

type Binary = Extract<Expression, { kind: 'binary' }>;
type Call = Extract<Expression, { kind: 'call' }>;

const ROUNDING_CALLS: Partial<Record<Call['name'], OpName>> = {
  roundDown: 'MULF',
  roundUp: 'MULC',
  roundHalfUp: 'MULN',
};

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
    if (this.unitOf(expression) === 'ratio') {
      const exact = rationalOf(expression);
      if (exact) {
        const scaled = scaledRatio(exact, expression.at);
        return scaled < 0n ? negated(sumOf(-scaled)) : sumOf(scaled);
      }
    }
    switch (expression.kind) {
      case 'number':
        return sumOf(expression.value.num);
      case 'name':
        return this.named(expression.name, expression.at);
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

  /** Both sides of a comparison, and the flag that says whether it holds. */
  comparison({ op, left, right, at }: Binary): { left: Sum; right: Sum; flag: Operand } {
    const [l, r] = [this.sum(left), this.sum(right)];
    // l − l' < r − r' is l + r' < r + l', in which nothing is negative.
    const a = this.emitter.add(at, [...l.plus, ...r.minus]);
    const b = this.emitter.add(at, [...r.plus, ...l.minus]);
    return { left: l, right: r, flag: this.compare(op, a, b, at) };
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

  private named(name: string, at: number): Sum {
    const found = this.environment.values.get(name);
    if (!found) throw new LoweringFault(at, 'not-at-closing', `"${name}" is not known here, where only cutOffPool is`);
    return found.sum;
  }

  private binary(expression: Binary): Sum {
    const { op, left, right, at } = expression;
    if (op === '+') return joined(this.sum(left), this.sum(right));
    if (op === '-') return joined(this.sum(left), negated(this.sum(right)));
    if (op === 'and') return sumOf(this.emitter.combine(at, 'AND', this.value(left), this.value(right)));
    if (op === 'or') return sumOf(this.emitter.combine(at, 'OR', this.value(left), this.value(right)));
    if (op !== '*' && op !== '/') return sumOf(this.comparison(expression).flag);
    return lowerProduct(expression, this.rounding, {
      emitter: this.emitter,
      unitOf: (part) => this.unitOf(part),
      valueOf: (part) => this.value(part),
    });
  }

  private call({ name, args, at }: Call): Sum {
    const [first, ...rest] = args as [Expression, ...Expression[]];
    const rounding = ROUNDING_CALLS[name];
    if (rounding) return new Lowering(this.emitter, this.environment, rounding).sum(first);
    if (name === 'cumulative') return this.environment.cumulative(first.kind === 'name' ? first.name : '');
    if (name === 'if') {
      const [condition, ...arms] = [first, ...rest].map((part) => this.value(part)) as [Operand, Operand, Operand];
      return sumOf(this.emitter.combine(at, 'SEL', condition, ...arms));
    }
    const sums = args.map((argument) => this.sum(argument));
    const isZero = (sum: Sum): boolean => [...sum.plus, ...sum.minus].every((operand) => operand === 0n);
    const zero = sums.findIndex(isZero);
    if (name === 'max' && sums.length === 2 && zero >= 0) {
      return sumOf(this.emitter.positivePart(at, sums[1 - zero] as Sum));
    }
    const values = sums.map((sum) => this.emitter.settle(at, sum));
    const op = name === 'min' ? 'MIN' : 'MAX';
    return sumOf(values.reduce((best, value) => this.emitter.combine(at, op, best, value)));
  }

  private unitOf(expression: Expression): Unit {
    return unitOf(expression, (name) => this.environment.values.get(name)?.unit ?? 'money');
  }
}
