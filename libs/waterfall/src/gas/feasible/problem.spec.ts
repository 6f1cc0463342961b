import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { minimum, resultOf } from './conditions.js';
import { added, atLeast, constantOf, type Linear, scaled, variable } from './linear.js';
import { Problem } from './problem.js';

const WORK = 1_000_000;
const number = (value: number): Linear => constantOf(BigInt(value));
const unknown = (problem: Problem, most: number): Linear => variable(problem.variable(0n, BigInt(most)));
const is = (sum: Linear, value: number): Linear[] => [atLeast(sum, number(value)), atLeast(number(value), sum)];

describe('a problem', () => {
  it('refutes sums that contradict each other', () => {
    const problem = new Problem(WORK);
    const [x, y] = [unknown(problem, 10), unknown(problem, 10)];
    // x + y >= 15 and x - y >= 5: x = 10, y = 5 and nothing else.
    problem.holds(atLeast(added(x, y), number(15)));
    problem.holds(atLeast(added(x, y, -1n), number(5)));
    expect(problem.refutes()).toBe(false);
    expect(problem.refutes([atLeast(number(9), x)])).toBe(true);
    expect(problem.refutes([atLeast(y, number(6))])).toBe(true);
    expect(problem.refutes([...is(x, 10), ...is(y, 5)])).toBe(false);
  });

  it('rounds a bound on a multiple to whole numbers', () => {
    const problem = new Problem(WORK);
    const x = unknown(problem, 10);
    // 3x >= 7 and 3x <= 8: between 2 1/3 and 2 2/3 there is no whole number.
    problem.holds(atLeast(scaled(x, 3n), number(7)));
    expect(problem.refutes()).toBe(false);
    expect(problem.refutes([atLeast(number(8), scaled(x, 3n))])).toBe(true);
  });

  it('goes through all cases of a choice', () => {
    const problem = new Problem(WORK);
    const x = unknown(problem, 10);
    problem.holdsOne([is(x, 2), is(x, 7)]);
    expect([2, 5, 7].map((value) => problem.refutes(is(x, value)))).toEqual([false, true, false]);
  });

  it('forgets what held since a mark', () => {
    const problem = new Problem(WORK);
    const x = unknown(problem, 10);
    const mark = problem.mark();
    problem.holdsOne([is(x, 2), is(x, 7)]);
    problem.holds(atLeast(x, number(8)));
    expect(problem.refutes()).toBe(true);
    problem.backTo(mark);
    expect(problem.refutes(is(x, 5))).toBe(false);
  });

  it('rules out nothing more when the work is done', () => {
    const refuted = (work: number): boolean[] => {
      const problem = new Problem(work);
      const [x, y] = [unknown(problem, 10), unknown(problem, 10)];
      problem.holds(atLeast(added(x, y), number(15)));
      problem.holds(atLeast(added(x, y, -1n), number(5)));
      return [problem.refutes([atLeast(y, number(6))]), problem.isSpent];
    };
    expect(refuted(WORK)).toEqual([true, false]);
    expect(refuted(4)).toEqual([false, true]);
  });

  it('bears figures of 128 bits to the last of them', () => {
    const problem = new Problem(WORK);
    const most = 2n ** 128n - 1n;
    const [x, y] = [variable(problem.variable(0n, most)), variable(problem.variable(0n, most))];
    problem.holds(atLeast(added(x, y, -1n), number(1)));
    expect(problem.refutes([atLeast(y, constantOf(most - 1n))])).toBe(false);
    expect(problem.refutes([atLeast(y, constantOf(most))])).toBe(true);
  });
});

describe('what an instruction writes', () => {
  const OPS = ['ADD', 'SUB', 'SSUB', 'MIN', 'MAX', 'OR', 'AND', 'NOT', 'LT', 'LE', 'EQ', 'SEL', 'MOV'] as const;
  const of = (op: (typeof OPS)[number], a: number, b: number, c: number): number =>
    ({
      ADD: a + b,
      SUB: a - b,
      SSUB: Math.max(0, a - b),
      MIN: Math.min(a, b),
      MAX: Math.max(a, b),
      OR: Number(a !== 0 || b !== 0),
      AND: Number(a !== 0 && b !== 0),
      NOT: Number(a === 0),
      LT: Number(a < b),
      LE: Number(a <= b),
      EQ: Number(a === b),
      SEL: a !== 0 ? b : c,
      MOV: a,
    })[op];

  it.each(OPS)('%s is what it is for all small values, and nothing else', (op) => {
    const problem = new Problem(WORK);
    const [a, b, c] = [unknown(problem, 3), unknown(problem, 3), unknown(problem, 3)];
    const result = resultOf(problem, op, [a, b, c]);
    for (let at = 0; at < 64; at++) {
      const [x, y, z] = [at % 4, Math.floor(at / 4) % 4, Math.floor(at / 16)];
      const given = [...is(a, x), ...is(b, y), ...is(c, z)];
      const written = of(op, x, y, z);
      // A SUB below zero stops the run.
      expect(problem.refutes([...given, ...is(result, written)])).toBe(written < 0);
      expect(problem.refutes([...given, ...is(result, written + 1)])).toBe(true);
    }
  });

  it.each(['MULF', 'MULN', 'MULC'] as const)('%s by constants is rounded as it is', (op) => {
    const problem = new Problem(WORK);
    const a = unknown(problem, 20);
    const result = resultOf(problem, op, [a, number(3), number(4)]);
    for (let x = 0; x <= 20; x++) {
      const rounding = { MULF: 0, MULN: 2, MULC: 3 }[op];
      const written = Math.floor((3 * x + rounding) / 4);
      for (const tried of [written - 1, written, written + 1])
        expect(problem.refutes([...is(a, x), ...is(result, tried)])).toBe(tried !== written);
    }
  });

  it('never refutes what is possible, over chains of smaller and larger', () => {
    const step = fc.record({ op: fc.constantFrom(...OPS), a: fc.nat(8), b: fc.nat(8), c: fc.nat(8) });
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
        fc.array(step, { maxLength: 12 }),
        (given, steps) => {
          const problem = new Problem(WORK);
          const sums = given.map(() => unknown(problem, 9));
          const values = [...given];
          const known = given.flatMap((value, index) => is(sums[index]!, value));
          for (const { op, a, b, c } of steps) {
            const [i, j, k] = [a % sums.length, b % sums.length, c % sums.length];
            const value = of(op, values[i]!, values[j]!, values[k]!);
            if (value < 0 || value > 1_000) continue;
            sums.push(resultOf(problem, op, [sums[i]!, sums[j]!, sums[k]!]));
            values.push(value);
          }
          expect(problem.refutes()).toBe(false);
          expect(problem.refutes(known)).toBe(false);
          const last = sums.at(-1)!;
          expect(problem.refutes([...known, ...is(last, values.at(-1)!)])).toBe(false);
          expect(problem.refutes([...known, atLeast(last, number(values.at(-1)! + 1))])).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('PAY takes the smaller, and leaves what conditions on both say', () => {
    const problem = new Problem(WORK);
    const [due, cash] = [unknown(problem, 9), unknown(problem, 9)];
    const paid = minimum(problem, due, cash);
    problem.holds(atLeast(atLeast(cash, paid), number(1)));
    // Cash is left, so all was paid.
    expect(problem.refutes([atLeast(atLeast(due, paid), number(1))])).toBe(true);
  });
});
