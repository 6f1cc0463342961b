import { describe, expect, it } from '@jest/globals';
import type { Tranche } from '../model.js';
import { parseDeal } from '../parse-deal.js';
import { faultsOf, placeOf, small } from '../small-deal.fixture.js';

const A = 'amount: 800000.00 USD, coupon: 5 %, dayCount: 30/360, accrual: unadjusted';
const REST = 'coupon: 5 %, dayCount: 30/360, accrual: unadjusted';

function classA(terms: string): Tranche | undefined {
  const { deal, diagnostics } = parseDeal(small([A, terms]));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return deal?.tranches[0];
}

describe('sizes of a class', () => {
  it('a share of the pool', () => {
    // 80 % at 10^12; 1,000 dollars are 100,000 cents.
    expect(classA(`share: 80 %, of: cutOffPool, roundDown: 1000.00, ${REST}`)?.size).toEqual({
      kind: 'share',
      share: 800_000_000_000n,
      roundDown: 100_000n,
    });
  });

  it('an amount known at closing', () => {
    const amount = 'roundDown(80 % * cutOffPool, 1000.00 USD)';
    expect(classA(`amount: "${amount}", ${REST}`)?.size).toMatchObject({
      kind: 'amount',
      amount: { text: amount, unit: 'money' },
    });
  });

  it('the largest with a credit enhancement', () => {
    expect(classA(`creditEnhancement: 20 %, roundDown: 0.01, ${REST}`)?.size).toEqual({
      kind: 'credit-enhancement',
      enhancement: 200_000_000_000n,
      roundDown: 1n,
    });
  });

  it.each<[string, string, string, number, string]>([
    ['none', REST, '{name: A', 0, 'size'],
    ['two', `amount: 5.00 USD, creditEnhancement: 20 %, roundDown: 1.00, ${REST}`, '{name: A', 0, 'size'],
    ['a share without its multiple', `share: 80 %, of: cutOffPool, ${REST}`, '{name: A', 0, 'missing-field'],
    ['an amount of the pool', `amount: 5.00 USD, of: cutOffPool, ${REST}`, 'cutOffPool, coupon', 0, 'unknown-field'],
    [
      'an amount that is not known at closing',
      `amount: poolClosing, ${REST}`,
      'poolClosing, coupon',
      0,
      'not-known-at-closing',
    ],
    ['a whole as credit enhancement', `creditEnhancement: 100 %, roundDown: 1.00, ${REST}`, '100 %', 0, 'share'],
    ['more than the pool', `share: 101 %, of: cutOffPool, roundDown: 1.00, ${REST}`, '101 %', 0, 'share'],
  ])('%s', (_, terms, part, within, code) => {
    const text = small([A, terms]);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, part, within), code }]);
  });
});

describe('interest of a class', () => {
  it('is all that the document says', () => {
    const more =
      'label: Class A, firstAccrualFrom: 2025-06-01, interestOn: poolClosing, interestOnShortfall: 6 %, availableFundsCap: sofr, reduceInterest: netLoss, legalFinal: 2030-06-15';
    expect(classA(`${A}, ${more}`)).toMatchObject({
      label: 'Class A',
      coupon: { text: '5 %', unit: 'rate' },
      firstAccrualFrom: '2025-06-01',
      interestOn: { text: 'poolClosing' },
      interestOnShortfall: { text: '6 %', unit: 'rate' },
      availableFundsCap: { text: 'sofr' },
      reduceInterest: { text: 'netLoss' },
      legalFinal: '2030-06-15',
    });
  });

  it('bears interest on shortfalls unless it says otherwise', () => {
    expect(classA(A)?.interestOnShortfall).toBe(true);
    expect(classA(`${A}, interestOnShortfall: false`)?.interestOnShortfall).toBe(false);
  });

  it.each<[string, string, string, number, string]>([
    ['a negative coupon', A.replace('5 %', '-5 %'), '-5 %', 0, 'rate'],
    ['a coupon that is an amount', A.replace('5 %', 'poolClosing'), 'poolClosing, dayCount', 0, 'unit'],
    ['a day count that there is not', A.replace('30/360', '30/365'), '30/365', 0, 'choice'],
    ['a coupon made of itself', A.replace('5 %', 'A.rate'), 'A.rate', 0, 'circular'],
  ])('%s', (_, terms, part, within, code) => {
    const text = small([A, terms]);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, part, within), code }]);
  });

  it.each(['rate', 'dayFraction', 'factor'])('%s is no amount', (member) => {
    const text = small(['excess + netLoss', `A.${member}`]);
    expect(faultsOf(text)[0]).toMatchObject({ ...placeOf(text, `A.${member}`), code: 'unit' });
  });

  it.each(['interestDue', 'shortfall', 'carryover', 'opening', 'original', 'writtenDown', 'balance', 'unpaidInterest'])(
    '%s is an amount',
    (member) => {
      expect(faultsOf(small(['excess + netLoss', `A.${member}`]))).toEqual([]);
    },
  );
});

it('one may divide by an original amount, but not by a balance, which ends at zero', () => {
  const codes = (divisor: string): string[] =>
    faultsOf(small(['excess + netLoss', `netLoss * (A.opening / ${divisor})`])).map(({ code }) => code);
  expect(codes('A.original')).toEqual([]);
  expect(codes('notes.original')).toEqual([]);
  expect(codes('A.balance')).toEqual(['may-divide-by-zero']);
});

describe('a notional class', () => {
  const IO =
    '\n  - {name: X, amount: A.original, notional: A.balance, coupon: 1 %, dayCount: 30/360, accrual: unadjusted}\nformulas:';

  it('needs interest and no principal', () => {
    expect(faultsOf(small(['\nformulas:', IO], ['[A, B], from', '[A, B, X], from']))).toEqual([]);
  });

  it.each(['A.opening', 'min(notes.opening, 5.00 USD)', 'strip'])('is told late when it follows %s', (notional) => {
    const text = small(
      ['\nformulas:', `${IO.replace('A.balance', `'${notional}'`)}\n  strip: 50 % * A.opening`],
      ['[A, B], from', '[A, B, X], from'],
      ['excess + netLoss', 'excess + netLoss + 0 * strip'],
    );
    expect(faultsOf(text)).toMatchObject([
      { ...placeOf(text, `'${notional}', coupon`), code: 'old-balance', severity: 'warning' },
    ]);
  });

  it('cannot be paid principal', () => {
    const text = small(['\nformulas:', IO], ['[A, B], from', '[A, B, X], from'], ['to: [A, B]', 'to: [A, B, X]']);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, '{step: payPrincipal'), code: 'notional' }]);
  });

  it.each(['capitalise: X', 'advance: 1.00 USD, to: X'])('has no balance that steps change: %s', (verb) => {
    const text = small(
      ['\nformulas:', IO],
      ['  - {step: rest', `  - {step: pays, interest: X, from: [collection]}\n  - {step: z, ${verb}}\n  - {step: rest`],
    );
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, '{step: z'), code: 'notional' }]);
  });
});
