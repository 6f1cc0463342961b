import { type Expression, ONE, over, type Rational, rational, times, type Unit } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { OpName } from '../program/opcodes.js';
import type { Operand } from './assembler.js';
import { rationalOf } from './constants.js';
import type { Emitter } from './emitter.js';
import { LoweringFault } from './errors.js';
import { negated, type Sum, sumOf } from './sum.js';

/** A chain of × and ÷: an exact constant, and what a run must multiply and divide by. */
interface Product {
  constant: Rational;
  factors: Operand[];
  divisors: Operand[];
}

/** What lowering a product needs to know of the parts. */
export interface ProductContext {
  emitter: Emitter;
  unitOf(expression: Expression): Unit;
  valueOf(expression: Expression): Operand;
}

function take(product: Product, operand: Operand, unit: Unit, divides: boolean, at: number): void {
  // A ratio in a slot stands at RATE_SCALE, which the constant takes out again.
  const scale = unit === 'ratio' ? rational(RATE_SCALE) : ONE;
  const exact = typeof operand === 'bigint' ? rational(operand) : ONE;
  if (divides && exact.num === 0n) throw new LoweringFault(at, 'division-by-zero', 'this divides by zero');
  if (divides) product.constant = times(over(product.constant, exact), scale);
  else product.constant = over(times(product.constant, exact), scale);
  if (typeof operand !== 'bigint') (divides ? product.divisors : product.factors).push(operand);
}

function collect(expression: Expression, divides: boolean, product: Product, context: ProductContext): void {
  const exact = rationalOf(expression);
  if (exact && !(divides && exact.num === 0n)) {
    product.constant = divides ? over(product.constant, exact) : times(product.constant, exact);
  } else if (expression.kind === 'binary' && (expression.op === '*' || expression.op === '/')) {
    collect(expression.left, divides, product, context);
    collect(expression.right, expression.op === '/' ? !divides : divides, product, context);
  } else {
    take(product, context.valueOf(expression), context.unitOf(expression), divides, expression.at);
  }
}

/**
 * Lowers a product to one multiply-divide with one rounding. @throws LoweringFault when it would need more than two
 * factors or one divisor, or divides by a constant zero.
 */
export function lowerProduct(expression: Expression, rounding: OpName, context: ProductContext): Sum {
  const product: Product = { constant: ONE, factors: [], divisors: [] };
  collect(expression, false, product, context);
  if (context.unitOf(expression) === 'ratio') product.constant = times(product.constant, rational(RATE_SCALE));
  const { constant, factors, divisors } = product;
  const magnitude = constant.num < 0n ? -constant.num : constant.num;
  if (magnitude === 0n && divisors.length === 0) return sumOf();
  if (magnitude !== 1n || factors.length === 0) factors.push(magnitude);
  if (constant.den !== 1n) divisors.push(constant.den);
  const [a = 1n, b = 1n, ...tooMany] = factors;
  if (tooMany.length > 0 || divisors.length > 1) {
    const message = 'too many factors for one rounding; give a part of this product a name under formulas';
    throw new LoweringFault(expression.at, 'too-many-factors', message);
  }
  const plain = factors.length === 1 && divisors.length === 0;
  const value = plain ? a : context.emitter.combine(expression.at, rounding, a, b, divisors[0] ?? 1n);
  return constant.num < 0n ? negated(sumOf(value)) : sumOf(value);
}
