import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { Folder } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const folder = new Folder();
let pool: string;
beforeAll(async () => {
  await folder.open();
  pool = await folder.file(
    'pool.csv',
    'balance,grossRate,netRate,remainingTerm,age\n400000000.00,8.125 %,7.5 %,357,3\n',
  );
});
afterAll(() => folder.close());

const rowsOf = (csv: string): Record<string, string>[] => {
  const [head = '', ...rows] = csv.trim().split('\n');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, at) => [head.split(',')[at] ?? '', cell])));
};

describe('weir project --pool without a deal', () => {
  // Fabozzi, the pass-through of 400 million at 7.5 % (WAC 8.125 %, WAM 357): month 100 at 100 % PSA.
  it('gives the months by the standard formulas, unrounded', async () => {
    const scenario = await folder.file('psa.yaml', 'prepayment: 100 % PSA\n');
    const { code, out, err } = await weir('project', '--pool', pool, '--scenario', scenario, '--csv');
    expect([code, err]).toEqual([0, '']);
    const rows = rowsOf(out);
    expect(rows).toHaveLength(357);
    const month = rows[99] ?? {};
    expect([month['scenario'], month['group'], month['month']]).toEqual(['base', '', '100']);
    const dollars = ['poolOpening', 'scheduledPrincipal', 'prepayments'].map((name) => Math.round(Number(month[name])));
    expect(dollars).toEqual([231_249_776, 332_928, 1_187_608]);
    expect(month['netInterest']).toMatch(/^\d+\.\d{6}$/);
    expect(rows[356]?.['poolClosing']).toBe('0.000000');
  });

  it('tells groups beside the whole, as text and data', async () => {
    const grouped = await folder.file(
      'grouped.csv',
      'balance,grossRate,remainingTerm,group\n300.00,0 %,3,a\n600.00,12 %,1,b\n',
    );
    const { code, out } = await weir('project', '--pool', grouped, '--json');
    expect(code).toBe(0);
    const { scenarios } = JSON.parse(out) as { scenarios: { parts: Record<string, Record<string, unknown>>[] }[] };
    const parts = scenarios[0]?.parts ?? [];
    expect(parts.map(({ group }) => group)).toEqual(['a', 'b', null]);
    expect(parts[1]?.['totals']).toMatchObject({ principal: '600.00', interest: '6.00' });
    expect(parts[2]?.['months']?.['principalCollected']).toEqual(['700.000000', '100.000000', '100.000000']);
    const text = (await weir('project', '--pool', grouped)).out;
    expect(text).toMatch(/the pool +900\.00 +0\.1111 +6\.00 +6\.00 +900\.00/);
    expect(text).toContain('By month: b');
  });

  it('writes files, and refuses what only a deal has', async () => {
    const at = folder.at('out');
    const { code, out } = await weir('project', '--pool', pool, '--out', at);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(3);
    expect(await readFile(`${at}/pool.csv`, 'utf8')).toMatch(/^scenario,group,month,poolOpening,/);
    for (const [options, said] of [
      [['--pool', pool, '--break-even', 'A'], '--break-even needs a deal document'],
      [[], 'give a deal document, or representative lines alone by --pool'],
      [['--pool', pool, '--first-month', 'May'], '--first-month is "May": give a month like 2025-01'],
      [['--pool', pool, '--only', 'other'], 'there is no scenario "other"; there is base'],
    ] as const) {
      const refused = await weir('project', ...options);
      expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(said)]);
    }
  });
});
