import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admit } from '../../apps/stack/src/demo/admit.js';
import {
  deploy,
  fund,
  offer,
  pledge,
  subscribe,
  subscriptionsOf,
  untilStatus,
} from '../../apps/stack/src/demo/issue.js';
import { UNITS_PER_CENT, type StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { approvedDeal } from './deals.js';
import { refusedOnChain } from './direct.js';
import { cashOf, contractOf, quiet, refusalOf, rowCounts } from './evidence.js';
import { House } from './harness.js';

/** Those who subscribe; class C and cedar's part of class A are left. */
const SUBSCRIBERS = ['northlake', 'harbour'] as const;

let house: House;
let stage: StructuredStage;
let again: StructuredStage;

beforeAll(async () => {
  house = await House.open();
  stage = await approvedDeal(house.scene);
  await admit(stage);
  await deploy(stage);
  await pledge(stage);
  await offer(stage);
}, 120_000);
afterAll(() => house?.close(), 60_000);

const cashNow = (who: 'northlake' | 'harbour' | 'sponsor' | 'cedar'): Promise<bigint> =>
  cashOf(house, stage, stage.cast.organisations[who].account);

describe('an offering that does not reach its minimum', () => {
  it('takes nothing from an account that is not admitted', async () => {
    const { account } = stage.cast.organisations.orlov;
    const before = await rowCounts(house);
    const order = { tranche: 'A', amount: '1000.00' };
    const refusal = await refusalOf(stage.cast.people.orlov.post(`/deals/${stage.dealId}/subscriptions`, order));
    expect(refusal).toMatchObject({ status: 409, code: 'not-admitted' });
    expect(refusal.problem).toMatchObject({ account, reasonCode: 3 });
    expect(await rowCounts(house)).toEqual(before);

    const offering = await contractOf(house, stage, 'Subscription');
    const revert = await refusedOnChain(house, account, offering, 'subscribe', [0, 1000n * 1_000_000n]);
    expect(revert.name).toBe('SubscriberRefused');
    expect(revert.args[1]).toBe(3n);
  });

  it('cannot be closed, and once cancelled gives everybody the money back to the cent', async () => {
    const offering = await contractOf(house, stage, 'Subscription');
    const held = new Map<string, bigint>();
    for (const who of SUBSCRIBERS) {
      const orders = subscriptionsOf(stage).get(who) ?? [];
      await fund(stage, who, orders);
      held.set(who, await cashNow(who));
      for (const order of orders) await subscribe(stage, who, order);
      expect(await cashNow(who)).toBe(0n);
    }
    // 60 % and 25 % of class A of 5,155,000.00, and class B of 515,000.00, in cents.
    const raised = BigInt((515_500_000 * 85) / 100 + 51_500_000);
    expect(await cashOf(house, stage, String(offering.target))).toBe(raised * UNITS_PER_CENT);

    await quiet(house);
    const { structurer } = stage.cast.people;
    const deal = `/deals/${stage.dealId}`;
    const refusal = await refusalOf(structurer.post(`${deal}/closing`));
    expect(refusal).toMatchObject({ status: 409, code: 'not-fully-subscribed' });
    // Cedar's 15 % of class A of 5,155,000.00, and class C of 322,000.00.
    expect(refusal.problem).toMatchObject({ missing: { A: '773250.00', C: '322000.00' } });
    const revert = await refusedOnChain(house, stage.cast.organisations.sponsor.account, offering, 'close', [100]);
    expect(revert.name).toBe('BelowMinimum');
    expect(await structurer.get(deal)).toMatchObject({ status: 'offered' });
    expect(await cashNow('sponsor')).toBe(0n);

    // Up to the end of the closing date somebody may still subscribe the rest.
    const early = await refusalOf(stage.cast.people.northlake.post(`${deal}/offering/failure`));
    expect(early).toMatchObject({ status: 409, code: 'offering-not-over' });
    const tooEarly = await refusedOnChain(house, stage.cast.organisations.northlake.account, offering, 'fail', []);
    expect(tooEarly.name).toBe('DeadlineNotPassed');

    const cancelled = await structurer.post<{ transactionId: string }>(`${deal}/offering/cancellation`);
    await structurer.mined(cancelled.transactionId);
    await untilStatus(stage, 'failed');
    for (const who of SUBSCRIBERS) {
      const client = stage.cast.people[who];
      const refund = await client.post<{ transactionId: string }>(`${deal}/refunds`);
      await client.mined(refund.transactionId);
      expect(await cashNow(who)).toBe(held.get(who));
    }
    expect(await cashOf(house, stage, String(offering.target))).toBe(0n);
  }, 90_000);

  it('frees the loans for another deal', async () => {
    const path = `/deals/${stage.dealId}/pledges`;
    const freed = await stage.cast.people.servicer.until<{ loans: number; pledged: number; released: number }>(
      path,
      'The release of the loans',
      ({ pledged }) => pledged === 0,
    );
    expect(freed.released).toBe(freed.loans);
    again = await approvedDeal(house.scene);
    await deploy(again);
    await pledge(again);
  }, 60_000);

  it('refunds nobody twice, and mints nothing', async () => {
    const { northlake } = stage.cast.people;
    const before = await cashNow('northlake');
    const twice = await northlake.post<{ transactionId: string }>(`/deals/${stage.dealId}/refunds`);
    const refusal = await refusalOf(northlake.mined(twice.transactionId));
    expect(refusal.message).toContain('NothingToRefund');
    expect(await cashNow('northlake')).toBe(before);
    for (const { name } of stage.compiled.tranches) {
      const token = await contractOf(house, stage, `Token:${name}`);
      expect(await token.getFunction('totalSupply').staticCall()).toBe(0n);
    }
  });

  it('ends by anybody once its deadline is over', async () => {
    const offering = await contractOf(house, again, 'Subscription');
    await again.chain.warpTo(Number(await offering.getFunction('deadline').staticCall()) + 1);
    const { structurer } = again.cast.people;
    const failed = await structurer.post<{ transactionId: string }>(`/deals/${again.dealId}/offering/failure`);
    await structurer.mined(failed.transactionId);
    await untilStatus(again, 'failed');
    const refusal = await refusalOf(structurer.post(`/deals/${again.dealId}/offering/failure`));
    expect(refusal.status).toBe(409);
  });
});
