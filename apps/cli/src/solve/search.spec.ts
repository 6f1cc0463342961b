import { describe, expect, it } from '@jest/globals';
import type { Condition } from './condition.js';
import { search } from './search.js';

const condition = (op: Condition['op'], target: number): Condition => ({
  text: '',
  op,
  target,
  unit: 'plain',
  measure: () => 0,
});
const number = { kind: 'number', suffix: '' } as const;

describe('the search of a bracket', () => {
  // (x − 1)(x − 2)(x − 3) is below zero up to 1 and from 2 to 3.
  const cubic = (x: number): number => (x - 1) * (x - 2) * (x - 3);

  it('finds the lowest of several solutions and tells of the others', () => {
    const found = search(cubic, condition('=', 0.1), number, [0.5, 3.7]);
    // x³ − 6x² + 11x − 6.1 = 0 has roots near 1.054, 1.899 and 3.047.
    expect(found.value).toBeCloseTo(1.054, 3);
    expect(found.changes).toHaveLength(3);
    expect(found.changes.map(([a, b]) => [a.value <= b.value])).toEqual([[true], [true], [true]]);
    expect(found.looked).toBe(17);
  });

  it('finds where a bound ends to be met first, though both ends of the bracket meet it', () => {
    // Met below 1 and from 2 to 3; at the upper end 2.9 it is met too.
    const found = search(cubic, condition('<=', 0), number, [0, 2.9]);
    expect([found.sense, found.value]).toEqual(['largest', 1]);
    expect(found.changes).toHaveLength(2);
  });

  it('says that nothing crosses the figure', () => {
    expect(search(cubic, condition('=', 100), number, [0, 3])).toMatchObject({
      sense: 'nowhere',
      value: null,
      looked: 17,
    });
    expect(search(cubic, condition('<=', 100), number, [0, 3])).toMatchObject({ sense: 'everywhere', value: null });
  });

  it('takes one of the values for the answer when it is just that', () => {
    expect(search((x) => x, condition('=', 2), number, [0, 4])).toMatchObject({
      sense: 'equal',
      value: 2,
      measured: 2,
    });
  });
});
