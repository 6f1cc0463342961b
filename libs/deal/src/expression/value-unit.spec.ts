import { describe, expect, it } from '@jest/globals';
import type { Unit } from './ast.js';
import { chainUnit } from './products.js';
import { describeUnit, fits, type FoundUnit, isQuantity, joined } from './value-unit.js';

const ALL: FoundUnit[] = ['money', 'rate', 'ratio', 'number', 'zero', 'date', 'flag', 'unknown'];

describe('units that are found', () => {
  it.each<[FoundUnit, Unit[]]>([
    ['money', ['money']],
    ['rate', ['rate']],
    ['ratio', ['ratio']],
    ['number', ['rate', 'ratio']],
    ['zero', ['money', 'rate', 'ratio']],
    ['date', ['date']],
    ['flag', ['flag']],
    ['unknown', ['money', 'rate', 'ratio', 'date', 'flag']],
  ])('%s fits', (found, wanted) => {
    const units: Unit[] = ['money', 'rate', 'ratio', 'date', 'flag'];
    expect(units.filter((unit) => fits(found, unit))).toEqual(wanted);
  });

  it.each<[FoundUnit, (FoundUnit | null)[]]>([
    // beside money, rate, ratio, number, zero, date, flag, unknown
    ['money', ['money', null, null, null, 'money', null, null, 'money']],
    ['rate', [null, 'rate', null, 'rate', 'rate', null, null, 'rate']],
    ['ratio', [null, null, 'ratio', 'ratio', 'ratio', null, null, 'ratio']],
    ['number', [null, 'rate', 'ratio', 'number', 'number', null, null, 'number']],
    ['zero', ['money', 'rate', 'ratio', 'number', 'zero', null, null, 'unknown']],
    ['date', [null, null, null, null, null, 'date', null, 'date']],
    ['flag', [null, null, null, null, null, null, 'flag', 'flag']],
    ['unknown', ['money', 'rate', 'ratio', 'number', 'unknown', 'date', 'flag', 'unknown']],
  ])('%s beside another is the narrower', (unit, beside) => {
    expect(ALL.map((other) => joined(unit, other))).toEqual(beside);
    expect(ALL.map((other) => joined(other, unit))).toEqual(beside);
  });

  it('are multiplied but for dates and flags, and have words', () => {
    expect(ALL.filter(isQuantity)).toEqual(['money', 'rate', 'ratio', 'number', 'zero', 'unknown']);
    expect(ALL.map(describeUnit)).toEqual([
      'an amount',
      'a rate',
      'a number',
      'a number',
      'zero',
      'a date',
      'true or false',
      'unknown',
    ]);
  });
});

describe('the unit of a chain', () => {
  const unitOf = (factors: FoundUnit[], divisors: FoundUnit[] = []): string => {
    const part = (divides: boolean) => (unit: FoundUnit) => ({ unit, divides });
    const found = chainUnit([...factors.map(part(false)), ...divisors.map(part(true))]);
    return 'unit' in found ? found.unit : found.fault;
  };

  it.each<[FoundUnit[], FoundUnit[], string]>([
    [['money', 'rate'], [], 'money'],
    [['rate', 'money'], [], 'money'],
    [['rate', 'ratio'], [], 'rate'],
    [['number', 'ratio'], [], 'number'],
    [['number', 'number'], [], 'number'],
    [['ratio', 'ratio'], [], 'ratio'],
    [['zero', 'money'], [], 'money'],
    [['money', 'zero'], [], 'money'],
    [['zero', 'number'], [], 'zero'],
    [['zero', 'rate'], [], 'rate'],
    [[], [], 'number'],
    [['money'], ['money'], 'number'],
    [['rate'], ['rate'], 'number'],
    [['money'], ['ratio'], 'money'],
    [['rate'], ['number'], 'rate'],
    [['ratio'], ['zero'], 'ratio'],
    // what divides takes a factor of its own unit away first
    [['money', 'money'], ['money'], 'money'],
    [['rate', 'money'], ['rate'], 'money'],
    [['rate', 'rate'], ['rate'], 'rate'],
    [['zero'], ['rate'], 'number'],
    [['number'], ['rate'], 'number'],
    [['zero'], ['money'], 'ratio'],
    [['money', 'money'], [], 'an amount times an amount is no amount; divide by an amount too, as in a * b / c'],
    [['rate', 'rate'], [], 'a rate times a rate is no rate; one of them must be a number'],
    [['rate'], ['money'], 'a rate divided by an amount is neither; divide an amount by an amount'],
    [['ratio'], ['money'], 'a number divided by an amount is neither; divide an amount by an amount'],
    [['money'], ['rate'], 'an amount divided by a rate is neither; divide a rate by a rate, or by a number'],
    [['ratio'], ['rate'], 'a number divided by a rate is neither; divide a rate by a rate, or by a number'],
  ])('%j ÷ %j: %s', (factors, divisors, unit) => {
    expect(unitOf(factors, divisors)).toBe(unit);
  });
});
