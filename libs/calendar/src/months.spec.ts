import { describe, expect, it } from '@jest/globals';
import { addMonthsEndOfMonth, endOfMonth, isEndOfMonth, monthsBetween } from './index.js';

describe('ends of months', () => {
  it('are told and found', () => {
    expect(isEndOfMonth('2020-02-29')).toBe(true);
    expect(isEndOfMonth('2020-02-28')).toBe(false);
    expect(isEndOfMonth('2021-02-28')).toBe(true);
    expect(endOfMonth('2020-02-01')).toBe('2020-02-29');
    expect(endOfMonth('2020-04-30')).toBe('2020-04-30');
  });

  it('stay ends when months are added', () => {
    expect(addMonthsEndOfMonth('2020-02-29', 1)).toBe('2020-03-31');
    expect(addMonthsEndOfMonth('2020-02-28', 1)).toBe('2020-03-28');
    expect(addMonthsEndOfMonth('2020-11-30', 3)).toBe('2021-02-28');
    expect(addMonthsEndOfMonth('2020-04-30', -2)).toBe('2020-02-29');
  });
});

describe('whole months between', () => {
  it.each([
    ['2020-01-15', '2020-02-15', 1],
    ['2020-01-15', '2020-02-14', 0],
    ['2020-01-15', '2021-03-20', 14],
    ['2021-01-31', '2021-02-28', 1],
    ['2020-01-31', '2020-02-28', 0],
    ['2020-03-31', '2020-03-31', 0],
    ['2020-02-15', '2020-01-15', -1],
    ['2020-02-14', '2020-01-15', 0],
  ])('%s and %s are %d', (from, to, months) => {
    expect(monthsBetween(from, to)).toBe(months);
  });
});
