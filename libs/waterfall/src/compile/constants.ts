import { type Expression, type FunctionName, minus, over, plus, type Rational, times, type Unit } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import { LoweringFault } from './errors.js';

/** Exact value of an expression made of plain numbers alone, else null. @throws LoweringFault on division by zero */
export function rationalOf(expression: Expression): Rational | null {
  if (expression.kind === 'number') return expression.unit === 'ratio' ? expression.value : null;
  if (expression.kind === 'negate') {
    const operand = rationalOf(expression.operand);
    return operand && { num: -operand.num, den: operand.den };
  }
  if (expression.kind !== 'binary') return null;
  const left = rationalOf(expression.left);
  const right = left && rationalOf(expression.right);
  if (!left || !right) return null;
  switch (expression.op) {
    case '+':
      return plus(left, right);
    case '-':
      return minus(left, right);
    case '*':
      return times(left, right);
    case '/':
      if (right.num === 0n) throw new LoweringFault(expression.at, 'division-by-zero', 'this divides by zero');
      return over(left, right);
    default:
      return null;
  }
}

/** A plain number as a slot holds it, at `RATE_SCALE`. @throws LoweringFault when it needs more than 12 decimals */
export function scaledRatio(value: Rational, at: number): bigint {
  const scaled = value.num * RATE_SCALE;
  if (scaled % value.den === 0n) return scaled / value.den;
  throw new LoweringFault(at, 'precision', 'this number has more than 12 decimals; multiply it by an amount first');
}

function isLiteral(expression: Expression): boolean {
  return expression.kind === 'number' && (expression.unit === 'ratio' || expression.value.num === 0n);
}

/** Of a sum in which a date takes part. */
function dateSumUnit(left: Unit, right: Unit, op: '+' | '-'): Unit {
  return left === right && op === '-' ? 'ratio' : 'date';
}

/** How many times each unit of a chain of × and ÷ is a factor, less how many times a divisor. */
function countUnits(
  expression: Expression,
  unit: (inner: Expression) => Unit,
  by = 1,
  net = new Map<Unit, number>(),
): ReadonlyMap<Unit, number> {
  if (expression.kind === 'binary' && (expression.op === '*' || expression.op === '/')) {
    countUnits(expression.left, unit, by, net);
    return countUnits(expression.right, unit, expression.op === '/' ? -by : by, net);
  }
  const found = unit(expression);
  return net.set(found, (net.get(found) ?? 0) + by);
}

/** Unit of a chain in whatever order it is written: 2 ÷ amount × amount is a number. */
function productUnit(net: ReadonlyMap<Unit, number>): Unit {
  return (['money', 'rate'] as const).find((unit) => (net.get(unit) ?? 0) > 0) ?? 'ratio';
}

/** Functions of dates that give a number. */
const NUMBERS_OF_DATES: readonly FunctionName[] = ['monthsBetween', 'yearOf', 'monthOf'];

/** Of expressions of one unit, the one that tells it: plain numbers and zeros take that of the others. */
function tellingOf(all: readonly Expression[]): Expression | undefined {
  return all.find((inner) => !isLiteral(inner)) ?? all.find((inner) => !isZero(inner)) ?? all[0];
}

/** Unit of an expression that was checked before; a plain number takes the unit of what stands beside it. */
export function unitOf(expression: Expression, unitOfName: (name: string) => Unit): Unit {
  const unit = (inner: Expression): Unit => unitOf(inner, unitOfName);
  const ofAll = (all: readonly Expression[]): Unit => {
    const telling = tellingOf(all);
    return telling ? unit(telling) : 'money';
  };
  switch (expression.kind) {
    case 'number':
      return expression.unit;
    case 'name':
      return unitOfName(expression.name);
    case 'negate':
      return unit(expression.operand);
    case 'not':
      return 'flag';
    case 'call':
      if (NUMBERS_OF_DATES.includes(expression.name)) return 'ratio';
      if (expression.name === 'if') return ofAll(expression.args.slice(1));
      return expression.name === 'min' || expression.name === 'max'
        ? ofAll(expression.args)
        : ofAll([...expression.args.slice(0, 1)]);
    case 'binary': {
      const { op, left, right } = expression;
      if (op === '*' || op === '/') return productUnit(countUnits(expression, unit));
      if (op !== '+' && op !== '-') return 'flag';
      // Each side is asked once: asked twice, the time would double with every addend.
      const [ofLeft, ofRight] = [unit(left), unit(right)];
      if (ofLeft === 'date' || ofRight === 'date') return dateSumUnit(ofLeft, ofRight, op);
      return tellingOf([left, right]) === right ? ofRight : ofLeft;
    }
  }
}

function isZero(expression: Expression): boolean {
  return expression.kind === 'number' && expression.value.num === 0n;
}
