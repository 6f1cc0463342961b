import { describe, expect, it } from '@jest/globals';
import type { PoolLine } from '@weir/collateral';
import { flowsAtPsa, livesOf, outstanding, projectable, projectionOf, recordsOf } from './projected.js';
import { tableOf } from './replayed.js';

const FOLDER = 'fannie-2006-018-1';
const SPEEDS = [0, 100, 147, 180, 227, 250, 375, 500];
const AT_0: PoolLine[] = [{ balance: 13_265_306_100, grossRate: 0.08, netRate: 0.055, remainingTerm: 360, age: 0 }];
const LINES: PoolLine[] = [
  { balance: 3_741_496_600, grossRate: 0.0594, netRate: 0.055, remainingTerm: 349, age: 9 },
  { balance: 9_523_809_500, grossRate: 0.0594, netRate: 0.055, remainingTerm: 348, age: 10 },
];
const deal = projectable(FOLDER);
const at = (psa: number) => projectionOf(deal, flowsAtPsa(psa === 0 ? AT_0 : LINES, psa));

describe('Fannie Mae REMIC Trust 2006-018 Group 1', () => {
  it.each(SPEEDS)('has the published average lives at %i %% PSA', (psa) => {
    const published = recordsOf(tableOf(FOLDER, 'published-lives'));
    const wanted = Object.fromEntries(published.map((row) => [row['class'] ?? '', row[String(psa)] ?? '']));
    expect(livesOf(deal, at(psa), 1)).toEqual(wanted);
  });

  it.each([0, 100])('has the published percentages of every class and year at %i %% PSA', (psa) => {
    const projection = at(psa);
    const rows = recordsOf(tableOf(FOLDER, 'published-decrements')).filter((row) => row['psa'] === String(psa));
    const cells = rows.flatMap((row) =>
      Array.from({ length: 30 }, (_, index) => {
        const name = row['class'] ?? '';
        const year = String(2007 + index);
        return { name, year, wanted: row[year], found: outstanding(projection, name, 12 * (index + 1)) };
      }),
    );
    expect(cells).toHaveLength(15 * 30);
    expect(cells.filter(({ wanted, found }) => found.text !== wanted)).toEqual([]);
  });
});
