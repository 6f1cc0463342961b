import { describe, expect, it } from '@jest/globals';
import { accrualDays, accrualMethod } from './accrual-method.js';

describe('the interest accrual methods of Schedule AL, Item 2', () => {
  it.each<[string, string, string, number, number]>([
    ['1', '30/360', '2020-02', 30, 360],
    ['2', 'actual/365', '2020-02', 29, 365],
    ['3', 'actual/360', '2020-01', 31, 360],
    ['3', 'actual/360', '2021-02', 28, 360],
    ['4', 'actual/actual', '2020-02', 29, 366],
    ['4', 'actual/actual', '2021-04', 30, 365],
    ['5', 'actual/366', '2021-04', 30, 366],
  ])('code %s is %s: %s has %i days of %i', (code, _, month, period, year) => {
    const method = accrualMethod(code);
    expect(method && accrualDays(method, month)).toEqual({ period, year });
  });

  it.each(['6', '7', '98', '', null, 3])('%s does not say how days are counted', (code) => {
    expect(accrualMethod(code)).toBeNull();
  });
});
