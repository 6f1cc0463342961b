import { describe, expect, it } from '@jest/globals';
import { COMPILED, type Fault, planted, READ, SOUND } from '../../fixtures/planted-faults.js';
import { compileText } from './compile-text.js';

/** Errors as `line:column code`, in the order in which they are given. */
function errorsOf(text: string): string[] {
  return compileText(text).diagnostics.flatMap(({ severity, line, column, code }) =>
    severity === 'error' ? [`${line}:${column} ${code}`] : [],
  );
}

/** The faults whose texts begin so. */
function faults(...beginnings: string[]): Fault[] {
  return beginnings.map((beginning) => {
    const found = [...COMPILED, ...READ].find(({ to }) => to.replace('^', '').startsWith(beginning));
    if (!found) throw new RangeError(`no fault begins with "${beginning}"`);
    return found;
  });
}

const named = (all: readonly Fault[]): [string, Fault][] => all.map((fault) => [`${fault.code}: ${fault.to}`, fault]);

it('a sound document has a program and no diagnostics', () => {
  const { deal, compiled, diagnostics } = compileText(SOUND);
  expect(diagnostics).toEqual([]);
  // 60 % and 100 − 30 − 60 = 10 % of 1,000,000.00, and two amounts
  expect(compiled?.tranches.map(({ original }) => original)).toEqual([60_000_000n, 10_000_000n, 10_000_000n, 0n]);
  expect(deal?.name).toBe('Planted 2025-1');
});

it.each(named(READ))('one fault of reading, one diagnostic at its place: %s', (_, fault) => {
  const { text, expected } = planted([fault]);
  expect(errorsOf(text)).toEqual(expected);
});

it.each(named(COMPILED))('one fault of compiling is found alone, and beside each of reading: %s', (_, one) => {
  const alone = planted([one]);
  expect(errorsOf(alone.text)).toEqual(alone.expected);
  for (const other of READ) {
    const { text, expected } = planted([other, one]);
    expect(errorsOf(text)).toEqual(expected);
  }
});

it('a document with ten faults of all kinds has ten diagnostics, in its order', () => {
  const { text, expected } = planted(
    faults(
      'closing: 2025-13-10',
      'values: [1000.00, many]',
      'extra: {initial: 1.00 USD - 500.00 USD}',
      '12 * poolClosng}',
      '{name: B, creditEnhancement: 99.99 %',
      'coupon: 5.00 USD',
      'third: poolClosing * (weight + 1 / 3)',
      'fourth: poolClosing * 3',
      '{step: refill, replenish: reserve}',
      '{step: bookLoss, add: loss, to: {pro rata',
    ),
  );
  expect(expected).toHaveLength(10);
  expect(errorsOf(text)).toEqual(expected);
});

describe('what hangs on a fault is no fault of its own', () => {
  const errorsWith = (...edits: [from: string, to: string][]): string[] =>
    errorsOf(edits.reduce((text, [from, to]) => text.replace(from, () => to), SOUND)).map(
      (found) => found.split(' ')[1] ?? '',
    );
  const OVERFUNDED: [string, string] = ['extra: {initial: 500.00 USD}', 'extra: {initial: 1500000.00 USD}'];

  it('what the notes raise, where the size of one is not known', () => {
    expect(errorsWith(OVERFUNDED)).toEqual(['funding']);
    expect(errorsWith(OVERFUNDED, ['share: 60 %', 'share: much'])).toEqual(['number']);
    expect(errorsWith(OVERFUNDED, ['share: 60 %', 'share: 0.01 %'])).toEqual(['tranche-empty']);
    expect(errorsWith(OVERFUNDED, ['roundDown: 1000.00, coupon: 5 %', 'coupon: 5 %'])).toEqual(['missing-field']);
    expect(errorsWith(OVERFUNDED, ['tranches:\n', 'trunks:\n'])).toEqual(['missing-field', 'unknown-field']);
  });

  it('the size of a class below one whose size is not known', () => {
    const empty: [string, string] = ['creditEnhancement: 30 %', 'creditEnhancement: 99.99 %'];
    expect(errorsWith(empty)).toEqual(['tranche-empty']);
    expect(errorsWith(empty, ['share: 60 %', 'share: much'])).toEqual(['number']);
    expect(errorsWith(empty, ['share: 60 %', 'share: 120 %'])).toEqual(['share']);
  });

  it('what is computed of the pool, where its balance is no amount', () => {
    const pool: [string, string] = ['cutOffPool: 1000000.00', 'cutOffPool: much'];
    expect(errorsWith(pool, ['share: 60 %', 'share: 0.01 %'])).toEqual(['number']);
    expect(errorsWith(pool, ['third: poolClosing', 'third: 1 / 3 + weight + 0 * cutOffPool'])).toEqual([
      'number',
      'unit',
    ]);
  });

  it('what is computed of dates, of a schedule, of flags that cannot be read', () => {
    const divided: [string, string] = [
      'first: poolClosing + plan',
      'first: poolClosing / monthsInPeriod * (2 - period)',
    ];
    expect(errorsWith(divided, ['paymentDates: 24', 'paymentDates: few'])).toEqual(['number']);
    const target: [string, string] = ['target: 1 % * cutOffPool', 'target: 1 % * poolClosing'];
    expect(errorsWith(target, ['fundedAtClosing: true', 'fundedAtClosing: no'])).toEqual(['choice']);
    const below: [string, string] = ['{signed: true}', '{signed: perhaps, initial: 1.00 USD - 2.00 USD}'];
    expect(errorsWith(below)).toEqual(['choice']);
  });

  it('a unit that follows from one that cannot be read', () => {
    expect(errorsWith(['sofr: signed rate', 'sofr: signed rat'])).toEqual(['choice']);
    expect(errorsWith(['unit: money, values', 'unit: mony, values'])).toEqual(['choice']);
    expect(errorsWith(['currency: USD', 'currency: USX'])).toEqual(['choice']);
  });

  it('what stands twice', () => {
    const twice: [string, string][] = [
      ['third: poolClosing * weight', 'third: poolClosing * (weight + 1 / 3)'],
      ['fourth: poolClosing - plan', 'third: poolClosing'],
    ];
    expect(errorsWith(...twice)).toEqual(['precision', 'duplicate-name', 'unknown-name']);
  });
});

it('of a formula with an unknown name the rest is looked at too', () => {
  const text = SOUND.replace('third: poolClosing * weight', 'third: poolClosng * (weight + 1 / 3)');
  expect(errorsOf(text).map((found) => found.split(' ')[1])).toEqual(['unknown-name', 'precision']);
});

describe('without the pool', () => {
  const unknown = SOUND.replace('collateral: {cutOffPool: 1000000.00}\n', '');

  it('a sound document has no program, and no faults that only follow', () => {
    const { deal, compiled, diagnostics } = compileText(unknown);
    expect(diagnostics).toEqual([]);
    expect(deal).not.toBeNull();
    expect(compiled).toBeNull();
    // 500.00 is more than the pool of 100.00 raises
    expect(compileText(unknown, 10_000n).diagnostics.map(({ code }) => code)).toContain('tranche-empty');
  });

  it('what does not hang on it is found', () => {
    const { text, expected } = planted(faults('losses: {initial: 10.00 USD - 20.00 USD}', '{name: A, share: 0.01 %'));
    expect(errorsOf(text)).toEqual(expected);
    expect(errorsOf(text.replace('cutOffPool: 1000000.00', ''))).toEqual(expected.slice(0, 1));
  });
});

describe('a program that is too large', () => {
  const items = Array.from({ length: 40 }, (_, index) => `item${index}`);
  // 40 items for 60 dates back are 2,400 words of state; a frame has 2,047 slots.
  const large = SOUND.replace('report:\n', `report:\n${items.map((item) => `  ${item}: money\n`).join('')}`).replace(
    'first: poolClosing',
    `first: ${items.map((item) => `lagged(${item}, 60)`).join(' + ')}`,
  );

  it('is refused beside other faults', () => {
    expect(errorsOf(large)).toEqual(['1:1 program']);
    const codes = (from: string, to: string): string[] =>
      errorsOf(large.replace(from, () => to)).map((found) => found.split(' ')[1] ?? '');
    expect(codes('closing: 2025-06-10', 'closing: 2025-13-10')).toEqual(['program', 'date']);
    expect(codes('residual: sponsor', 'residual: sponsr')).toEqual(['program', 'unknown-party']);
    expect(codes('weight\n', 'weight + 1 / 3\n')).toEqual(['program', 'unit']);
    expect(codes('share: 60 %', 'share: 0.01 %')).toEqual(['program', 'tranche-empty']);
  });
});

it('of broken YAML only that is told', () => {
  const { draft, deal, diagnostics } = compileText(SOUND.replace('tranches:\n', 'tranches:\n\t- x\n'));
  expect([draft, deal]).toEqual([null, null]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['yaml']);
});
