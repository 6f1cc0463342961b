import { describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../diagnostic.js';
import { ANY_UNIT, readFormula } from '../read/formula.js';
import { Names } from '../read/names.js';
import { openDocument } from '../source/document.js';
import type { Unit } from './ast.js';

/** Reads one formula that may use an amount, a rate, a number, a date and a flag; columns count from its first letter. */
function check(text: string, wanted: readonly Unit[] = ANY_UNIT): { unit: Unit; faults: Diagnostic[] } {
  const { root, findings } = openDocument(`x: ${text}`);
  const names = new Names(findings);
  for (const unit of ANY_UNIT) names.define(`some_${unit}`, { unit });
  const formula = readFormula(root.fields(['x']).x, names, 'USD', wanted);
  names.settle();
  const faults = findings.sorted().map((fault) => ({ ...fault, column: fault.column - 'x: '.length }));
  return { unit: formula.unit, faults };
}

it('yearOf and monthOf take a date', () => {
  expect(check('yearOf(some_ratio)').faults.map(({ message }) => message)).toEqual([
    'yearOf takes a date, this is a number',
  ]);
});

describe('units of formulas', () => {
  it.each<[string, Unit]>([
    ['2500.00 USD', 'money'],
    ['0', 'money'],
    ['5', 'ratio'],
    ['2025-06-15', 'date'],
    ['true', 'flag'],
    ['some_rate + 0.25 %', 'rate'],
    ['some_ratio - 1', 'ratio'],
    ['some_rate * some_ratio', 'rate'],
    ['some_money * some_rate', 'money'],
    ['some_money * some_rate * some_ratio', 'money'],
    ['some_money / 2.00 USD', 'ratio'],
    ['some_rate / max(0.01 %, some_rate)', 'ratio'],
    ['some_rate / 2', 'rate'],
    ['some_money / 12', 'money'],
    ['some_date - closingDate', 'ratio'],
    ['yearOf(some_date)', 'ratio'],
    ['monthOf(some_date) + 1', 'ratio'],
    ['some_date + 30', 'date'],
    ['30 + some_date', 'date'],
    ['some_date - some_ratio', 'date'],
    ['min(some_date, 2030-01-15)', 'date'],
    ['some_date >= 2030-01-15', 'flag'],
    ['some_flag = false', 'flag'],
    ['abs(some_money - 5.00 USD)', 'money'],
    ['if(some_flag, 5 %, some_rate)', 'rate'],
    ['if(some_flag, 2025-06-15, some_date)', 'date'],
    ['roundDown(some_money, 1000.00 USD)', 'money'],
    ['roundHalfUp(some_rate, 0.125 %)', 'rate'],
    ['cumulative(some_money)', 'money'],
    ['previous(some_date)', 'date'],
    ['previous(some_rate, 2 %)', 'rate'],
    ['lagged(some_flag, 2, true)', 'flag'],
    ['average(some_ratio, 3)', 'ratio'],
    ['total(some_money, 12)', 'money'],
    ['highest(some_date)', 'date'],
    ['lowest(some_rate)', 'rate'],
    ['-some_money', 'money'],
    ['addMonths(some_date, 3)', 'date'],
    ['addMonths(some_date, some_ratio)', 'date'],
    ['monthsBetween(some_date, 2030-01-15)', 'ratio'],
    ['monthsBetween(some_date, 2030-01-15) + 1', 'ratio'],
    ['some_money <= 5.00 USD', 'flag'],
    ['some_flag != true', 'flag'],
    ['not some_flag', 'flag'],
    ['some_flag and not some_flag', 'flag'],
    ['lagged(some_money, 60)', 'money'],
    ['lagged(some_money, 1)', 'money'],
    ['roundUp(some_ratio)', 'ratio'],
    ['lowest(some_date)', 'date'],
    ['previous(some_flag)', 'flag'],
  ])('%s', (text, unit) => {
    expect(check(text)).toEqual({ unit, faults: [] });
  });

  it('a literal, and a literal times a number, is a rate where a rate is wanted', () => {
    expect(check('5.25 %', ['rate'])).toEqual({ unit: 'rate', faults: [] });
    expect(check('5 % + 0.25 % * some_ratio', ['rate'])).toEqual({ unit: 'rate', faults: [] });
    expect(check('0', ['rate'])).toEqual({ unit: 'rate', faults: [] });
  });
});

describe('a fault in a formula', () => {
  it.each<[string, number, string, string]>([
    ['some_money + some_ratio', 12, 'unit', 'cannot join an amount and a number'],
    ['some_money - some_rate', 12, 'unit', 'cannot join an amount and a rate'],
    ['some_ratio + some_rate', 12, 'unit', 'cannot join a number and a rate; multiply the number by a rate'],
    ['some_rate * some_rate', 11, 'unit', 'a rate times a rate'],
    ['some_money * some_money', 12, 'unit', 'an amount times an amount'],
    ['some_money / some_rate', 12, 'unit', 'an amount divided by a rate'],
    ['some_ratio / some_rate', 12, 'unit', 'a number divided by a rate'],
    ['some_rate / some_money', 11, 'unit', 'a rate divided by an amount'],
    ['some_date + some_date', 11, 'unit', 'cannot join a date and a date; use subtract'],
    ['some_date + some_money', 11, 'unit', 'cannot join a date and an amount'],
    ['1 - some_date', 3, 'unit', 'cannot join a number and a date'],
    ['some_date * 2', 1, 'unit', 'this is a date'],
    ['some_flag + 1', 11, 'unit', 'this is true or false'],
    ['some_flag < true', 11, 'unit', '"<" compares amounts'],
    ['some_flag = 1', 11, 'unit', 'cannot join true or false and a number'],
    ['some_date < 5', 11, 'unit', 'cannot join a date and a number'],
    ['not some_money', 5, 'unit', 'this is an amount'],
    ['abs(some_date)', 5, 'unit', 'this is a date'],
    ['max(some_flag, 1)', 5, 'unit', 'this is true or false'],
    ['if(some_money, 1, 2)', 4, 'unit', 'this is an amount'],
    ['if(some_flag, some_money, some_rate)', 27, 'unit', 'cannot join an amount and a rate'],
    ['abs(1, 2)', 1, 'arguments', 'abs takes 1 argument'],
    ['if(some_flag, 1)', 1, 'arguments', 'if takes 3 arguments'],
    ['if(some_flag, 1, 2, 3)', 1, 'arguments', 'if takes 3 arguments'],
    ['roundDown(1, 2, 3)', 1, 'arguments', 'roundDown takes 1 or 2 arguments'],
    ['roundUp(1, 2, 3)', 1, 'arguments', 'roundUp takes 1 or 2 arguments'],
    ['roundHalfUp(1, 2, 3)', 1, 'arguments', 'roundHalfUp takes 1 or 2 arguments'],
    ['addMonths(some_date)', 1, 'arguments', 'addMonths takes 2 arguments'],
    ['addMonths(some_date, 1, 2)', 1, 'arguments', 'addMonths takes 2 arguments'],
    ['monthsBetween(some_date)', 1, 'arguments', 'monthsBetween takes 2 arguments'],
    ['monthsBetween(some_date, some_date, 1)', 1, 'arguments', 'monthsBetween takes 2 arguments'],
    ['yearOf(some_date, 1)', 1, 'arguments', 'yearOf takes 1 argument'],
    ['monthOf(some_date, 1)', 1, 'arguments', 'monthOf takes 1 argument'],
    ['cumulative(some_money, 1)', 1, 'arguments', 'cumulative takes 1 argument'],
    ['previous(some_money, 0, 1)', 1, 'arguments', 'previous takes 1 or 2 arguments'],
    ['lagged(some_money)', 1, 'arguments', 'lagged takes 2 or 3 arguments'],
    ['lagged(some_money, 1, 0, 1)', 1, 'arguments', 'lagged takes 2 or 3 arguments'],
    ['average(some_money, 1, 2)', 1, 'arguments', 'average takes 2 arguments'],
    ['total(some_money)', 1, 'arguments', 'total takes 2 arguments'],
    ['highest(some_money, 1)', 1, 'arguments', 'highest takes 1 argument'],
    ['lowest(some_money, 1)', 1, 'arguments', 'lowest takes 1 argument'],
    ['max(some_money)', 1, 'arguments', 'max takes 2 or more arguments'],
    ['lagged(some_money, 1, 5)', 23, 'unit', '"lagged" cannot join an amount and a number'],
    ['addMonths(some_ratio, 1)', 11, 'unit', 'addMonths begins with a date, this is a number'],
    [
      'addMonths(some_date, some_date)',
      22,
      'unit',
      'addMonths takes a number of months after the date, this is a date',
    ],
    ['monthsBetween(some_money, some_date)', 15, 'unit', 'monthsBetween begins with a date, this is an amount'],
    ['monthsBetween(some_date, 5)', 26, 'unit', 'monthsBetween takes a date after the date, this is a number'],
    ['some_flag >= some_flag', 11, 'unit', '">=" compares amounts'],
    ['1 < some_flag', 3, 'unit', '"<" compares amounts'],
    ['some_flag and 1', 15, 'unit', '"and" works on true or false, this is a number'],
    ['some_money or some_flag', 1, 'unit', '"or" works on true or false, this is an amount'],
    ['some_money + some_ratio', 12, 'unit', 'and a number; multiply the number by an amount'],
    ['some_date + 2.5', 13, 'unit', 'only whole days are added'],
    ['2.5 + some_date', 1, 'unit', 'only whole days are added'],
    ['some_date + 200 %', 13, 'unit', 'only whole days are added'],
    ['1 / some_date', 5, 'unit', '"/" works on amounts, rates and numbers, this is a date'],
    ['lowest(some_flag)', 8, 'unit', 'this is true or false'],
    ['(1 + 2', 7, 'syntax', '")" is missing at the end'],
    ['1 +', 4, 'syntax', 'the formula ends'],
    ['nothing(1)', 1, 'syntax', 'there is no function "nothing"'],
    ['0.005 USD', 1, 'syntax', '0.005 USD has more than two decimals'],
    ['1 == 2', 3, 'syntax', 'formulas have no "=="; write ='],
    ['1 !== 2', 3, 'syntax', 'formulas have no "!=="; write !='],
    ['1 ≠ 2', 3, 'syntax', 'formulas have no "≠"; write !='],
    ['1 ≤ 2', 3, 'syntax', 'formulas have no "≤"; write <='],
    ['1 =< 2', 3, 'syntax', 'formulas have no "=<"; write <='],
    ['1 − 2', 3, 'syntax', 'formulas have no "−"; write -'],
    ['2 ^ 2', 3, 'syntax', 'formulas have no "^"; write a * a'],
    ['2 ** 2', 3, 'syntax', 'formulas have no "**"; write a * a'],
    ['min(some_money)', 1, 'arguments', 'min takes 2 or more arguments'],
    ['roundDown(some_money, some_money)', 23, 'arguments', 'a constant above zero'],
    ['roundDown(some_money, 0.00 USD)', 23, 'arguments', 'a constant above zero'],
    ['roundUp(some_money, 1000)', 21, 'unit', 'cannot join an amount and a number'],
    ['previous(2 * some_money)', 12, 'arguments', 'the name of one value'],
    ['previous(some_money, 5)', 22, 'unit', 'cannot join an amount and a number'],
    ['lagged(some_money, 0)', 20, 'arguments', 'a whole number from 1 to 60'],
    ['lagged(some_money, 61)', 20, 'arguments', 'a whole number from 1 to 60'],
    ['average(some_money, 2.5)', 21, 'arguments', 'a whole number from 1 to 60'],
    ['total(some_money, some_ratio)', 19, 'arguments', 'a whole number from 1 to 60'],
    ['total(some_flag, 12)', 7, 'unit', 'this is true or false'],
    ['cumulative(some_date)', 12, 'unit', 'this is a date'],
    ['highest(some_flag)', 9, 'unit', 'this is true or false'],
    ['some_money / 0', 12, 'division-by-zero', 'divides by zero'],
    ['some_money / (3 - 1 - 2)', 12, 'division-by-zero', 'divides by zero'],
    ['2025-02-30', 1, 'syntax', '2025-02-30'],
    ['5 USDX', 3, 'syntax', '"USDX" was not expected'],
    ['12months', 1, 'syntax', 'neither a number nor a name'],
    ['some_monei', 1, 'unknown-name', 'did you mean "some_money"?'],
  ])('%s', (text, column, code, hint) => {
    const { faults } = check(text);
    expect(faults).toMatchObject([{ severity: 'error', line: 1, column, code, path: 'x' }]);
    expect(faults[0]?.message).toContain(hint);
  });

  it('names both units when another is needed', () => {
    expect(check('some_rate', ['money']).faults).toMatchObject([
      { column: 1, code: 'unit', message: 'this is a rate, but an amount is needed' },
    ]);
    expect(check('2025-06-15', ['rate']).faults[0]?.message).toBe('this is a date, but a rate is needed');
  });

  it('every fault of a formula is reported', () => {
    expect(check('some_money * some_money + nobody').faults.map(({ column, code }) => [column, code])).toEqual([
      [12, 'unit'],
      [27, 'unknown-name'],
    ]);
  });
});

describe('a division by what may be zero', () => {
  it.each([
    ['some_money / some_ratio', 12],
    ['1 / (some_ratio + 1)', 3],
    ['if(some_ratio > 0, 1, 2 / some_ratio)', 25],
    ['if(some_ratio >= 0, 1 / some_ratio, 0)', 23],
    ['if(some_flag or some_ratio > 0, 1 / some_ratio, 0)', 35],
    ['1 / max(0, some_ratio)', 3],
    ['1 / min(1, some_ratio)', 3],
    ['if(some_money > 0, some_money / some_ratio, 0.00 USD)', 31],
  ])('%s warns', (text, column) => {
    expect(check(text).faults).toMatchObject([{ severity: 'warning', code: 'may-divide-by-zero', column }]);
  });

  it.each([
    'some_money / max(1, some_ratio)',
    'some_money / cutOffPool',
    'daysInPeriod / 30 / period',
    'if(some_ratio > 0, 1 / some_ratio, 0)',
    'if(0 < some_ratio, 1 / some_ratio, 0)',
    'if(some_ratio != 0, 1 / some_ratio, 0)',
    'if(some_ratio = 0, 0, 1 / some_ratio)',
    'if(some_ratio <= 0, 0, 1 / (2 * some_ratio))',
    'if(not (some_ratio > 0), 0, 1 / some_ratio)',
    'if(some_flag and some_ratio > 0, 1 / some_ratio, 0)',
    'if(some_flag or some_ratio = 0, 0, 1 / some_ratio)',
    'if(some_money - 5.00 USD > 0, 1.00 USD / (some_money - 5.00 USD), 0)',
    '1 / if(some_ratio > 2, some_ratio, 2)',
    '1 / min(3, max(1, some_ratio))',
    'some_money / -cutOffPool',
  ])('%s does not', (text) => {
    expect(check(text).faults.filter(({ code }) => code === 'may-divide-by-zero')).toEqual([]);
  });

  it.each([
    ['some_date + 5 %', 13],
    ['some_date - 100 %', 13],
    ['some_date + 0.5', 13],
    ['1 / 2 + some_date', 3],
    ['some_date + (10 - 0.5)', 17],
  ])('to a date only whole days are added: %s', (text, column) => {
    expect(check(text).faults).toMatchObject([
      { code: 'unit', column, message: 'to a date only whole days are added: write a whole number, like 30' },
    ]);
  });

  it.each(['some_date + 10 / 2', 'some_date + roundUp(some_ratio, 1)', 'some_date - 0'])('%s is a date', (text) => {
    expect(check(text)).toEqual({ unit: 'date', faults: [] });
  });
});

describe('signs of other languages', () => {
  it.each([
    ['some_money == 5.00 USD', 12, 'formulas have no "=="; write ='],
    ['some_flag && some_flag', 11, 'formulas have no "&&"; write and'],
    ['some_flag || some_flag', 11, 'formulas have no "||"; write or'],
    ['some_ratio ≤ 5', 12, 'formulas have no "≤"; write <='],
    ['some_ratio => 5', 12, 'formulas have no "=>"; write >='],
    ['some_ratio <> 5', 12, 'formulas have no "<>"; write !='],
    ['some_flag and ! some_flag', 15, 'formulas have no "!"; write not'],
    ['some_flag AND some_flag', 11, '"AND" was not expected here; write and in small letters'],
    ['5 × some_money', 3, 'formulas have no "×"; write *'],
    ['some_money - $5.00', 14, 'write an amount with its currency behind it, as in 5.00 USD'],
    ['some_money - 1,000.00 USD', 15, '"," was not expected here; write numbers without separators, like 1000.00'],
    ['some_money * .5', 14, 'write a digit before the point: 0.5'],
    ['5.00 usd', 6, 'amounts of this deal are in USD: write 5.00 USD'],
    ['2 some_money', 3, '"some_money" was not expected here; an operator such as + - * / is missing'],
  ])('%s', (text, column, message) => {
    expect(check(text).faults).toMatchObject([{ code: 'syntax', column, message }]);
  });

  it('!= is one of ours', () => {
    expect(check('some_ratio != 5')).toEqual({ unit: 'flag', faults: [] });
  });
});
