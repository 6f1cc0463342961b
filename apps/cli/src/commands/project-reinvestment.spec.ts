import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { weir } from '../run-weir.fixture.js';
import { COLLECTIONS, Folder, TINY } from '../tiny-deal.fixture.js';

// Each test starts processes, which a busy machine may be slow to do.
jest.setTimeout(60_000);

const folder = new Folder();
beforeAll(() => folder.open());
afterAll(() => folder.close());

/** The principal of the first date buys loans instead of repaying class A. */
const BUYING = TINY.replace(
  '  - { step: principal, ',
  '  - { step: buy, when: period = 1, pay: principalCollected, payee: sponsor, from: [collection] }\n  - { step: principal, when: period > 1, ',
);

it('weir project buys what a scenario says a step buys, and warns of a step that the deal has not', async () => {
  const deal = await folder.file('buying.yaml', BUYING);
  const collections = await folder.file('collections.csv', COLLECTIONS);
  const terms = '{grossRate: 0 %, remainingTerm: 2}';
  const scenario = await folder.file('buying-scenario.yaml', `reinvestment: {buy: ${terms}, bought: ${terms}}\n`);
  const args = ['project', deal, '--collections', collections, '--scenario', scenario, '--json'];
  const { out, err, code } = await weir(...args);
  expect(code).toBe(0);
  expect(err).toContain('the deal has no step "bought", which is not used');
  const { scenarios } = JSON.parse(out) as { scenarios: { collateral: object; bought: object[]; lines: object }[] };
  // 300.00 of February buy loans that repay 150.00 in each of the two months that follow.
  expect(scenarios[0]?.bought).toEqual([{ step: 'buy', paymentDate: '2025-02-01', paid: '300.00', balance: '300.00' }]);
  expect(scenarios[0]?.collateral).toMatchObject({
    poolOpening: ['1000.00', '1000.00', '550.00'],
    principalCollected: ['300.00', '450.00', '550.00'],
  });
  expect(scenarios[0]?.lines).toMatchObject({ 'A.principalPaid': ['0.00', '450.00', '350.00'] });
});
