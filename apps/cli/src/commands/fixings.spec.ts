import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { Folder, MONTHS, TINY } from '../tiny-deal.fixture.js';

/**
 * The tiny deal with B at SOFR + 7 %, set two business days before the interest period: 30 December 2024 for January (1 January
 * is a holiday), 30 January for February, 27 February for March. At 5 %, 5.6 % and 5 % B bears 2.00, 2.10 and 2.00 a month.
 * AB is half of A and half of B.
 */
const FLOATING = TINY.replace('coupon: 12 %', 'coupon: b')
  .replace(
    '  principalCollected: money\n',
    '  principalCollected: money\n  sofr: { unit: rate, index: { method: set in advance, lookback: 2 business days, calendar: us-government-securities } }\n',
  )
  .replace('formulas: {', 'combinations: { AB: { A: 50 %, B: 50 % } }\nformulas: { b: sofr + 7 %,');
const FIXINGS = 'date,rate\n2024-12-30,5 %\n2025-01-30,5.6 %\n2025-02-27,5 %\n';

const folder = new Folder();
let [deal, fixings, reports] = ['', '', ''];
beforeAll(async () => {
  await folder.open();
  deal = await folder.file('deal.yaml', FLOATING);
  fixings = await folder.file('sofr.csv', FIXINGS);
  const rows = MONTHS.map((month, index) => [index + 1, ...Object.values(month)].join(','));
  reports = await folder.file(
    'reports.csv',
    `period,poolOpening,interestCollected,principalCollected\n${rows.join('\n')}\n`,
  );
});
afterAll(() => folder.close());

interface Paid {
  tranches: Record<string, Record<string, string>>;
  combinations: Record<string, Record<string, string>>;
}

describe('--fixings', () => {
  it('of weir pay: the report need not say the index', async () => {
    const { code, out, err } = await weir('pay', deal, '--report', reports, '--fixings', fixings, '--json');
    expect([code, err]).toEqual([0, '']);
    const { tranches, combinations } = JSON.parse(out) as Paid;
    expect(tranches['B']?.['interestPaid']).toBe('2.00');
    // half of 800.00 and of 200.00; of 4.00 and 2.00; of 300.00 and nothing; of 500.00 and 200.00
    expect(combinations['AB']).toMatchObject({
      opening: '500.00',
      interestPaid: '3.00',
      principalPaid: '150.00',
      closing: '350.00',
      factor: '0.700000000000',
    });
  });

  it('of weir pay: a day that is missing is named', async () => {
    const late = await folder.file('late.csv', 'date,rate\n2025-01-30,5.6 %\n');
    const { code, err } = await weir('pay', deal, '--report', reports, '--fixings', late);
    expect(code).toBe(2);
    expect(err).toContain('sofr of payment date 1 (2025-01-01 to 2025-02-01): the fixings have no rate for 2024-12-30');
  });

  it('of weir tieout: combinations tie out too', async () => {
    const trustee = await folder.file(
      'trustee.csv',
      'period,B.interestPaid,AB.interestPaid,AB.closing\n1,2.00,3.00,350.00\n2,2.10,2.30,200.00\n3,2.00,1.50,0.00\n',
    );
    const { code, out } = await weir('tieout', deal, '--reports', reports, '--trustee', trustee, '--fixings', fixings);
    expect(out).toContain('9 figures of 3 payment dates compared, 0 differ');
    expect(code).toBe(0);
  });

  it('of weir project: they go before the scenario’s rates, which hold beyond', async () => {
    const known = await folder.file('known.csv', 'date,rate\n2024-12-30,5 %\n2025-01-30,5.6 %\n');
    const scenario = await folder.file('scenario.yaml', 'prepayment: none\nrates: { sofr: 11 % }\n');
    const collections = ['--collections', reports, '--fixings', known];
    const { code, out, err } = await weir('project', deal, ...collections, '--scenario', scenario, '--json');
    expect([code, err]).toEqual([0, '']);
    const { lines } = (JSON.parse(out) as { scenarios: { lines: Record<string, string[]> }[] }).scenarios[0] ?? {
      lines: {},
    };
    // 11 + 7 % of 200.00 a month is 3.00
    expect(lines['B.interestPaid']).toEqual(['2.00', '2.10', '3.00']);
    expect(lines['AB.interestPaid']).toEqual(['3.00', '2.30', '2.00']);
    const text = await weir('project', deal, ...collections, '--scenario', scenario);
    expect(text.out).toContain('Combination AB by payment date (shares of classes, each rounded down to the cent)');
  });
});
