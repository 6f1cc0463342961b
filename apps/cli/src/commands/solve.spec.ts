import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { COLLECTIONS, Folder, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const folder = new Folder();
let deal: string;
let collections: string;
beforeAll(async () => {
  await folder.open();
  deal = await folder.file('deal.yaml', TINY);
  collections = await folder.file('collections.csv', COLLECTIONS);
});
afterAll(() => folder.close());

interface Answer {
  sense: string;
  text: string | null;
  measured: number;
  trials: object[];
}

async function solve(path: string, until: string, ...more: string[]): Promise<Answer> {
  const { out, err } = await weir(
    'solve',
    deal,
    '--collections',
    collections,
    '--for',
    path,
    '--until',
    until,
    ...more,
    '--json',
  );
  expect(err).toBe('');
  return JSON.parse(out) as Answer;
}

describe('weir solve', () => {
  it('finds the coupon at which a class is worth par, and writes the solved document', async () => {
    // A monthly coupon of 6 % is a bond-equivalent yield of 2 × (1.005^6 − 1) = 6.0755 %.
    const scenario = await folder.file('yield.yaml', 'yields: [6.0755 %]\n');
    const out = folder.at('solved.yaml');
    const { sense, text, measured } = await solve(
      'tranches.A.coupon',
      'A.price = 100 %',
      '--scenario',
      scenario,
      '--out',
      out,
      '--between',
      '1 %,20 %',
    );
    expect(sense).toBe('equal');
    // 800.00 × c ÷ 12 is paid in whole cents, so the price moves in steps of some 0.002 % of the coupon.
    expect(Number(text?.replace(' %', ''))).toBeCloseTo(6, 1);
    expect(measured).toBeCloseTo(1, 4);
    const solved = await readFile(out, 'utf8');
    expect(solved).toBe(TINY.replace('coupon: 6 %,', `coupon: ${text},`));
  });

  it('takes a price as 100 for par, and exits 1 saying what was looked at when nothing crosses it', async () => {
    const scenario = await folder.file('yield.yaml', 'yields: [6.0755 %]\n');
    const args = ['solve', deal, '--collections', collections, '--scenario', scenario, '--for', 'tranches.A.coupon'];
    const { code, out } = await weir(...args, '--until', 'A.price = 100');
    expect(code).toBe(0);
    expect(out).toMatch(/tranches\.A\.coupon = (5\.9|6\.0)\d* % meets it \(it comes to (99\.99|100\.00)\d* %\)/);
    const none = await weir(...args, '--until', 'A.price = 100', '--between', '10 %,20 %');
    expect(none.code).toBe(1);
    expect(none.out).toContain('no value of the bracket that was looked at meets it');
    expect(none.out).toContain('Looked at 17 values from 10.00 % to 20.00 %');
  });

  it('finds the largest coupon that leaves the sponsor what it wants', async () => {
    // With x of interest to B the sponsor gets 5.00 − x, 3.80 − x and 2.60 − x, none below zero: 8.80 − 2x ≥ 2.40 up to
    // x = 3.20, which is what 200.00 × c ÷ 12 is rounded to while c < 3.205 × 12 ÷ 200 = 19.23 %.
    const { sense, text, measured } = await solve(
      'tranches.B.coupon',
      'total(residual.paid) >= 2.40',
      '--between',
      '0 %,30 %',
    );
    expect([sense, text, measured]).toEqual(['largest', '19.2299 %', 2.4]);
  });

  it('finds the smallest size at which a class is no longer repaid in time', async () => {
    // A gets 300.00 on each of the first two dates: with more than 600.00 it is outstanding after the second.
    const { sense, text } = await solve('tranches.A.amount', 'A.wal > 0.125', '--between', '100.00,800.00');
    // 300 × 1 + (x − 300) × 2 over x ÷ 12 > 1.5 months: 2x − 300 > 1.5x, x > 600.00.
    expect([sense, text]).toEqual(['smallest', '600.01 USD']);
  });

  it('solves for a figure of the scenario', async () => {
    const pool = await folder.file('pool.csv', 'balance,grossRate,remainingTerm\n1000.00,0 %,1\n');
    const scenario = await folder.file('loss.yaml', 'severity: 100 %\n');
    const args = [
      '--pool',
      pool,
      '--scenario',
      scenario,
      '--for',
      'scenario.default.mdr',
      '--until',
      'A.paidInFull',
      '--json',
    ];
    const { code, out } = await weir('solve', deal, ...args);
    // 807.00 must come in (7.00 of fees and interest, 800.00 of A); half a cent less rounds up to it: 19.3005 %.
    expect(code).toBe(0);
    expect((JSON.parse(out) as Answer).text).toMatch(/^19\.300[45] %$/);
  });

  it('says that no value of the bracket meets it, and exits 1', async () => {
    const { code, out } = await weir(
      'solve',
      deal,
      '--collections',
      collections,
      '--for',
      'tranches.B.coupon',
      '--until',
      'A.wal <= 0.01',
    );
    expect(code).toBe(1);
    expect(out).toContain('no value of the bracket that was looked at meets it');
  });

  it.each([
    ['tranches.AA.coupon', 'A.wal <= 1', /no "AA" there; did you mean "A"\?/],
    ['fees.servicing.amount', 'A.wal <= 1', /holds 2 figures; write the one to solve for as a formula of its own/],
    ['tranches.A.coupon', 'A.wall <= 1', /measures are CLASS\.wal/],
    ['tranches.A.coupon', 'irr(residual) >= 1 %', /say what is paid for it: irr\(residual, 1000000\.00\)/],
    ['tranches.A.coupon', 'total(residuals.paid) >= 1', /no figure "residuals\.paid"; did you mean "residual\.paid"\?/],
    ['tranches.A.coupon', 'irr(residuals, 4.00) >= 1 %', /did you mean "residual\.paid"\?/],
    ['tranches.A.coupon', 'last(principal.paid) >= 1', /it keeps A\.paid, B\.paid, servicing\.paid, residual\.paid/],
    ['tranches.A.coupon', 'A.price = 1', /a price is in percent of par: write 100 %, or 100, for par/],
    ['tranches.A.coupon', 'A.yield = 5', /a rate wants its unit: write 5 % or bp/],
    ['scenario.defaults.cdr', 'A.wal <= 1', /scenario\.default\.cdr/],
  ])('refuses %s until %s with what to write, and exits 2', async (path, until, message) => {
    const { code, out, err } = await weir('solve', deal, '--collections', collections, '--for', path, '--until', until);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});
