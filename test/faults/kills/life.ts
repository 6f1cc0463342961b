import { expect } from '@jest/globals';
import { reconcile } from '../../../apps/stack/src/demo/account.js';
import { collect } from '../../../apps/stack/src/demo/collect.js';
import { subscriptionsOf } from '../../../apps/stack/src/demo/issue.js';
import { pay } from '../../../apps/stack/src/demo/pay.js';
import type { Scene, StructuredStage } from '../../../apps/stack/src/demo/stage.js';
import { closedDeal, importTape, smallTape } from '../../e2e/deals.js';
import { settlementsOf } from '../../e2e/evidence.js';
import type { House } from '../../e2e/harness.js';

/** Issues a deal, closes it, and pays its first payment dates with all their claims; whoever is killed meanwhile. */
export async function live(scene: Scene, periods: number): Promise<StructuredStage> {
  const stage = await closedDeal(scene);
  for (let period = 1; period <= periods; period += 1) {
    const tapeId = period === 1 ? stage.tapeId : await importTape(stage, period, smallTape(period));
    await collect(stage, period, tapeId);
    await pay(stage, period);
  }
  return stage;
}

/** Nothing paid twice, nothing missing, and the books equal the chain. */
export async function expectWhole(house: House, stage: StructuredStage, periods: number): Promise<void> {
  const { dealId } = stage;
  expect((await reconcile(stage)).differences).toEqual([]);
  for (let period = 1; period <= periods; period += 1) expect(await settlementsOf(house, stage, period)).toBe(1);

  // Each order once: what the chain took in is what was ordered, to the cent.
  const orders = [...subscriptionsOf(stage).values()].flat();
  const taken = await eventsOf(house, dealId, 'Subscribed');
  expect(taken.length).toBe(orders.length);
  // Each class of each holder and period at most once.
  const claims = await house.rows<{ key: string; times: number }>(
    `select concat_ws(' ', e.address, e.args->>'holder', e.args->>'account', e.args->>'tranche', e.args->>'period') as key,
        count(*)::int as times
      from weir.chain_event e join weir.deal_contract c on c.address = e.address
      where c.deal_id = $1 and e.name = 'Claimed' group by 1`,
    [dealId],
  );
  expect(claims.length).toBeGreaterThan(0);
  expect(claims.filter(({ times }) => times !== 1)).toEqual([]);
  // Nothing that was asked for is left lying.
  const open = await house.rows<{ id: string; state: string }>(
    `select id, state from weir.outbox_transaction where state not in ('mined', 'final', 'failed')`,
  );
  expect(open).toEqual([]);
}

async function eventsOf(house: House, dealId: string, name: string): Promise<unknown[]> {
  return house.rows(
    `select 1 from weir.chain_event e join weir.deal_contract c on c.address = e.address
      where c.deal_id = $1 and e.name = $2`,
    [dealId, name],
  );
}
