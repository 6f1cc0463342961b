import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { lowered } from '../../fixtures/lowered.js';
import { smallText } from '../../fixtures/small-deal.js';
import { compileDeal } from './compile-deal.js';

const NOTHING = 'A.original - A.original';
const DIVIDES = 'this divides by zero';
const LITERAL = 'the first money must be known at closing; write a literal';

describe('formulas that have no program', () => {
  it.each([
    ['1.00 EUR - 2.00 EUR', 'negative', 'this is negative, and stays so; write max(0, …) or swap the terms'],
    [`m / (${NOTHING}) * m`, 'division-by-zero', DIVIDES],
    ['q + 1 / 3', 'precision', 'this number has more than 12 decimals; multiply it by an amount first'],
    // 3^81 is above 2^128
    [
      `m * ${Array.from({ length: 81 }, () => '3').join(' * ')}`,
      'constant-range',
      'a constant in this formula is too large; use fewer decimals',
    ],
    ['previous(m, n)', 'not-at-closing', LITERAL],
    ['previous(m, n + 1.00 EUR)', 'not-at-closing', LITERAL],
    ['previous(m, 1.00 EUR - n)', 'not-at-closing', LITERAL],
  ])('%s: %s', (formula, code, message) => {
    const { found, value } = lowered(formula);
    expect(found).toMatchObject([{ severity: 'error', code, message, path: 'formulas.x' }]);
    // What has a fault reads as unknown, so that all of a document's are found at once, and none that only follow.
    expect(value).toBe('?');
  });

  it('are reported at their own place and not at the formula', () => {
    const formula = `m + n / (${NOTHING}) * m`;
    const { found, begins } = lowered(formula);
    const at = begins.column + formula.indexOf('*');
    expect(found).toMatchObject([{ line: begins.line }]);
    expect(found[0]!.column).toBeGreaterThan(begins.column);
    expect(found[0]!.column).toBeLessThanOrEqual(at);
  });
});

describe('a trigger that has no program', () => {
  it('is reported alone', () => {
    const { deal } = parseDeal(smallText({ report: ['q: ratio'], triggers: ['t: {when: q + 1 / 3 > 1}'] }));
    expect(() => compileDeal(deal!)).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'precision' })] }),
    );
  });
});
