import { describe, expect, it } from '@jest/globals';
import { faultsOf, placeOf, SMALL_DEAL, small } from '../small-deal.fixture.js';

const COLLECTIONS = 'collections: {items: [collected], account: collection, suspense: suspense}';

/** The small deal whose collections go into two accounts. */
function collecting(first: string, second: string, formulas: string): string {
  expect(SMALL_DEAL).toContain(COLLECTIONS);
  return small(
    [
      COLLECTIONS,
      `collections: {suspense: suspense, groups: [{account: collection, items: [${first}]}, {account: reserve, items: [${second}]}]}`,
    ],
    ['  excess:', `${formulas}\n  excess:`],
    ['sofr: signed rate', 'sofr: signed rate\n  fees: money'],
  );
}

describe('a report item that is collected twice', () => {
  it.each([
    ['collected', 'all_', '  all_: collected + fees'],
    ['collected', 'part', '  part: max(0, collected - 5.00 USD)'],
    ['collected', 'again', '  part: collected\n  again: 50 % * part'],
    ['all_, part', 'fees', '  all_: collected\n  part: if(losses > 0.00 USD, roundDown(collected), 0.00 USD)'],
    ['half', 'rest_', '  half: collected * 3 / 4\n  rest_: collected / 2'],
  ])('%s and %s', (first, second, formulas) => {
    const text = collecting(first, second, formulas);
    expect(faultsOf(text)).toMatchObject([
      { ...placeOf(text, 'collections: {', 'collections: '.length), code: 'counted-twice', severity: 'warning' },
    ]);
  });

  it.each([
    ['collected', 'fees', ''],
    ['part', 'rest_', '  part: min(collected, 100.00 USD)\n  rest_: collected - part'],
    ['part', 'rest_', '  part: collected * 3 / 4\n  rest_: collected / 4'],
    ['collected', 'advance', '  advance: max(0, fees - collected)'],
    ['fees', 'net', '  net: collected - fees'],
  ])('is none of %s and %s, which are different cash', (first, second, formulas) => {
    expect(faultsOf(collecting(first, second, formulas)).map(({ code }) => code)).not.toContain('counted-twice');
  });

  it('is found at once where each formula doubles the one before', () => {
    // 2^40 times what is collected: without taking each formula once, this would never end.
    const chain = Array.from({ length: 40 }, (_, i) => `  x${i + 1}: x${i} + x${i}`).join('\n');
    const text = collecting('x40', 'fees', `  x0: collected\n${chain}`);
    expect(faultsOf(text).map(({ code }) => code)).toEqual(['counted-twice']);
  });
});
