import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { Folder, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

/**
 * A is paid what the cars repay, B what the trucks do; no interest, no fee.
 * Cars 600.00 over two months in two lines, trucks 300.00 over three months; half of what the trucks have left prepays.
 *
 * | date    | cars | trucks scheduled | trucks prepaid | trucks left |
 * | 1 Feb.  | 300  | 100.00           | 100.00         | 100.00      |
 * | 1 March | 300  | 50.00            | 25.00          | 25.00       |
 * | 1 April | 0    | 25.00            | 0.00           | 0.00        |
 */
const DEAL = TINY.replace(
  'collateral: { cutOffPool: 1000.00 }',
  'collateral: { cutOffPool: 900.00, groups: [cars, trucks] }',
)
  .replace(
    '  interestCollected: signed money\n  principalCollected: money\n',
    '  interestCollected: signed money\n  carsRepaid: { unit: money, from: cars.principalCollected }\n' +
      '  trucksRepaid: { unit: money, from: trucks.principalCollected }\n  trucksLeft: { unit: money, from: trucks.poolClosing }\n',
  )
  .replace('items: [interestCollected, principalCollected]', 'items: [interestCollected, carsRepaid, trucksRepaid]')
  .replace('amount: 1.2 % / 12 * poolOpening', 'amount: 0.00 USD * trucksLeft / 100.00 USD')
  .replace('amount: 800.00 USD, coupon: 6 %', 'amount: 600.00 USD, coupon: 0 %')
  .replace('amount: 200.00 USD, coupon: 12 %', 'amount: 300.00 USD, coupon: 0 %')
  .replace('cumulative(principalCollected)', 'cumulative(carsRepaid)')
  .replace(
    /  - \{ step: principal, .*\n/,
    '  - { step: payCars, principal: carsRepaid, to: A, from: [collection] }\n  - { step: payTrucks, principal: trucksRepaid, to: B, from: [collection] }\n',
  );

const POOL = `balance,grossRate,remainingTerm,group
200.00,0 %,2,cars/new
400.00,0 %,2,cars
300.00,0 %,3,trucks
`;

const folder = new Folder();
let deal: string;
let pool: string;
let scenario: string;
beforeAll(async () => {
  await folder.open();
  deal = await folder.file('deal.yaml', DEAL);
  pool = await folder.file('pool.csv', POOL);
  scenario = await folder.file('scenario.yaml', 'groups: { trucks: { prepayment: 50 % SMM } }\n');
});
afterAll(() => folder.close());

interface Run {
  scenarios: { lines: Record<string, string[]>; collateral: Record<string, string[]> }[];
}

describe('a deal of two collateral groups', () => {
  it('takes the flows of each group from its own lines', async () => {
    expect((await weir('check', deal)).out).toContain('is right');
    const { code, out, err } = await weir('project', deal, '--pool', pool, '--scenario', scenario, '--json');
    expect([code, err]).toEqual([0, '']);
    const [run] = (JSON.parse(out) as Run).scenarios;
    expect(run?.lines['A.principalPaid']).toEqual(['300.00', '300.00', '0.00']);
    expect(run?.lines['B.principalPaid']).toEqual(['200.00', '75.00', '25.00']);
    expect(run?.lines['trucksLeft']).toEqual(['100.00', '25.00', '0.00']);
    expect(run?.collateral['principalCollected']).toEqual(['500.00', '375.00', '25.00']);
    expect(run?.collateral['trucks.prepayments']).toEqual(['100.00', '25.00', '0.00']);
    // Cars of both lines, and those of the one group within.
    expect(run?.collateral['cars.poolOpening']).toEqual(['600.00', '300.00', '0.00']);
    expect(run?.collateral['cars/new.poolOpening']).toEqual(['200.00', '100.00', '0.00']);
  });

  it('writes each group beside the whole, and takes it as collections again', async () => {
    const at = folder.at('out');
    expect((await weir('project', deal, '--pool', pool, '--scenario', scenario, '--out', at)).code).toBe(0);
    const file = `${at}/collateral-base.csv`;
    expect(await readFile(file, 'utf8')).toMatch(/^period,paymentDate,poolOpening,.*,trucks\.principalCollected/);
    const { code, out } = await weir('project', deal, '--collections', file, '--json', '--assume-zero');
    expect(code).toBe(0);
    expect((JSON.parse(out) as Run).scenarios[0]?.lines['B.principalPaid']).toEqual(['200.00', '75.00', '25.00']);
  });

  it('says when no line is of a group', async () => {
    const cars = await folder.file('cars.csv', POOL.replace(/^300.*\n/m, ''));
    const { code, err } = await weir('project', deal, '--pool', cars, '--assume-zero');
    expect(code).toBe(0);
    expect(err).toContain('no line of the pool is of the deal’s group "trucks", which has no flows');
  });
});
