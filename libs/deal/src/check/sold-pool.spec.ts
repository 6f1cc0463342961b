import { describe, expect, it } from '@jest/globals';
import { faultsOf, placeOf, small } from '../small-deal.fixture.js';

/** The small deal, whose pool the servicer may buy back. */
function callable(price: string, poolClosing = 'poolClosing: money'): string {
  return small(
    ['  poolClosing: money', `  poolOpening: money\n  poolLeft: money\n  ${poolClosing}`],
    ['items: [collected]', 'items: [collected, cleanUp.price]'],
    ['\nformulas:', `\ncalls:\n  cleanUp: {by: servicer, when: poolLeft = 0.00 USD, price: '${price}'}\nformulas:`],
    ['  excess:', '  worth: max(0, poolClosing - 1.00 USD)\n  excess:'],
    ['excess + netLoss', 'excess + netLoss + 0 * worth + 0 * poolOpening'],
  );
}

describe('the price of a pool that is sold', () => {
  it.each(['poolClosing', 'max(poolClosing, notes.opening)', 'worth'])(
    'is not known from what is left: %s',
    (price) => {
      const text = callable(price);
      expect(faultsOf(text)).toMatchObject([
        { ...placeOf(text, `'${price}'}`), code: 'sold-pool', severity: 'warning', path: 'calls.cleanUp.price' },
      ]);
    },
  );

  it('nor by an item of another name that a projection feeds with it', () => {
    const from = 'poolClosing: money\n  bought: {unit: money, from: poolClosing - recoveries}';
    expect(faultsOf(callable('bought', from)).map(({ code }) => code)).toEqual(['sold-pool']);
  });

  it.each(['max(0, poolOpening - collected)', 'notes.opening', 'previous(poolClosing)'])('may be %s', (price) => {
    expect(faultsOf(callable(price))).toEqual([]);
  });
});
