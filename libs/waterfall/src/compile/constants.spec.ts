import { describe, expect, it } from '@jest/globals';
import { type Expression, rational, type Unit } from '@weir/deal';
import { rationalOf, scaledRatio, unitOf } from './constants.js';

type BinaryOp = Extract<Expression, { kind: 'binary' }>['op'];
type FunctionName = Extract<Expression, { kind: 'call' }>['name'];
type Literal = Extract<Expression, { kind: 'number' }>['unit'];

const literal = (value: bigint, unit: Literal = 'ratio'): Expression => ({
  kind: 'number',
  value: rational(value),
  unit,
  at: 0,
});
const name = (of: Unit): Expression => ({ kind: 'name', name: of, at: 0 });
const both = (op: BinaryOp, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  op,
  left,
  right,
  at: 3,
});
const call = (of: FunctionName, ...args: Expression[]): Expression => ({ kind: 'call', name: of, args, at: 0 });
const minus = (operand: Expression): Expression => ({ kind: 'negate', operand, at: 0 });
const not = (operand: Expression): Expression => ({ kind: 'not', operand, at: 0 });

describe('the exact value of plain numbers', () => {
  it.each<[string, Expression, bigint, bigint]>([
    ['7', literal(7n), 7n, 1n],
    ['−7', minus(literal(7n)), -7n, 1n],
    ['2 + 3', both('+', literal(2n), literal(3n)), 5n, 1n],
    ['2 − 3', both('-', literal(2n), literal(3n)), -1n, 1n],
    ['2 × 3', both('*', literal(2n), literal(3n)), 6n, 1n],
    ['2 ÷ 3', both('/', literal(2n), literal(3n)), 2n, 3n],
    ['2 ÷ 1', both('/', literal(2n), literal(1n)), 2n, 1n],
    ['0 ÷ 3', both('/', literal(0n), literal(3n)), 0n, 1n],
    ['−(1 ÷ 3) × 6', both('*', minus(both('/', literal(1n), literal(3n))), literal(6n)), -2n, 1n],
  ])('%s', (_, expression, num, den) => {
    expect(rationalOf(expression)).toEqual({ num, den });
  });

  it('is none of amounts, names, functions and comparisons', () => {
    const none = [
      literal(7n, 'money'),
      literal(20_000n, 'date'),
      name('ratio'),
      minus(name('ratio')),
      not(literal(1n)),
      call('abs', literal(1n)),
      both('<', literal(1n), literal(2n)),
      both('=', literal(1n), literal(1n)),
      both('+', name('ratio'), literal(1n)),
      both('+', literal(1n), name('ratio')),
    ];
    expect(none.map((expression) => rationalOf(expression))).toEqual(none.map(() => null));
  });

  it('has no division by zero', () => {
    expect(() => rationalOf(both('/', literal(1n), literal(0n)))).toThrow(
      expect.objectContaining({ code: 'division-by-zero', at: 3 }),
    );
  });

  it('stands in a slot with 12 decimals', () => {
    expect(scaledRatio(rational(1n, 4n), 0)).toBe(250_000_000_000n);
    expect(scaledRatio(rational(1n, 10n ** 12n), 0)).toBe(1n);
    expect(() => scaledRatio(rational(1n, 3n), 5)).toThrow(expect.objectContaining({ code: 'precision', at: 5 }));
    expect(() => scaledRatio(rational(1n, 10n ** 13n), 5)).toThrow(expect.objectContaining({ code: 'precision' }));
  });
});

describe('the unit of an expression', () => {
  const [money, rate, ratio, date, flag] = (['money', 'rate', 'ratio', 'date', 'flag'] as const).map(name) as [
    Expression,
    Expression,
    Expression,
    Expression,
    Expression,
  ];
  const [one, zero] = [literal(1n), literal(0n)];

  it.each<[string, Expression, Unit]>([
    ['a name', rate, 'rate'],
    ['an amount', literal(1n, 'money'), 'money'],
    ['−rate', minus(rate), 'rate'],
    ['not flag', not(flag), 'flag'],
    // not of a number is refused before, so that only its own kind tells
    ['not of a name', not(money), 'flag'],
    ['money + money', both('+', money, money), 'money'],
    ['0 + rate', both('+', zero, rate), 'rate'],
    ['rate − 0', both('-', rate, zero), 'rate'],
    ['1 + rate', both('+', one, rate), 'rate'],
    ['rate + 1', both('+', rate, one), 'rate'],
    ['1 + 1', both('+', one, one), 'ratio'],
    ['0 + an amount', both('+', zero, literal(1n, 'money')), 'money'],
    ['0.00 EUR + 1', both('+', literal(0n, 'money'), one), 'ratio'],
    ['0.00 EUR + rate', both('+', literal(0n, 'money'), rate), 'rate'],
    ['an amount + a name', both('+', literal(5n, 'money'), ratio), 'money'],
    ['date − date', both('-', date, date), 'ratio'],
    ['date + ratio', both('+', date, ratio), 'date'],
    ['ratio + date', both('+', ratio, date), 'date'],
    ['date − ratio', both('-', date, ratio), 'date'],
    ['date + 0', both('+', date, zero), 'date'],
    ['money × rate', both('*', money, rate), 'money'],
    ['rate × money', both('*', rate, money), 'money'],
    ['rate × ratio', both('*', rate, ratio), 'rate'],
    ['ratio × rate', both('*', ratio, rate), 'rate'],
    ['ratio × ratio', both('*', ratio, ratio), 'ratio'],
    ['money ÷ money', both('/', money, money), 'ratio'],
    ['money ÷ ratio', both('/', money, ratio), 'money'],
    ['rate ÷ ratio', both('/', rate, ratio), 'rate'],
    ['rate ÷ rate', both('/', rate, rate), 'ratio'],
    ['money < money', both('<', money, money), 'flag'],
    ['date = date', both('=', date, date), 'flag'],
    ['flag and flag', both('and', flag, flag), 'flag'],
    ['if(flag, rate, rate)', call('if', flag, rate, rate), 'rate'],
    ['if(flag, 0, rate)', call('if', flag, zero, rate), 'rate'],
    ['if(flag, rate, 0)', call('if', flag, rate, zero), 'rate'],
    ['min(0, rate)', call('min', zero, rate), 'rate'],
    ['max(1, rate)', call('max', one, rate), 'rate'],
    ['max(0, 1)', call('max', zero, one), 'ratio'],
    ['abs(rate)', call('abs', rate), 'rate'],
    ['roundDown(1, rate)', call('roundDown', one, rate), 'ratio'],
    ['previous(rate, money)', call('previous', rate, money), 'rate'],
    ['addMonths(date, 1)', call('addMonths', date, one), 'date'],
    ['monthsBetween(date, date)', call('monthsBetween', date, date), 'ratio'],
    ['yearOf(date)', call('yearOf', date), 'ratio'],
    ['monthOf(date)', call('monthOf', date), 'ratio'],
  ])('%s', (_, expression, unit) => {
    expect(unitOf(expression, (of) => of as Unit)).toBe(unit);
  });

  it('is found in a time that grows with the number of addends', () => {
    let asked = 0;
    const sum = Array.from({ length: 200 }, () => money).reduce((left, right) => both('+', left, right));
    const unit = unitOf(sum, (of) => {
      asked += 1;
      return of as Unit;
    });
    expect([unit, asked]).toEqual(['money', 200]);
  });
});
