import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { Folder, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const folder = new Folder();
let deal: string;
let pool: string;
beforeAll(async () => {
  await folder.open();
  deal = await folder.file('deal.yaml', TINY);
  const head = 'balance,grossRate,remainingTerm,index,margin,firstReset,resetEvery,status\n';
  pool = await folder.file('pool.csv', `${head}1000.00,6 %,3,PRIME,2 %,2,1,30\n`);
});
afterAll(() => folder.close());

const project = async (scenario: string) =>
  weir('project', deal, '--pool', pool, '--scenario', await folder.file('scenario.yaml', scenario), '--assume-zero');

describe('weir project of adjustable and delinquent loans', () => {
  it('takes the index from the scenario, and says that defaults come by roll rates', async () => {
    const rolls = 'delinquency: { rolls: { 30: { default: 100 % } } }';
    const { code, out } = await project(`severity: 40 %\nrates: { PRIME: 5 % }\n${rolls}\n`);
    expect(code).toBe(0);
    expect(out).toContain('defaults by roll rates, severity 40 %, lag 0');
  });

  it('tells an index that is misspelt, and one that is missing', async () => {
    const misspelt = await project('rates: { PRYME: 5 % }\n');
    expect(misspelt.code).toBe(2);
    expect(misspelt.err).toContain('the deal has no index "PRYME", which is not used; did you mean "PRIME"?');
    const missing = await project('prepayment: none\n');
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('no rates are given for the index "PRIME" of adjustable loans');
  });
});
