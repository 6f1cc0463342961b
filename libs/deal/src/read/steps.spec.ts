import { describe, expect, it } from '@jest/globals';
import type { Step } from '../model.js';
import { parseDeal } from '../parse-deal.js';
import { faultsOf, placeOf, SMALL_DEAL, small, withBlocks, withSteps } from '../small-deal.fixture.js';

const BLOCKS = `ledgers: {pdl: {}, other: {}}
groups: {both: [A, B]}
facilities: {line: {provider: bank, draw: 0.00 USD}}
hedges: {swap: {counterparty: bank, notional: B.opening, receives: {rate: sofr, dayCount: ACT/360}}}
triggers: {bad: {when: losses > 5.00 USD, sticky: true}}`;

/** The step that a text reads to, in a document that has one of everything and pays nothing for certain before it. */
function stepOf(text: string): Step | undefined {
  const { deal, diagnostics } = parseDeal(
    withBlocks(
      BLOCKS,
      ['poolClosing}\n', 'poolClosing, cap: 5.00 USD}\n'],
      ['interest: [A, B]', 'when: losses > 0.00 USD, interest: [A, B]'],
      [
        '  - {step: rest',
        `  - {step: owed, repay: line, from: [collection]}\n  - {step: it, ${text}}\n  - {step: rest`,
      ],
    ),
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return deal?.priorities[0]?.steps.find(({ id }) => id === 'it');
}

const one = (name: string): object => ({ kind: 'one', name, until: null, limit: null });
const FROM = 'from: [collection]';

describe('what steps do', () => {
  it.each<[string, object]>([
    [`feeExcess: servicing, ${FROM}`, { kind: 'fee-excess', fee: 'servicing' }],
    [`interest: A, ${FROM}`, { kind: 'interest', to: one('A') }],
    [`interest: [A, B], ${FROM}`, { kind: 'interest', to: { kind: 'pro-rata', of: [one('A'), one('B')], by: null } }],
    [
      `interest: {sequential: [A, B]}, ${FROM}`,
      { kind: 'interest', to: { kind: 'sequential', of: [one('A'), one('B')] } },
    ],
    [
      `interest: both, method: sequential, ${FROM}`,
      { kind: 'interest', to: { kind: 'sequential', of: [one('A'), one('B')] } },
    ],
    [`carryover: B, ${FROM}`, { kind: 'carryover', to: one('B') }],
    [
      `priorityPrincipal: netLoss, to: A, ${FROM}`,
      { kind: 'priority-principal', to: one('A'), method: { kind: 'sequential' } },
    ],
    [
      `principal: netLoss, to: [A, B], method: "pro rata until bad, then sequential", ${FROM}`,
      { kind: 'principal', method: { kind: 'pro-rata-until', trigger: 'bad' }, to: { kind: 'pro-rata' } },
    ],
    ['capitalise: B', { kind: 'capitalise', tranche: 'B' }],
    ['advance: netLoss, to: B', { kind: 'advance', amount: { text: 'netLoss' }, tranche: 'B' }],
    ['writeDown: netLoss, to: [B, A]', { kind: 'write-down', to: { kind: 'sequential', of: [one('B'), one('A')] } }],
    ['writeUp: netLoss, to: [A, B]', { kind: 'write-up', to: { kind: 'sequential', of: [one('A'), one('B')] } }],
    [`replenish: pdl, into: reserve, ${FROM}`, { kind: 'replenish-ledger', ledger: 'pdl', into: 'reserve' }],
    ['release: reserve, into: collection', { kind: 'release', account: 'reserve', into: 'collection' }],
    [`transfer: netLoss, into: reserve, ${FROM}`, { kind: 'transfer', amount: { text: 'netLoss' }, into: 'reserve' }],
    ['transfer: all, into: collection, from: [reserve]', { kind: 'transfer', amount: 'all', into: 'collection' }],
    [
      `pay: 5.00 USD, payee: bank, carry: true, ${FROM}`,
      { kind: 'pay', amount: { text: '5.00 USD' }, payee: 'bank', carry: true },
    ],
    [`hedge: swap, ${FROM}`, { kind: 'hedge', hedge: 'swap' }],
    [`add: netLoss, to: pdl`, { kind: 'book', change: 'add', to: one('pdl') }],
    [
      `subtract: netLoss, to: [{ledger: pdl, until: 5.00 USD}, other]`,
      {
        kind: 'book',
        change: 'subtract',
        to: { kind: 'sequential', of: [{ name: 'pdl', until: { text: '5.00 USD' } }, one('other')] },
      },
    ],
    [`set: netLoss, to: pdl`, { kind: 'book', change: 'set' }],
    [
      `compute: {x: netLoss, y: x + 1.00 USD}`,
      { kind: 'compute', values: [{ name: 'x', formula: { unit: 'money' } }, { name: 'y' }] },
    ],
    [
      `if: bad, then: [{step: a, pay: 1.00 USD, payee: bank, ${FROM}}], else: [{step: b, pay: 2.00 USD, payee: bank, ${FROM}}]`,
      { kind: 'if', condition: { text: 'bad', unit: 'flag' }, then: [{ id: 'a' }], otherwise: [{ id: 'b' }] },
    ],
  ])('%s', (text, action) => {
    expect(stepOf(text)?.action).toMatchObject(action);
  });

  it('repays a facility', () => {
    const text = withBlocks(BLOCKS, [
      '  - {step: rest',
      '  - {step: it, repay: line, from: [collection]}\n  - {step: rest',
    ]);
    expect(parseDeal(text).deal?.priorities[0]?.steps[4]?.action).toEqual({ kind: 'repay', facility: 'line' });
  });

  it('pays the residual to a class', () => {
    const { deal } = parseDeal(small(['residual: sponsor', 'residual: B']));
    expect(deal?.priorities[0]?.steps[4]?.action).toEqual({ kind: 'residual', payee: 'B' });
  });

  it('has a label, a condition and bounds', () => {
    const text = `label: Some, when: losses > 0.00 USD, limit: 9.00 USD, share: 50 %, keep: 3.00 USD, pay: all, payee: bank, ${FROM}`;
    expect(stepOf(text)).toMatchObject({
      label: 'Some',
      when: { text: 'losses > 0.00 USD' },
      limits: { limit: { text: '9.00 USD' }, share: 500_000_000_000n, keep: { text: '3.00 USD' } },
      from: ['collection'],
    });
  });

  it('a release is paid by the account itself', () => {
    expect(stepOf('release: reserve, into: collection')?.from).toEqual(['reserve']);
  });
});

describe('recipients', () => {
  const to = (text: string): unknown => {
    const action = stepOf(`principal: netLoss, to: ${text}, method: sequential, ${FROM}`)?.action;
    return action && 'to' in action ? action.to : undefined;
  };

  it('a list inside a list alternates', () => {
    expect(to('[A, [B]]')).toMatchObject({ kind: 'sequential', of: [one('A'), { kind: 'pro-rata', of: [one('B')] }] });
  });

  it('a group stands for its classes', () => {
    expect(to('[both]')).toMatchObject({ kind: 'sequential', of: [{ kind: 'pro-rata', of: [one('A'), one('B')] }] });
  });

  it('a class may come again once it was bounded', () => {
    expect(to('[{class: A, until: 5.00 USD}, B, A]')).toMatchObject({
      of: [{ name: 'A', until: { text: '5.00 USD' } }, one('B'), one('A')],
    });
  });

  it('shares may have weights', () => {
    expect(to('{pro rata: [A, B], by: [1, B.original / A.original]}')).toMatchObject({
      kind: 'pro-rata',
      by: [{ text: '1' }, { text: 'B.original / A.original' }],
    });
  });

  it.each<[string, string, string, number, string]>([
    ['a class twice', '[A, B, A]', 'A], method', 0, 'duplicate-name'],
    ['too few weights', '{pro rata: [A, B], by: [1]}', '[1]', 0, 'arguments'],
    ['an unknown class', '[A, {class: D, until: 1.00 USD}]', 'D, until', 0, 'unknown-tranche'],
    ['an unknown field', '[A, {class: B, til: 1.00 USD}]', 'til', 0, 'unknown-field'],
    ['a ledger', '[A, {ledger: B}]', '{ledger', 0, 'missing-field'],
  ])('%s', (_, list, part, within, code) => {
    const text = small(['to: [A, B], method', `to: ${list}, method`]);
    expect(faultsOf(text)[0]).toMatchObject({ ...placeOf(text, part, within), code });
  });

  it.each<[string, string]>([
    ['step: w, writeUp: netLoss, to: [{class: B, until: 5.00 USD}]', '5.00 USD'],
    ['step: w, set: netLoss, to: [{ledger: pdl, until: 5.00 USD}, other]', '5.00 USD'],
    ['step: w, set: netLoss, to: {ledger: pdl, limit: 6.00 USD}', '6.00 USD'],
  ])('a bound that means nothing is refused: %s', (step, part) => {
    const text = withBlocks('ledgers: {pdl: {}, other: {}}', ['  - {step: rest', `  - {${step}}\n  - {step: rest`]);
    expect(faultsOf(text)[0]).toMatchObject({ ...placeOf(text, part), code: 'recipients' });
  });

  it('a group has no bound of its own', () => {
    const text = withBlocks('groups: {both: [A, B]}', ['to: [A, B]', 'to: [{class: both, until: 1.00 USD}]']);
    expect(faultsOf(text)[0]).toMatchObject({ ...placeOf(text, 'both, until'), code: 'recipients' });
  });
});

describe('faults of a step', () => {
  it.each<[string, string, string, number, string, string]>([
    ['two verbs', `step: x, pay: all, fee: servicing, payee: bank, ${FROM}`, '{step: x', 0, 'step', 'fee and pay'],
    ['no verb', `step: x, ${FROM}`, '{step: x', 0, 'step', 'one of fee,'],
    ['no accounts', 'step: x, pay: 1.00 USD, payee: bank', '{step: x', 0, 'missing-field', '"from"'],
    ['no payee', `step: x, pay: 1.00 USD, ${FROM}`, '{step: x', 0, 'missing-field', '"payee"'],
    [
      'a list without a method',
      `step: x, principal: netLoss, to: [A, B], ${FROM}`,
      '{step: x',
      0,
      'missing-field',
      '"method"',
    ],
    [
      'accounts of a step without cash',
      `step: x, capitalise: B, ${FROM}`,
      '[collection]}\n  - {step: rest',
      0,
      'unknown-field',
      'no cash',
    ],
    [
      'a bound of a step without cash',
      'step: x, capitalise: B, limit: 1.00 USD',
      '1.00 USD',
      0,
      'unknown-field',
      'limit',
    ],
    [
      'a field of another verb',
      `step: x, pay: 1.00 USD, payee: bank, method: sequential, ${FROM}`,
      'sequential, from: [collection]}\n  - {step: rest',
      0,
      'unknown-field',
      'method',
    ],
    ['more than all', `step: x, pay: 1.00 USD, payee: bank, share: 101 %, ${FROM}`, '101 %', 0, 'share', '100 %'],
    [
      'an account that pays itself',
      `step: x, transfer: 1.00 USD, into: collection, ${FROM}`,
      '[collection]}\n  - {step: rest',
      0,
      'accounts',
      'itself',
    ],
    ['a release into itself', 'step: x, release: reserve, into: reserve', '{step: x', 0, 'accounts', 'itself'],
    [
      'a payee with the name of the last one',
      `step: residual, pay: 1.00 USD, payee: bank, ${FROM}`,
      'residual, pay',
      0,
      'reserved-name',
      'last payee',
    ],
    [
      'the name of what is collected',
      `step: collections, pay: 1.00 USD, payee: bank, ${FROM}`,
      'collections, pay',
      0,
      'reserved-name',
      'begins',
    ],
    ['a name that is taken', `step: A, pay: 1.00 USD, payee: bank, ${FROM}`, 'A, pay', 0, 'duplicate-name', 'tranche'],
    [
      'a condition that is an amount',
      `step: x, when: netLoss, pay: 1.00 USD, payee: bank, ${FROM}`,
      'netLoss, pay',
      0,
      'unit',
      'true or false',
    ],
    ['an unknown ledger', 'step: x, add: netLoss, to: pdl', 'pdl', 0, 'unknown-ledger', 'pdl'],
    ['an unknown hedge', `step: x, hedge: swap, ${FROM}`, 'swap', 0, 'unknown-hedge', 'swap'],
    ['an unknown facility', `step: x, repay: line, ${FROM}`, 'line', 0, 'unknown-facility', 'line'],
    ['an unknown state', 'step: x, enter: over', 'over', 0, 'unknown-state', 'over'],
    ['an arm that is missing', 'step: x, if: losses > 0.00 USD', '{step: x', 0, 'missing-field', '"then"'],
    [
      'a formula that YAML cut at its comma',
      `step: x, pay: max(netLoss, excess), payee: bank, ${FROM}`,
      'excess)',
      0,
      'unknown-field',
      'stands in quotes',
    ],
    [
      'a value of a later step',
      `step: x, pay: rest.paid, payee: bank, ${FROM}`,
      'rest.paid',
      0,
      'not-yet-known',
      'rest',
    ],
    ['a value of the step itself', `step: x, pay: x.due, payee: bank, ${FROM}`, 'x.due', 0, 'not-yet-known', 'x'],
  ])('%s', (_, step, part, within, code, hint) => {
    const text = withSteps(step);
    const found = faultsOf(text).find((fault) => fault.code === code);
    expect(found).toMatchObject({ ...placeOf(text, part, within), code });
    expect(found?.message).toContain(hint);
  });

  it('a computed value is known below its line only', () => {
    const text = withSteps('step: x, compute: {a: b, b: netLoss}');
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, 'b, b:'), code: 'not-yet-known' }]);
  });

  it('what a step paid is known below it, and as of the last date above it', () => {
    const later = withSteps(`step: x, pay: refill.short, payee: bank, ${FROM}`);
    expect(faultsOf(later)).toEqual([]);
    const earlier = small(['excess + netLoss', 'excess + previous(rest.paid)']);
    expect(faultsOf(earlier)).toEqual([]);
  });
});

describe('priorities by state', () => {
  const steps = SMALL_DEAL.slice(SMALL_DEAL.indexOf('  - {step: payFee'));
  const nested = steps.replaceAll('  - ', '    - ');
  const second = nested.replaceAll('{step: ', '{step: later_');
  const STATES = 'states: {early: {}, late: {when: losses > 5.00 USD}}';

  it('are read in the document order', () => {
    const text = withBlocks(STATES, [steps, `  early:\n${nested}  late:\n${second}`]);
    const { deal, diagnostics } = parseDeal(text);
    expect(diagnostics).toEqual([]);
    expect(deal?.priorities.map(({ state, steps: { length } }) => [state, length])).toEqual([
      ['early', 5],
      ['late', 5],
    ]);
  });

  it('of a state that there is not', () => {
    const text = withBlocks(STATES, [steps, `  early:\n${nested}  lat:\n${second}`]);
    expect(faultsOf(text)).toMatchObject([{ ...placeOf(text, 'lat:'), code: 'unknown-state' }]);
  });
});
