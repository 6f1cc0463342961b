import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { reconcile } from '../../apps/stack/src/demo/account.js';
import { collect } from '../../apps/stack/src/demo/collect.js';
import { untilFinal, untilPaymentDate } from '../../apps/stack/src/demo/pay.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { isAlive } from '../../apps/stack/src/process/identity.js';
import { leftoversIn } from '../../apps/stack/src/process/pid-files.js';
import { closedDeal, importTape, smallTape } from './deals.js';
import { GREEN, settlementsOf, verified } from './evidence.js';
import { House } from './harness.js';

let house: House;
let stage: StructuredStage;

beforeAll(async () => {
  house = await House.open();
  stage = await closedDeal(house.scene);
}, 120_000);
afterAll(() => house?.close(), 60_000);

/** Ends the worker as a power cut would. */
async function killWorker(): Promise<void> {
  const worker = leftoversIn(house.folders.pids).find(({ name }) => name === 'worker');
  if (worker === undefined) throw new TypeError('there is no worker to kill');
  process.kill(worker.identity.pid, 'SIGKILL');
  while (isAlive(worker.identity)) await sleep(10);
}

async function restart(): Promise<void> {
  await house.stop();
  await house.start();
}

/** Asks for the settlement of a period; gives the transaction's id. */
async function askToSettle(period: number): Promise<string> {
  const path = `/deals/${stage.dealId}/periods/${period}/settlement`;
  const { calculationAgent } = stage.cast.people;
  return (await calculationAgent.post<{ transactionId: string }>(path)).transactionId;
}

async function stateOf(transactionId: string): Promise<string | undefined> {
  const [row] = await house.rows<{ state: string }>('select state from weir.outbox_transaction where id = $1', [
    transactionId,
  ]);
  return row?.state;
}

/** Once on chain, once in the database, and the books agree. */
async function expectSettledOnce(period: number): Promise<void> {
  await untilFinal(stage, period);
  expect(await settlementsOf(house, stage, period)).toBe(1);
  const payments = await house.rows('select 1 from weir.payment where deal_id = $1 and period = $2 and final', [
    stage.dealId,
    period,
  ]);
  expect(payments).toHaveLength(1);
  expect((await reconcile(stage)).differences).toEqual([]);
}

describe('a stack that is stopped and started again', () => {
  it('has its deal and its chain where they were', async () => {
    const before = await house.provider.getBlock('latest');
    await restart();
    const after = await house.provider.getBlock('latest');
    expect(house.up.wasEmpty).toBe(false);
    expect(after?.number).toBeGreaterThanOrEqual(before?.number ?? Infinity);
    expect(after?.timestamp).toBeGreaterThanOrEqual(before?.timestamp ?? Infinity);
    expect(await stage.cast.people.auditor.get(`/deals/${stage.dealId}`)).toMatchObject({ status: 'closed' });
  }, 60_000);

  it('settles once when its worker is killed before it has sent the settlement', async () => {
    await collect(stage, 1, stage.tapeId);
    await untilPaymentDate(stage, 1);
    await killWorker();
    const transactionId = await askToSettle(1);
    expect(await stateOf(transactionId)).toBe('queued');
    await restart();
    await stage.cast.people.calculationAgent.mined(transactionId);
    await expectSettledOnce(1);
  }, 90_000);

  it('settles once when its worker is killed in the middle of sending it, and goes on to the next period', async () => {
    await collect(stage, 2, await importTape(stage, 2, smallTape(2)));
    await untilPaymentDate(stage, 2);
    const transactionId = await askToSettle(2);
    while ((await stateOf(transactionId)) === 'queued') await sleep(1);
    await killWorker();
    expect(['signed', 'sent', 'mined']).toContain(await stateOf(transactionId));
    await restart();
    await stage.cast.people.calculationAgent.mined(transactionId);
    await expectSettledOnce(2);
    expect(await verified(house, stage, 2)).toEqual(GREEN);
  }, 90_000);
});
