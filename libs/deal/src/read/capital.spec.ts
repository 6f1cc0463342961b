import { describe, expect, it } from '@jest/globals';
import type { Deal } from '../model.js';
import { parseDeal } from '../parse-deal.js';
import { faultsOf, placeOf, small, withBlocks } from '../small-deal.fixture.js';

function dealOf(text: string): Deal {
  const { deal, diagnostics } = parseDeal(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return deal as Deal;
}

const RESERVE = '{target: 1 % * cutOffPool, fundedAtClosing: true}';
const COLLECTIONS = '{items: [collected], account: collection, suspense: suspense}';
const FEE = '{payee: servicer, amount: 1 % / 12 * poolClosing}';

describe('accounts', () => {
  it('have a target with a floor, that may decline, and an initial amount', () => {
    const terms = '{target: 2 % * poolClosing, floor: 0.5 % * cutOffPool, nonDeclining: false, initial: 9000.00 USD}';
    expect(dealOf(small([RESERVE, terms])).accounts[1]).toMatchObject({
      name: 'reserve',
      target: { text: '2 % * poolClosing', unit: 'money' },
      floor: { text: '0.5 % * cutOffPool' },
      nonDeclining: false,
      fundedAtClosing: true,
      initial: { text: '9000.00 USD' },
    });
  });

  it('need no flags', () => {
    expect(dealOf(small([RESERVE, '{target: 1 % * cutOffPool}'])).accounts[1]).toMatchObject({
      nonDeclining: false,
      fundedAtClosing: false,
      initial: null,
    });
  });

  it.each<[string, string, string, number, string]>([
    ['a floor without a target', '{floor: 5.00 USD}', '5.00 USD}', 0, 'unknown-field'],
    [
      'a target paid in at closing that is not known then',
      '{target: poolClosing, fundedAtClosing: true}',
      'poolClosing, f',
      0,
      'not-known-at-closing',
    ],
    [
      'an initial amount that is not known at closing',
      '{initial: 2 % * poolClosing}',
      '2 % * poolClosing}',
      6,
      'not-known-at-closing',
    ],
    ['a target that is a number', '{target: 1 %}', '1 %}', 0, 'unit'],
  ])('%s', (_, terms, part, within, code) => {
    const text = small([RESERVE, terms]);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, part, within), code }]);
  });
});

describe('collections', () => {
  it('are one group', () => {
    expect(dealOf(small()).collections).toMatchObject({
      suspense: 'suspense',
      groups: [{ account: 'collection', items: ['collected'] }],
    });
  });

  it('are several groups, of report items, formulas and members', () => {
    const groups =
      '{suspense: suspense, groups: [{account: collection, items: [collected, back]}, {account: reserve, items: [line.draw]}]}';
    const blocks = 'facilities: {line: {provider: bank, draw: 0.00 USD}}';
    const text = withBlocks(
      blocks,
      [COLLECTIONS, groups],
      ['formulas:', 'formulas:\n  back: -netLoss'],
      ['  - {step: rest', '  - {step: owed, repay: line, from: [collection]}\n  - {step: rest'],
    );
    expect(dealOf(text).collections.groups).toMatchObject([
      { account: 'collection', items: ['collected', 'back'] },
      { account: 'reserve', items: ['line.draw'] },
    ]);
  });

  it.each<[string, string, string, number, string]>([
    [
      'an item twice',
      '{items: [collected, collected], account: collection, suspense: suspense}',
      'collected],',
      0,
      'duplicate-name',
    ],
    ['an item of another unit', '{items: [sofr], account: collection, suspense: suspense}', 'sofr]', 0, 'unit'],
    [
      'an item that nobody declares',
      '{items: [colected], account: collection, suspense: suspense}',
      'colected',
      0,
      'unknown-report-item',
    ],
    [
      'a member that there is not',
      '{items: [A.interest], account: collection, suspense: suspense}',
      'A.interest',
      0,
      'unknown-name',
    ],
    [
      'groups and items',
      '{items: [collected], suspense: suspense, groups: [{account: collection, items: [collected]}]}',
      '[collected], s',
      0,
      'unknown-field',
    ],
    [
      'an account twice',
      '{suspense: suspense, groups: [{account: collection, items: [collected]}, {account: collection, items: [netLoss]}]}',
      'collection, items: [netLoss',
      0,
      'duplicate-name',
    ],
    [
      'suspense that is collected into',
      '{items: [collected], account: collection, suspense: collection}',
      'collection}',
      0,
      'accounts',
    ],
  ])('%s', (_, terms, part, within, code) => {
    const text = small([COLLECTIONS, terms]);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, part, within), code }]);
  });
});

describe('fees', () => {
  it('are a rate of a balance for the months of a period', () => {
    const [fee] = dealOf(small([FEE, '{payee: bank, rate: 1 %, of: poolClosing, cap: 500.00 USD, carry: false}'])).fees;
    expect(fee).toMatchObject({ payee: 'bank', cap: { text: '500.00 USD' }, carry: false });
    // A month is one twelfth of a year.
    expect(fee?.amount).toMatchObject({
      unit: 'money',
      text: '(1 %) * (poolClosing) * 1 / 12',
      expression: {
        op: '/',
        left: { op: '*', right: { value: { num: 1n } } },
        right: { value: { num: 12n, den: 1n } },
      },
    });
  });

  it('are a rate of a balance by days', () => {
    const [fee] = dealOf(small([FEE, '{payee: bank, rate: 1 %, of: poolClosing, dayCount: ACT/365F}'])).fees;
    expect(fee?.amount.expression).toMatchObject({
      op: '/',
      left: { op: '*', right: { name: 'daysInPeriod' } },
      right: { value: { num: 365n, den: 1n } },
    });
    expect(fee?.carry).toBe(true);
  });

  it.each<[string, string, string, number, string]>([
    ['nothing that says how much', '{payee: bank}', '{payee: bank}', 0, 'missing-field'],
    ['a rate of nothing', '{payee: bank, rate: 1 %}', '{payee: bank, r', 0, 'missing-field'],
    ['a rate and an amount', '{payee: bank, amount: 5.00 USD, rate: 1 %}', '1 %}', 0, 'unknown-field'],
    [
      'a day count that needs the calendar',
      '{payee: bank, rate: 1 %, of: poolClosing, dayCount: ACT/ACT ISDA}',
      'ACT/ACT',
      0,
      'choice',
    ],
    [
      'dates of days where months count',
      '{payee: bank, rate: 1 %, of: poolClosing, accrual: unadjusted}',
      'unadjusted}\ntr',
      0,
      'unknown-field',
    ],
    ['a payee who is no party', '{payee: bnk, amount: 5.00 USD}', 'bnk', 0, 'unknown-party'],
  ])('%s', (_, terms, part, within, code) => {
    const text = small([FEE, terms]);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, part, within), code }]);
  });
});

describe('hedges, facilities and ledgers', () => {
  const LEGS = 'pays: {rate: 3 %, dayCount: 30/360}, receives: {rate: sofr, dayCount: ACT/360}';
  const STEP: [string, string] = [
    '  - {step: rest',
    '  - {step: swapped, hedge: swap, from: [collection]}\n  - {step: rest',
  ];

  it('a swap has two legs on a notional', () => {
    const text = withBlocks(`hedges: {swap: {counterparty: bank, notional: B.opening, ${LEGS}}}`, STEP);
    expect(dealOf(text).hedges).toMatchObject([
      {
        name: 'swap',
        counterparty: 'bank',
        notional: { text: 'B.opening' },
        pays: { rate: { text: '3 %', unit: 'rate' }, dayCount: '30/360' },
        receives: { rate: { text: 'sofr' }, dayCount: 'ACT/360' },
        accrual: 'adjusted',
      },
    ]);
  });

  it('a hedge without a leg', () => {
    const text = withBlocks('hedges: {swap: {counterparty: bank, notional: B.opening}}', STEP);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, '{counterparty'), code: 'missing-field' }]);
  });

  it('a swap that nobody pays, and what it receives that nobody collects', () => {
    const text = withBlocks(`hedges: {swap: {counterparty: bank, notional: B.opening, ${LEGS}}}`);
    const place = placeOf(text, 'swap:');
    expect(faultsOf(text)).toMatchObject([
      { ...place, code: 'hedge-step', severity: 'error' },
      { ...place, code: 'not-collected', severity: 'warning' },
    ]);
  });

  it('a facility has a limit; it has to be repaid', () => {
    const text = withBlocks('facilities: {line: {provider: bank, draw: 10.00 USD, limit: 50.00 USD}}');
    expect(faultsOf(text)).toMatchObject([
      { ...placeOf(text, 'line:'), code: 'repay-step' },
      { code: 'not-collected', path: 'facilities.line' },
    ]);
  });

  it('a ledger begins at an amount', () => {
    const ledger = { name: 'pdl', signed: true, initial: { text: '7.00 USD' } };
    expect(dealOf(withBlocks('ledgers: {pdl: {signed: true, initial: 7.00 USD}}')).ledgers).toMatchObject([ledger]);
    expect(dealOf(withBlocks('ledgers: {pdl: {}}')).ledgers).toMatchObject([{ signed: false, initial: null }]);
  });
});

describe('groups and combinations', () => {
  it('name lists and shares of classes', () => {
    const deal = dealOf(withBlocks('groups: {all_: [A, B]}\ncombinations: {AB: {A: 100 %, B: 50 %}}'));
    expect(deal.groups).toMatchObject([{ name: 'all_', tranches: ['A', 'B'] }]);
    expect(deal.combinations).toMatchObject([
      {
        name: 'AB',
        of: [
          { tranche: 'A', share: 1_000_000_000_000n },
          { tranche: 'B', share: 500_000_000_000n },
        ],
      },
    ]);
  });

  it.each<[string, string, string, number, string]>([
    ['a class that there is not', 'groups: {some: [A, D]}', 'D]', 0, 'unknown-tranche'],
    ['a class twice in a group', 'groups: {some: [A, A]}', 'A]}', 0, 'duplicate-name'],
    ['more than a whole class', 'combinations: {AB: {A: 110 %}}', '110 %', 0, 'share'],
    ['two combinations of more than a class', 'combinations: {X: {A: 60 %}, Y: {A: 60 %}}', 'Y:', 0, 'exchanged'],
  ])('%s', (_, block, part, within, code) => {
    const text = withBlocks(block);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, part, within), code }]);
  });
});
