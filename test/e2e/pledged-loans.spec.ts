import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Contract } from 'ethers';
import { abis } from '@weir/bindings';
import { publish } from '../../apps/stack/src/demo/account.js';
import { admit } from '../../apps/stack/src/demo/admit.js';
import { collect } from '../../apps/stack/src/demo/collect.js';
import { close, deploy, fund, offer, pledge, subscribe, subscriptionsOf } from '../../apps/stack/src/demo/issue.js';
import { pay } from '../../apps/stack/src/demo/pay.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { approvedDeal, SAMPLE_DEAL, smallTape } from './deals.js';
import { GREEN, refusalOf, verify, verifyLoan } from './evidence.js';
import { House } from './harness.js';
import { endedIn, poolOf } from './tape-sums.js';

interface Pledges {
  readonly registry: string;
  readonly loans: number;
  readonly pledged: number;
  readonly released: number;
  readonly roots: readonly { readonly period: number; readonly root: string }[];
}

let house: House;
let stage: StructuredStage;

beforeAll(async () => {
  house = await House.open();
  stage = await approvedDeal(house.scene);
  await admit(stage);
  await deploy(stage);
}, 120_000);
afterAll(() => house?.close(), 60_000);

const pledgesOf = (of: StructuredStage): Promise<Pledges> =>
  of.cast.people.auditor.get<Pledges>(`/deals/${of.dealId}/pledges`);

describe('the loans of a pool', () => {
  it('keep the deal from closing until they are pledged', async () => {
    await offer(stage);
    for (const [buyer, orders] of subscriptionsOf(stage)) {
      await fund(stage, buyer, orders);
      for (const order of orders) await subscribe(stage, buyer, order);
    }
    const refusal = await refusalOf(stage.cast.people.structurer.post(`/deals/${stage.dealId}/closing`));
    const { loans } = stage.pool;
    expect(refusal).toMatchObject({ status: 409, code: 'loans-not-pledged' });
    expect(refusal.problem).toMatchObject({ missing: loans, loans });

    await pledge(stage);
    expect(await pledgesOf(stage)).toMatchObject({ loans, pledged: loans, released: 0, roots: [] });
    await close(stage);
  }, 90_000);

  it('are pledged to one deal: another one over the same loans is refused, and named the first', async () => {
    const other = await approvedDeal(house.scene);
    await deploy(other);
    const refusal = await refusalOf(other.cast.people.servicer.post(`/deals/${other.dealId}/pledges`));
    expect(refusal).toMatchObject({ status: 409, code: 'loan-pledged-elsewhere' });
    const { contracts } = await stage.cast.people.auditor.get<{ contracts: Record<string, string> }>(
      `/deals/${stage.dealId}/deployment`,
    );
    expect(refusal.problem).toMatchObject({ vault: contracts['DealVault'] });
    expect(await pledgesOf(other)).toMatchObject({ pledged: 0 });
  }, 60_000);

  it('are their originator’s: those of another one with the same numbers are pledged beside them', async () => {
    const lender = SAMPLE_DEAL.replace('\nparties:\n', '\nparties:\n  originator: Another Lender Bank\n');
    const other = await approvedDeal(house.scene, lender);
    await deploy(other);
    await pledge(other);
    expect(await pledgesOf(other)).toMatchObject({ loans: other.pool.loans, pledged: other.pool.loans });
    expect(await pledgesOf(stage)).toMatchObject({ pledged: stage.pool.loans });
  }, 60_000);

  it('are proven by the published proof: in the tape that was settled, and pledged to this deal', async () => {
    await collect(stage, 1, stage.tapeId);
    await pay(stage, 1);
    const folder = house.outFolder('pledged');
    await publish(stage, 1, folder);
    expect(await verify(folder, house.up.rpcUrl, 1)).toEqual({ code: 0, ticks: GREEN });
    const proof = path.join(folder, 'period-1', 'loan-proof.json');
    expect(await verifyLoan(folder, house.up.rpcUrl, 1, proof)).toEqual({ loan: true, pledge: true });
  }, 90_000);

  it('have their root on record, and are released once they ended', async () => {
    const tape = smallTape(1);
    const ended = endedIn(tape, poolOf(tape));
    expect(ended).toBeGreaterThan(0);
    const { auditor } = stage.cast.people;
    const { registry, loans, pledged, roots } = await auditor.until<Pledges>(
      `/deals/${stage.dealId}/pledges`,
      'The release of the ended loans',
      ({ released }) => released === ended,
    );
    expect(pledged).toBe(loans - ended);
    expect(roots.map(({ period }) => period)).toEqual([1]);
    const contract = new Contract(registry, abis.PledgeRegistry, house.provider);
    const { contracts } = await auditor.get<{ contracts: Record<string, string> }>(`/deals/${stage.dealId}/deployment`);
    expect(await contract.getFunction('pledgedCount').staticCall(contracts['DealVault'])).toBe(BigInt(pledged));
    expect(await contract.getFunction('rootOf').staticCall(contracts['DealVault'], 1)).toBe(roots[0]?.root);
  }, 60_000);
});
