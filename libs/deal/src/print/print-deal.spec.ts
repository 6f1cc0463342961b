import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { type Deal, parseDeal, printDeal } from '../index.js';

const TEMPLATES = new URL('../../templates/', import.meta.url);
const WHOLE = readFileSync(new URL('../../test/whole-language.yaml', import.meta.url), 'utf8');
const AUTO = readFileSync(new URL('auto.yaml', TEMPLATES), 'utf8');

function read(text: string): Deal {
  const { deal, diagnostics } = parseDeal(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return deal as Deal;
}

/** A deal without its text and the places in it; `at` is also when a trigger is tested, which has a test of its own. */
function terms(deal: Deal): unknown {
  const places = ['text', 'line', 'column', 'at', 'path'];
  return JSON.parse(
    JSON.stringify(deal, (key, value: unknown) => {
      // Of a formula, the text counts as well as what was read of it.
      if (places.includes(key) && !(key === 'text' && value !== deal.text)) return undefined;
      return typeof value === 'bigint' ? `${value}n` : value;
    }),
  );
}

function expectSame(text: string): void {
  const deal = read(text);
  const printed = printDeal(deal);
  expect(terms(read(printed))).toEqual(terms(deal));
  // Printed once, it stays as it is.
  expect(printDeal(read(printed))).toBe(printed);
}

describe('a printed deal reads as the same deal', () => {
  it.each(readdirSync(TEMPLATES).filter((name) => name.endsWith('.yaml')))('%s', (name) => {
    expectSame(readFileSync(new URL(name, TEMPLATES), 'utf8'));
  });

  it('every field and step of the language', () => {
    expectSame(WHOLE);
  });

  it('says when a trigger is tested', () => {
    expect(read(printDeal(read(WHOLE))).triggers.map(({ at }) => at)).toEqual(['start', 'start', 'end', 'step']);
  });

  const amount = fc
    .bigInt({ min: 0n, max: 10n ** 15n })
    .map((cents) => `${cents / 100n}.${cents % 100n < 10n ? '0' : ''}${cents % 100n}`);
  const atom = fc.oneof(
    amount.map((text) => `${text} USD`),
    fc.constantFrom(
      'poolClosing',
      'chargeOffs',
      'A.balance',
      'notes.opening',
      'previous(recoveries)',
      'total(chargeOffs, 3)',
    ),
  );
  /** Amounts of all shapes, with brackets where the grammar needs them. */
  const formula = fc.letrec<{ amount: string; flag: string }>((tie) => ({
    amount: fc.oneof(
      { maxDepth: 4 },
      atom,
      fc.tuple(tie('amount'), fc.constantFrom('+', '-'), tie('amount')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('amount'), fc.constantFrom('* 1.5', '* 2.5 %', '/ 12', '/ -3')).map((parts) => parts.join(' ')),
      fc
        .tuple(fc.constantFrom('min', 'max'), tie('amount'), tie('amount'))
        .map(([name, a, b]) => `${name}(${a},\n ${b})`),
      fc.tuple(tie('flag'), tie('amount'), tie('amount')).map(([flag, a, b]) => `if(${flag}, ${a}, ${b})`),
      tie('amount').map((text) => `-abs(${text})`),
    ),
    flag: fc.oneof(
      { maxDepth: 3 },
      fc.tuple(tie('amount'), fc.constantFrom('<', '>=', '!='), tie('amount')).map((parts) => parts.join('  ')),
      fc.tuple(tie('flag'), fc.constantFrom('and', 'or'), tie('flag')).map((parts) => `(${parts.join(' ')})`),
      tie('flag').map((text) => `not ${text}`),
      fc.constantFrom('true', 'cumulativeNetLoss', 'paymentDate > 2025-06-15'),
    ),
  }));
  const label = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() === text && text !== '');

  it('any formula, label and amount', () => {
    const change = fc.record({
      amount: formula.amount,
      flag: formula.flag,
      label,
      cents: fc.array(amount, { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(change, ({ amount: fee, flag, label: text, cents }) => {
        const edits: [string, string][] = [
          [
            'amount: 1 % / 12 * poolOpening',
            stringify({ amount: fee }, { schema: 'failsafe', lineWidth: 0 }).trim().replaceAll('\n', '\n    '),
          ],
          [
            'step: servicingFee',
            stringify({ step: 'servicingFee', label: text, when: `cumulativeNetLoss or ${flag}` }, { lineWidth: 0 })
              .trim()
              .replaceAll('\n', '\n    '),
          ],
          ['formulas:', `schedules:\n  pac: {unit: money, values: [${cents.join(', ')}]}\nformulas:`],
        ];
        expectSame(edits.reduce((document, [from, to]) => document.replace(from, () => to), AUTO));
      }),
      { numRuns: 40 },
    );
  });
});
