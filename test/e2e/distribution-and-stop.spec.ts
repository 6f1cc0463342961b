import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reconcile } from '../../apps/stack/src/demo/account.js';
import type { ApiClient } from '../../apps/stack/src/demo/api-client.js';
import { admitOne } from '../../apps/stack/src/demo/admit.js';
import { collect, deposit } from '../../apps/stack/src/demo/collect.js';
import { settle, untilFinal, untilPaymentDate } from '../../apps/stack/src/demo/pay.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { closedDeal } from './deals.js';
import { cashOf, contractOf, refusalOf } from './evidence.js';
import { House } from './harness.js';

const DAY = 86_400;

let house: House;
let stage: StructuredStage;
let operator: ApiClient;

beforeAll(async () => {
  house = await House.open();
  stage = await closedDeal(house.scene);
  operator = await house.operator();
  await collect(stage, 1, stage.tapeId);
  await untilPaymentDate(stage, 1);
  await settle(stage, 1);
  await untilFinal(stage, 1);
}, 150_000);
afterAll(() => house?.close(), 60_000);

const ofPeriod = (what: string): string => `/deals/${stage.dealId}/periods/1/${what}`;
const cashNow = (who: 'northlake' | 'harbour' | 'cedar' | 'trustee'): Promise<bigint> =>
  cashOf(house, stage, stage.cast.organisations[who].account);

/** Sends a request and waits until its transaction is mined. */
async function done(client: ApiClient, path: string, body: object): Promise<void> {
  const { transactionId } = await client.post<{ transactionId: string }>(path, body);
  await client.mined(transactionId);
}

describe('a class’s payment beside claims', () => {
  it('is pushed to every holder who can be paid, and to nobody twice', async () => {
    const { trustee } = stage.cast.people;
    const before = [await cashNow('northlake'), await cashNow('harbour'), await cashNow('cedar')];
    const { holders, transactionIds } = await trustee.post<{ holders: number; transactionIds: string[] }>(
      ofPeriod('pushes'),
      { tranche: 'A' },
    );
    expect([holders, transactionIds.length]).toEqual([2, 1]);
    for (const id of transactionIds) await trustee.mined(id);
    // 60 % and 25 % of 2,835.25 of interest and 160,604.29 of principal; cedar's KYC has lapsed.
    const after = [await cashNow('northlake'), await cashNow('harbour'), await cashNow('cedar')];
    expect(after.map((cash, index) => cash - (before[index] ?? 0n))).toEqual([98_063_724_000n, 40_859_885_000n, 0n]);
    expect(await refusalOf(trustee.post(ofPeriod('pushes'), { tranche: 'A' }))).toMatchObject({
      status: 409,
      code: 'nothing-to-push',
    });
    expect((await reconcile(stage)).differences).toEqual([]);
  }, 60_000);

  it('has no tax to remit where nobody is withheld from', async () => {
    const refusal = await refusalOf(stage.cast.people.trustee.post(ofPeriod('tax-remittances'), { tranche: 'A' }));
    expect(refusal).toMatchObject({ status: 409, code: 'contract-refuses' });
    expect(refusal.message).toContain('NoTaxHeld');
  });

  it('has the tax of a holder remitted to the tax account', async () => {
    // Class C is cedar's alone: 402.50 of interest, of which 15 % is withheld in whole cents.
    const renewed = {
      who: 'cedar',
      country: 'US',
      category: 'accredited',
      lockedUntil: null,
      withholdingBps: 1_500,
    } as const;
    const kycValidUntil = stage.compiled.periods.at(-1)?.paymentDate ?? '';
    const entry = await admitOne(house.scene, { ...renewed, kycValidUntil });
    await stage.cast.people.secondOfficer.mined(entry ?? '');
    const { trustee } = stage.cast.people;
    const { transactionIds } = await trustee.post<{ transactionIds: string[] }>(ofPeriod('pushes'), { tranche: 'C' });
    for (const id of transactionIds) await trustee.mined(id);
    const before = await cashNow('trustee');
    await done(trustee, ofPeriod('tax-remittances'), { tranche: 'C' });
    // 60.375 rounded down.
    expect((await cashNow('trustee')) - before).toBe(60_370_000n);
    expect((await reconcile(stage)).differences).toEqual([]);
  }, 60_000);

  it('is moved when nobody claims it: proposed by one, approved by another, after the delay', async () => {
    const { trustee, firstOfficer, secondOfficer } = stage.cast.people;
    const tranche = { tranche: 'A' };
    expect((await refusalOf(operator.post(ofPeriod('unclaimed/proposal'), tranche))).message).toContain(
      'NotYetUnclaimed',
    );
    const settledAt = (await house.provider.getBlock('latest'))?.timestamp ?? 0;
    await stage.chain.warpTo(settledAt + (3 * 365 + 1) * DAY);
    expect(await refusalOf(trustee.post(ofPeriod('unclaimed/proposal'), tranche))).toMatchObject({ status: 403 });
    await done(operator, ofPeriod('unclaimed/proposal'), tranche);
    await done(firstOfficer, ofPeriod('unclaimed/cancellation'), tranche);
    await done(operator, ofPeriod('unclaimed/proposal'), tranche);
    await done(secondOfficer, ofPeriod('unclaimed/approval'), tranche);
    expect((await refusalOf(trustee.post(ofPeriod('unclaimed/move'), tranche))).message).toContain('NotMovable');
    await stage.chain.warpTo(settledAt + (3 * 365 + 33) * DAY);
    const before = await cashNow('trustee');
    await done(trustee, ofPeriod('unclaimed/move'), tranche);
    // Cedar's 15 % of 163,439.54.
    expect((await cashNow('trustee')) - before).toBe(24_515_931_000n);
    expect((await reconcile(stage)).differences).toEqual([]);
  }, 90_000);
});

describe('the emergency stop', () => {
  it('is the guardian’s, and another role’s to end; what is owed is paid meanwhile', async () => {
    const deal = `/deals/${stage.dealId}`;
    const { trustee, calculationAgent, servicer } = stage.cast.people;
    const reason = { reason: 'A key was stolen.' };
    expect(await refusalOf(servicer.post(`${deal}/stop`, reason))).toMatchObject({
      status: 403,
      code: 'role-not-held',
    });
    await done(trustee, `${deal}/stop`, reason);
    await trustee.until<{ stopped: boolean }>(deal, 'The stop', ({ stopped }) => stopped);
    const vault = await contractOf(house, stage, 'DealVault');
    expect(await vault.getFunction('stopped').staticCall()).toBe(true);

    const refusal = await refusalOf(deposit(stage, 2, '1.00'));
    expect(refusal.message).toMatch(/Stopped/);
    await done(servicer, `${deal}/withdrawals`, { payee: 'servicing' });

    expect(await refusalOf(trustee.post(`${deal}/resumption`, reason))).toMatchObject({ code: 'role-not-held' });
    await done(calculationAgent, `${deal}/resumption`, reason);
    await trustee.until<{ stopped: boolean }>(deal, 'The resumption', ({ stopped }) => !stopped);
    await deposit(stage, 2, '1.00');
  }, 90_000);
});
