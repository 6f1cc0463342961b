import type { BinaryOp, Expression } from './ast.js';
import { constantOf, sameExpression } from './constant.js';

type Binary = Extract<Expression, { kind: 'binary' }>;
type Call = Extract<Expression, { kind: 'call' }>;

/** What a condition lets one take for granted of an expression in an arm of `if`. */
interface Guard {
  of: Expression;
  isPositive: boolean;
}

const MIRRORED: Partial<Record<BinaryOp, BinaryOp>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const DENIED: Partial<Record<BinaryOp, BinaryOp>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '=': '!=',
  '!=': '=',
};

/** Finds divisions of a formula whose divisor may be zero; `isPositiveName` says which names never are. */
export class DivisionFinder {
  private readonly found: Binary[] = [];

  constructor(private readonly isPositiveName: (name: string) => boolean) {}

  /** The divisions in reading order. Divisors that are constants are left to the unit checker. */
  doubtful(expression: Expression): Binary[] {
    this.found.length = 0;
    this.walk(expression, []);
    return [...this.found];
  }

  /** Whether a value is above zero on every payment date. */
  isPositive(expression: Expression, guards: readonly Guard[] = []): boolean {
    const constant = constantOf(expression);
    if (constant !== null) return constant.num > 0n;
    if (guards.some(({ of, isPositive }) => isPositive && sameExpression(of, expression))) return true;
    switch (expression.kind) {
      case 'name':
        return this.isPositiveName(expression.name);
      case 'binary':
        return this.isPositiveBinary(expression, guards);
      case 'call':
        return this.isPositiveCall(expression, guards);
      default:
        return false;
    }
  }

  private isPositiveBinary({ op, left, right }: Binary, guards: readonly Guard[]): boolean {
    const multiplies = op === '*' || op === '/' || op === '+';
    return multiplies && this.isPositive(left, guards) && this.isPositive(right, guards);
  }

  private isPositiveCall({ name, args }: Call, guards: readonly Guard[]): boolean {
    const positive = (argument: Expression): boolean => this.isPositive(argument, guards);
    if (name === 'max') return args.some(positive);
    if (name === 'min') return args.every(positive);
    if (name !== 'if') return false;
    const [condition, yes, no] = args as [Expression, Expression, Expression];
    return (
      this.isPositive(yes, [...guards, ...guardsOf(condition, true)]) &&
      this.isPositive(no, [...guards, ...guardsOf(condition, false)])
    );
  }

  private isNotZero(expression: Expression, guards: readonly Guard[]): boolean {
    if (guards.some(({ of }) => sameExpression(of, expression)) || this.isPositive(expression, guards)) return true;
    const constant = constantOf(expression);
    if (constant !== null) return constant.num !== 0n;
    if (expression.kind === 'negate') return this.isNotZero(expression.operand, guards);
    if (expression.kind === 'call' && expression.name === 'abs')
      return this.isNotZero(expression.args[0] as Expression, guards);
    if (expression.kind !== 'binary' || (expression.op !== '*' && expression.op !== '/')) return false;
    return this.isNotZero(expression.left, guards) && this.isNotZero(expression.right, guards);
  }

  private walk(expression: Expression, guards: readonly Guard[]): void {
    switch (expression.kind) {
      case 'number':
      case 'name':
        return;
      case 'negate':
      case 'not':
        return this.walk(expression.operand, guards);
      case 'binary': {
        const { op, left, right } = expression;
        this.walk(left, guards);
        if (op === '/' && constantOf(right) === null && !this.isNotZero(right, guards)) this.found.push(expression);
        return this.walk(right, guards);
      }
      case 'call':
        return this.walkCall(expression, guards);
    }
  }

  private walkCall({ name, args }: Call, guards: readonly Guard[]): void {
    const [condition, ...arms] = args;
    args.forEach((argument, i) => {
      const more = name === 'if' && condition && i > 0 && arms.length === 2 ? guardsOf(condition, i === 1) : [];
      this.walk(argument, [...guards, ...more]);
    });
  }
}

/** What holds when a condition holds, or does not. */
function guardsOf(condition: Expression, holds: boolean): Guard[] {
  if (condition.kind === 'not') return guardsOf(condition.operand, !holds);
  if (condition.kind !== 'binary') return [];
  const { left, right } = condition;
  if (condition.op === (holds ? 'and' : 'or')) return [...guardsOf(left, holds), ...guardsOf(right, holds)];
  const op = holds ? condition.op : DENIED[condition.op];
  if (op === undefined) return [];
  return [...guardOf(left, op, right), ...guardOf(right, MIRRORED[op] ?? op, left)];
}

function guardOf(of: Expression, op: BinaryOp, bound: Expression): Guard[] {
  const constant = constantOf(bound);
  if (constant === null) return [];
  const { num } = constant;
  if ((op === '>' && num >= 0n) || (op === '>=' && num > 0n) || (op === '=' && num > 0n))
    return [{ of, isPositive: true }];
  const isBelowZero = (op === '<' && num <= 0n) || ((op === '<=' || op === '=') && num < 0n);
  return isBelowZero || (op === '!=' && num === 0n) ? [{ of, isPositive: false }] : [];
}
