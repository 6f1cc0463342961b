import type { Expression } from './ast.js';
import { minus, ONE, over, plus, type Rational, rational, times } from './rational.js';

type Call = Extract<Expression, { kind: 'call' }>;
type Binary = Extract<Expression, { kind: 'binary' }>;

const ZERO = rational(0n);

/** Whether a < b. */
export function isLess(a: Rational, b: Rational): boolean {
  return a.num * b.den < b.num * a.den;
}

function ofBinary({ op, left, right }: Binary): Rational | null {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a === null || b === null) return null;
  if (op === '+') return plus(a, b);
  if (op === '-') return minus(a, b);
  if (op === '*') return times(a, b);
  return op === '/' && b.num !== 0n ? over(a, b) : null;
}

function ofCall({ name, args }: Call): Rational | null {
  if (name !== 'min' && name !== 'max' && name !== 'abs') return null;
  const values = args.map(constantOf);
  let best: Rational | null = values[0] ?? null;
  for (const value of values) {
    if (value === null || best === null) return null;
    if (name === 'min' ? isLess(value, best) : isLess(best, value)) best = value;
  }
  return name === 'abs' && best !== null && best.num < 0n ? minus(ZERO, best) : best;
}

/** The exact value of an expression of literals, or null when it holds a name or rounds. */
export function constantOf(expression: Expression): Rational | null {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'negate': {
      const value = constantOf(expression.operand);
      return value === null ? null : times(value, minus(ZERO, ONE));
    }
    case 'binary':
      return ofBinary(expression);
    case 'call':
      return ofCall(expression);
    default:
      return null;
  }
}

/** Whether two expressions read alike, wherever they stand. */
export function sameExpression(a: Expression, b: Expression): boolean {
  if (a.kind === 'number' && b.kind === 'number')
    return a.value.num === b.value.num && a.value.den === b.value.den && a.unit === b.unit;
  if (a.kind === 'name' && b.kind === 'name') return a.name === b.name;
  if ((a.kind === 'negate' || a.kind === 'not') && a.kind === b.kind) return sameExpression(a.operand, b.operand);
  if (a.kind === 'binary' && b.kind === 'binary')
    return a.op === b.op && sameExpression(a.left, b.left) && sameExpression(a.right, b.right);
  if (a.kind !== 'call' || b.kind !== 'call' || a.name !== b.name || a.args.length !== b.args.length) return false;
  return a.args.every((argument, i) => sameExpression(argument, b.args[i] as Expression));
}
