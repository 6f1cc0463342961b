import type { OpName } from '../../program/opcodes.js';
import { VALUE_LIMIT } from '../../program/program.js';
import { added, atLeast, constantOf, isConstant, type Linear, scaled, variable } from './linear.js';
import type { Problem } from './problem.js';

const ONE = constantOf(1n);
const NOTHING = constantOf(0n);
const isZero = (a: Linear): Linear => scaled(a, -1n);
const isNotZero = (a: Linear): Linear => atLeast(a, ONE);
const less = (a: Linear, b: Linear): Linear => atLeast(added(b, a, -1n), ONE);

/** Two sums that differ by a constant: that difference, else null. */
function difference(a: Linear, b: Linear): bigint | null {
  const between = atLeast(a, b);
  return isConstant(between) ? between.constant : null;
}

function unknown(problem: Problem, most = VALUE_LIMIT - 1n): Linear {
  return variable(problem.variable(0n, most));
}

export function minimum(problem: Problem, a: Linear, b: Linear): Linear {
  const known = difference(a, b);
  if (known !== null) return known < 0n ? a : b;
  const d = unknown(problem);
  problem.holds(atLeast(a, d));
  problem.holds(atLeast(b, d));
  problem.holdsOne([[atLeast(d, a)], [atLeast(d, b)]]);
  return d;
}

function maximum(problem: Problem, a: Linear, b: Linear): Linear {
  const known = difference(a, b);
  if (known !== null) return known < 0n ? b : a;
  const d = unknown(problem);
  problem.holds(atLeast(d, a));
  problem.holds(atLeast(d, b));
  problem.holdsOne([[atLeast(a, d)], [atLeast(b, d)]]);
  return d;
}

/** max(0, a − b) */
function excess(problem: Problem, a: Linear, b: Linear): Linear {
  const d = maximum(problem, atLeast(a, b), NOTHING);
  problem.holds(atLeast(a, d));
  return d;
}

/** A flag that is one in some cases and zero in others. */
function flag(problem: Problem, on: Linear[][], off: Linear[][]): Linear {
  const d = unknown(problem, 1n);
  problem.holdsOne([...on.map((sums) => [...sums, isNotZero(d)]), ...off.map((sums) => [...sums, isZero(d)])]);
  return d;
}

function selected(problem: Problem, c: Linear, a: Linear, b: Linear): Linear {
  if (isConstant(c)) return c.constant === 0n ? b : a;
  const d = unknown(problem);
  problem.holdsOne([
    [isNotZero(c), atLeast(d, a), atLeast(a, d)],
    [isZero(c), atLeast(d, b), atLeast(b, d)],
  ]);
  return d;
}

/** What is added before a division by c rounds: so much at most and at least, of c − 1. */
function roundingOf(op: 'MULF' | 'MULN' | 'MULC', c: bigint): bigint {
  if (op === 'MULF') return 0n;
  return op === 'MULN' ? c / 2n : c - 1n;
}

/** floor((a × b + rounding) ÷ c), known to lie between two sums when a factor and the divisor are constants. */
function quotient(problem: Problem, op: 'MULF' | 'MULN' | 'MULC', [a, b, c]: [Linear, Linear, Linear]): Linear {
  const d = unknown(problem);
  const [factor, times] = isConstant(a) ? [b, a] : [a, b];
  if (!isConstant(c) || !isConstant(times) || c.constant === 0n) return d;
  const product = added(scaled(factor, times.constant), constantOf(roundingOf(op, c.constant)));
  const whole = scaled(d, c.constant);
  problem.holds(atLeast(product, whole));
  problem.holds(atLeast(added(whole, constantOf(c.constant - 1n)), product));
  return d;
}

/** What an instruction with these operands' values writes; the conditions that this needs go to the problem. */
export function resultOf(problem: Problem, op: OpName, [a, b, c]: [Linear, Linear, Linear]): Linear {
  switch (op) {
    case 'ADD':
      return added(a, b);
    case 'SUB':
      problem.holds(atLeast(a, b));
      return atLeast(a, b);
    case 'SSUB':
      return excess(problem, a, b);
    case 'MIN':
      return minimum(problem, a, b);
    case 'MAX':
      return maximum(problem, a, b);
    case 'MULF':
    case 'MULN':
    case 'MULC':
      return quotient(problem, op, [a, b, c]);
    case 'SEL':
      return selected(problem, a, b, c);
    case 'LT':
      return flag(problem, [[less(a, b)]], [[atLeast(a, b)]]);
    case 'LE':
      return flag(problem, [[atLeast(b, a)]], [[less(b, a)]]);
    case 'EQ':
      return flag(problem, [[atLeast(a, b), atLeast(b, a)]], [[less(a, b)], [less(b, a)]]);
    case 'OR':
      return flag(problem, [[isNotZero(a)], [isNotZero(b)]], [[isZero(a), isZero(b)]]);
    case 'AND':
      return flag(problem, [[isNotZero(a), isNotZero(b)]], [[isZero(a)], [isZero(b)]]);
    case 'NOT':
      return flag(problem, [[isZero(a)]], [[isNotZero(a)]]);
    default:
      return a;
  }
}
