import { type Expression, ONE, over, type Rational, rational, times, type Unit } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { OpName } from '../program/opcodes.js';
import { VALUE_LIMIT } from '../program/program.js';
import type { Operand } from './assembler.js';
import { rationalOf } from './constants.js';
import type { Emitter, Parts } from './emitter.js';
import { LoweringFault } from './errors.js';
import { negated, netted, type Sum, sumOf } from './sum.js';

/** A chain of × and ÷: an exact constant, and what a run must multiply and divide by. */
interface Product {
  constant: Rational;
  factors: Operand[];
  divisors: Operand[];
  /** Factors and divisors that may be negative, by their parts. */
  signed: { parts: Parts; divides: boolean }[];
}

/** What lowering a product needs to know of the parts. */
export interface ProductContext {
  emitter: Emitter;
  unitOf(expression: Expression): Unit;
  sumOf(expression: Expression): Sum;
}

const isScaled = (unit: Unit): boolean => unit === 'ratio' || unit === 'rate';

function multiply(product: Product, value: Rational, divides: boolean, at: number): void {
  if (divides && value.num === 0n) throw new LoweringFault(at, 'division-by-zero', 'this divides by zero');
  product.constant = divides ? over(product.constant, value) : times(product.constant, value);
}

function take(product: Product, expression: Expression, divides: boolean, context: ProductContext): void {
  const { emitter } = context;
  const { at } = expression;
  const { plus, minus } = netted(context.sumOf(expression));
  // A number in a slot stands at RATE_SCALE, which the constant takes out again.
  if (isScaled(context.unitOf(expression))) multiply(product, rational(1n, RATE_SCALE), divides, at);
  if (minus.length === 0 || plus.length === 0) {
    const value = emitter.add(at, [...plus, ...minus]);
    if (minus.length > 0) product.constant = times(product.constant, rational(-1n));
    if (typeof value === 'bigint') multiply(product, rational(value), divides, at);
    else (divides ? product.divisors : product.factors).push(value);
  } else product.signed.push({ parts: emitter.parts(at, { plus, minus }), divides });
}

function collect(expression: Expression, divides: boolean, product: Product, context: ProductContext): void {
  const exact = rationalOf(expression);
  if (exact && !(divides && exact.num === 0n)) {
    product.constant = divides ? over(product.constant, exact) : times(product.constant, exact);
  } else if (expression.kind === 'binary' && (expression.op === '*' || expression.op === '/')) {
    collect(expression.left, divides, product, context);
    collect(expression.right, expression.op === '/' ? !divides : divides, product, context);
  } else take(product, expression, divides, context);
}

const multiplied = (emitter: Emitter, at: number, operands: readonly Operand[]): Operand =>
  operands.reduce((a, b) => (a === 1n ? b : emitter.combine(at, 'MULF', a, b, 1n)), 1n as Operand);

/**
 * One rounding, of the whole product. What is beyond two factors is multiplied out exactly before. Dividing in two goes,
 * rounded down the first time, gives the same as dividing at once when the second divisor is even: half of it is whole,
 * so nothing that was dropped reaches the next half.
 */
function quotient(emitter: Emitter, at: number, rounding: OpName, { factors, divisors, constant }: Product): Operand {
  const last = factors.at(-1) ?? 1n;
  const others = multiplied(emitter, at, factors.slice(0, -1));
  const [first, second] = split(constant.den, divisors.length > 0);
  const divisor = multiplied(emitter, at, first === 1n ? divisors : [...divisors, first]);
  if (others === 1n && divisor === 1n && second === 1n) return last;
  if (second === 1n) return emitter.combine(at, rounding, others, last, divisor);
  const floor = rounding === 'MULC' ? 'MULC' : 'MULF';
  return emitter.combine(at, rounding, emitter.combine(at, floor, others, last, divisor), 1n, second);
}

/** A constant divisor in two, of which the second is even or one; in one where it is odd or needs no company. */
function split(divisor: bigint, joins: boolean): [bigint, bigint] {
  if (joins && divisor % 2n === 0n && divisor < VALUE_LIMIT) return [1n, divisor];
  if (divisor >= VALUE_LIMIT && divisor % RATE_SCALE === 0n) return [divisor / RATE_SCALE, RATE_SCALE];
  return [divisor, 1n];
}

/** The sign of a product of values that may be negative, and their magnitudes among the factors and divisors. */
function signOf(emitter: Emitter, at: number, product: Product): Operand {
  return product.signed.reduce<Operand>((negative, { parts, divides }) => {
    (divides ? product.divisors : product.factors).push(emitter.add(at, [parts.plus, parts.minus]));
    const other = emitter.combine(at, 'LT', parts.plus, parts.minus);
    if (negative === 0n) return other;
    return emitter.combine(at, 'NOT', emitter.combine(at, 'EQ', negative, other));
  }, 0n);
}

function lowerSigned(emitter: Emitter, at: number, rounding: OpName, product: Product): Sum {
  const [only, ...more] = product.signed;
  if (!only) return sumOf(quotient(emitter, at, rounding, product));
  if (more.length === 0 && !only.divides) {
    // One of the parts is zero, so each product is rounded by its own magnitude.
    const part = (value: Operand): Operand =>
      quotient(emitter, at, rounding, { ...product, factors: [...product.factors, value] });
    return { plus: [part(only.parts.plus)], minus: [part(only.parts.minus)] };
  }
  const negative = signOf(emitter, at, product);
  const magnitude = quotient(emitter, at, rounding, product);
  return {
    plus: [emitter.combine(at, 'SEL', negative, 0n, magnitude)],
    minus: [emitter.combine(at, 'SEL', negative, magnitude, 0n)],
  };
}

/**
 * Lowers a product to one multiply-divide with one rounding, of the magnitude when it may be negative. Factors beyond two
 * are multiplied exactly first, and stop the run at 2^128. @throws LoweringFault when it divides by a constant zero.
 */
export function lowerProduct(expression: Expression, rounding: OpName, context: ProductContext): Sum {
  const product: Product = { constant: ONE, factors: [], divisors: [], signed: [] };
  collect(expression, false, product, context);
  if (isScaled(context.unitOf(expression))) product.constant = times(product.constant, rational(RATE_SCALE));
  const { constant, factors, divisors } = product;
  const magnitude = constant.num < 0n ? -constant.num : constant.num;
  const divides = divisors.length > 0 || product.signed.some((part) => part.divides);
  if (magnitude === 0n && !divides) return sumOf();
  if (magnitude !== 1n || factors.length + product.signed.length === 0) factors.unshift(magnitude);
  const value = lowerSigned(context.emitter, expression.at, rounding, product);
  return constant.num < 0n ? negated(value) : value;
}
