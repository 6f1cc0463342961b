import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { autoTape, type AutoRow } from '../auto-tape.fixture.js';
import { weir } from '../run-weir.fixture.js';
import { Folder } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(120_000);

const february: AutoRow = {
  ...{ reportingPeriodBeginningDate: '02-01-2025', reportingPeriodEndingDate: '02-28-2025' },
  ...{ reportingPeriodBeginningLoanBalanceAmount: '900.00', reportingPeriodActualEndBalanceAmount: '800.00' },
};

const folder = new Folder();
beforeAll(() => folder.open());
afterAll(() => folder.close());

describe('the data quality of several tapes', () => {
  it('is told tape by tape, with its parts', async () => {
    const before = await folder.file('january.csv', autoTape({}, {}));
    // One of two rows does not roll: 900.00 − 100.00 is not 700.00.
    const wrong = { ...february, reportingPeriodActualEndBalanceAmount: '700.00' };
    const tape = await folder.file('february.csv', autoTape(february, wrong));
    const at = folder.at('quality.csv');
    const options = ['--before', before, '--key', 'assetNumber', '--quality', at];
    const { out } = await weir('tape', tape, ...options, '--json');
    const { qualityByTape } = JSON.parse(out) as {
      qualityByTape: { reportingTo: string; quality: { score: number; parts: Record<string, { score: number }> } }[];
    };
    expect(qualityByTape.map(({ reportingTo }) => reportingTo)).toEqual(['2025-01-31', '2025-02-28']);
    expect(qualityByTape.map(({ quality }) => quality.parts['consistency']?.score)).toEqual([100, 50]);
    // Consistency weighs a quarter, and nothing else differs: 0.25 × 50.
    const [first = 0, last = 0] = qualityByTape.map(({ quality }) => quality.score);
    expect(first - last).toBeCloseTo(12.5, 6);
    const [head, ...rows] = (await readFile(at, 'utf8')).trim().split('\n');
    expect(head).toMatch(/^file,reportingTo,rows,score,validity,validityBecause,completeness,/);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatch(/february\.csv,2025-02-28,2,.*,50\.0,1 figure in 2 rows does not fit the others,/);
    const text = (await weir('tape', tape, ...options)).out;
    expect(text).toMatch(/Data quality by tape\n(.*\n){2} +2025-01-31 +2 .*\n +2025-02-28 +2 +[\d.]+ +-12\.5 /);
  });

  it('of one alone is told once', async () => {
    const { out } = await weir('tape', await folder.file('one.csv', autoTape({})), '--key', 'assetNumber');
    expect(out).toContain('Data quality: ');
    expect(out).not.toContain('by tape');
  });
});
