import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AutoRow, autoTape } from '../auto-tape.fixture.js';
import { weir } from '../run-weir.fixture.js';
import { Folder } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(120_000);

const DUE: AutoRow = { reportingPeriodScheduledPaymentAmount: '104.50' };
const february = (interest: string, principal: string, closing: string): AutoRow => ({
  ...{ reportingPeriodBeginningDate: '02-01-2025', reportingPeriodEndingDate: '02-28-2025' },
  ...{ reportingPeriodBeginningLoanBalanceAmount: '900.00', reportingPeriodActualEndBalanceAmount: closing },
  ...{ actualInterestCollectedAmount: interest, actualPrincipalCollectedAmount: principal },
  totalActualAmountPaid: (Number(interest) + Number(principal)).toFixed(2),
});

/**
 * Three loans of 900.00 at 6 % with a payment of 104.50, so that 4.50 and 100.00 are due. The first pays that; the second
 * after 40 days: 900.00 × 6 % × 40 ÷ 365 = 5.92; the third's interest of 4.75 is of no whole days (32.1).
 */
const JANUARY = autoTape(DUE, DUE, DUE);
const FEBRUARY = autoTape(
  february('4.50', '100.00', '800.00'),
  february('5.92', '98.58', '801.42'),
  february('4.75', '99.75', '800.25'),
);

const folder = new Folder();
let files: string[];
beforeAll(async () => {
  await folder.open();
  const [previous, tape] = [await folder.file('january.csv', JANUARY), await folder.file('february.csv', FEBRUARY)];
  files = ['--tape', tape, '--previous', previous, '--key', 'assetNumber'];
});
afterAll(() => folder.close());

describe('weir expected', () => {
  it('reconciles every loan, and says what moved the split', async () => {
    const { code, out, err } = await weir('expected', ...files, '--csv');
    expect([code, err]).toEqual([1, '']);
    expect(out.trim().split('\n').slice(1)).toEqual([
      '1,2,4.50,100.00,104.50,4.50,100.00,104.50,0.00,0.00,as due,a month,',
      '2,3,4.50,100.00,104.50,5.92,98.58,104.50,1.42,-1.42,as due,days,40',
      '3,4,4.50,100.00,104.50,4.75,99.75,104.50,0.25,-0.25,as due,unexplained,',
    ]);
  });

  it('adds up by kind, in text and as data', async () => {
    const { out } = await weir('expected', ...files, '--json');
    expect(JSON.parse(out)).toMatchObject({
      assetClass: 'auto-loan',
      all: {
        loans: 3,
        expected: { interest: '13.50', principal: '300.00' },
        reported: { interest: '15.17', principal: '298.33' },
      },
      ...{ unknown: 0, added: 0, gone: 0 },
    });
    const text = (await weir('expected', ...files)).out;
    expect(text).toMatch(/as due +days +1 +4\.50 +5\.92 +1\.42 +100\.00 +98\.58 +-1\.42/);
    expect(text).toMatch(/Interest that nothing explains\n.*\n.*\n +4 +3 +as due +4\.50 +4\.75/);
  });

  it('knows 360 days a year, a tolerance, and tapes in the wrong order', async () => {
    // 900.00 × 6 % × 32 ÷ 360 = 4.80: within 0.08 of 4.75, as 5.85 of 39 days is of 5.92
    const { code, out } = await weir('expected', ...files, '--csv', '--days-in-year', '360', '--tolerance', '0.08');
    expect(code).toBe(0);
    expect(out).toContain('3,4,4.50,100.00,104.50,4.75,99.75,104.50,0.25,-0.25,as due,days,32');
    const turned = await weir(
      'expected',
      '--tape',
      files[3] ?? '',
      '--previous',
      files[1] ?? '',
      '--key',
      'assetNumber',
    );
    expect([turned.code, turned.err]).toEqual([2, expect.stringContaining('give the month before')]);
    const odd = await weir('expected', ...files, '--days-in-year', '366');
    expect([odd.code, odd.err]).toEqual([2, expect.stringContaining('give 360 or 365')]);
  });

  it('refuses a month whose rates are of another unit, by row, column and cell', async () => {
    const percent: AutoRow = { ...DUE, reportingPeriodInterestRatePercentage: '6' };
    const previous = await folder.file('percent.csv', autoTape(percent, percent, percent));
    const tape = await folder.file('february.csv', FEBRUARY);
    const { code, out, err } = await weir('expected', '--tape', tape, '--previous', previous, '--key', 'assetNumber');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('percent.csv: all 3 rows are blocked');
    expect(err).toMatch(/row 2, column reportingPeriodInterestRatePercentage: .*; row 2 reads 6 \(unit-in-doubt\): /);
  });

  describe('of principal above the balance of 900.00', () => {
    const against = async (...rows: AutoRow[]) => {
      const tape = await folder.file('above.csv', autoTape(...rows));
      return weir('expected', '--tape', tape, ...files.slice(2));
    };
    // The tape itself says nothing of it: it opens where it must, so that only what stood in January tells.
    const opened = (principal: string): AutoRow => ({
      ...february('4.50', principal, '0.00'),
      reportingPeriodBeginningLoanBalanceAmount: '0.00',
      otherPrincipalAdjustmentAmount: '0.00',
    });

    it('refuses the month by row and cell', async () => {
      // 900.00 and a tenth are 990.00.
      const { code, out, err } = await against(february('4.50', '100.00', '800.00'), opened('990.01'));
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('row 3, column actualPrincipalCollectedAmount: 990.01, and 900.00 was owed');
      expect(err).toContain('check these cells with the servicer');
    });

    it('lists what a fee may explain, exit status 1', async () => {
      const { code, out } = await against(february('4.50', '100.00', '800.00'), opened('990.00'));
      expect(code).toBe(1);
      expect(out).toMatch(/Principal above what was owed\n.*\n.*\n +3 +2 +more than owed .*990\.00/);
    });

    it('leaves out rows that say it by themselves, exit status 1', async () => {
      // Opens at 900.00.
      const above = february('4.50', '990.01', '0.00');
      const { code, out, err } = await against(february('4.50', '100.00', '800.00'), above, above);
      const first = expect.stringContaining('row 3: principal of 990.01 is more than the 900.00 owed');
      expect([code, err, err]).toEqual([
        1,
        first,
        expect.stringMatching(/; and 1 more row: weir tape .* --findings FILE/),
      ]);
      expect(out).toContain('2 rows left out: a finding blocks them');
    });
  });
});
