import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publish, reconcile } from '../../apps/stack/src/demo/account.js';
import { collect } from '../../apps/stack/src/demo/collect.js';
import { pay } from '../../apps/stack/src/demo/pay.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { closedDeal, importTape, SAMPLE_DEAL, smallTape } from './deals.js';
import { contractOf, GREEN, paidIn, quiet, refusalOf, verified, verify } from './evidence.js';
import { House } from './harness.js';

const DAY = 86_400;

interface Amendment {
  readonly amendmentId: string;
  readonly fromPeriod: number;
  readonly programHash: string;
  readonly standing: string;
  readonly readyAt: string | null;
}

let house: House;
let stage: StructuredStage;

beforeAll(async () => {
  house = await House.open();
  stage = await closedDeal(house.scene);
  await collect(stage, 1, stage.tapeId);
  await pay(stage, 1);
}, 300_000);
afterAll(() => house?.close(), 60_000);

/** The sample with twice the trustee's fee from the second payment date on. */
const amendedDocument = (): string =>
  `${SAMPLE_DEAL.replace('amount: 0.02 % / 12 * poolOpening', 'amount: 0.04 % / 12 * poolOpening')}
amends: { program: '${stage.compiled.program.hash}', fromPeriod: 2 }
`;

const amendments = (): string => `/deals/${stage.dealId}/amendments`;

function until(standing: string): Promise<Amendment[]> {
  const reached = (found: Amendment[]): boolean => found.some((one) => one.standing === standing);
  return stage.cast.people.auditor.until<Amendment[]>(amendments(), `An amendment that is ${standing}`, reached);
}

describe('a deal that is amended in mid-life', () => {
  let amendment: Amendment;

  it('takes no document that does not fit, nor from whom may not propose', async () => {
    const { structurer, servicer } = stage.cast.people;
    const other = amendedDocument().replace(stage.compiled.program.hash, `0x${'1'.repeat(64)}`);
    expect(await refusalOf(structurer.post(amendments(), { document: other }))).toMatchObject({
      code: 'amendment-document-invalid',
    });
    const past = amendedDocument().replace('fromPeriod: 2', 'fromPeriod: 1');
    expect(await refusalOf(structurer.post(amendments(), { document: past }))).toMatchObject({ code: 'out-of-order' });
    expect(await refusalOf(servicer.post(amendments(), { document: amendedDocument() }))).toMatchObject({
      status: 403,
      code: 'role-not-held',
    });
    expect(await stage.cast.people.auditor.get<Amendment[]>(amendments())).toEqual([]);
  }, 120_000);

  it('is given up by the guardian before it is in force: it can never be applied, and the program stays', async () => {
    const { structurer, trustee, servicer } = stage.cast.people;
    const { amendmentId, programHash } = await structurer.post<Amendment>(amendments(), {
      document: amendedDocument(),
    });
    const one = `${amendments()}/${amendmentId}`;
    await until('proposed');
    const approval = await trustee.post<{ transactionId: string }>(`${one}/approval`, { programHash });
    await trustee.mined(approval.transactionId);
    await until('approved');
    expect(await refusalOf(servicer.post(`${one}/cancellation`))).toMatchObject({ status: 403, code: 'role-not-held' });
    const { transactionId } = await trustee.post<{ transactionId: string }>(`${one}/cancellation`);
    await trustee.mined(transactionId);
    await until('cancelled');
    expect(await refusalOf(servicer.post(`${one}/application`))).toMatchObject({ status: 409, code: 'out-of-order' });
    const vault = await contractOf(house, stage, 'DealVault');
    expect(await vault.getFunction('programHash').staticCall()).toBe(stage.compiled.program.hash);
  }, 120_000);

  it('is proposed again by one party, approved by another, and in force after the delay', async () => {
    const { structurer, trustee, servicer } = stage.cast.people;
    amendment = await structurer.post<Amendment>(amendments(), { document: amendedDocument() });
    const one = `${amendments()}/${amendment.amendmentId}`;
    await until('proposed');
    expect(await refusalOf(structurer.post(amendments(), { document: amendedDocument() }))).toMatchObject({
      code: 'amendment-under-way',
    });
    const { programHash } = amendment;
    expect(await refusalOf(structurer.post(`${one}/approval`, { programHash }))).toMatchObject({
      code: 'approver-not-independent',
    });
    const { transactionId } = await trustee.post<{ transactionId: string }>(`${one}/approval`, { programHash });
    await trustee.mined(transactionId);
    await until('approved');
    expect(await refusalOf(servicer.post(`${one}/application`))).toMatchObject({ code: 'amendment-not-ready' });

    const now = (await house.provider.getBlock('latest'))?.timestamp ?? 0;
    await stage.chain.warpTo(now + 7 * DAY);
    const applied = await servicer.post<{ transactionId: string }>(`${one}/application`);
    await servicer.mined(applied.transactionId);
    await until('applied');
    const vault = await contractOf(house, stage, 'DealVault');
    expect(await vault.getFunction('programHash').staticCall()).toBe(programHash);
    await quiet(house);
    expect((await reconcile(stage)).differences).toEqual([]);
  }, 240_000);

  it('verifies the period before by the program of then', async () => {
    expect(await verified(house, stage, 1)).toEqual(GREEN);
    expect((await paidIn(stage, 1)).fees.trustee.paid).toBe('107.40');
  }, 180_000);

  it('pays the period after by the new one, in the books and for anybody who verifies', async () => {
    await collect(stage, 2, await importTape(stage, 2, smallTape(2)));
    await pay(stage, 2);
    // 6,276,020.46 × 0.04 % ÷ 12.
    expect((await paidIn(stage, 2)).fees.trustee.paid).toBe('209.20');
    expect((await reconcile(stage)).differences).toEqual([]);

    const folder = house.outFolder('amended');
    await publish(stage, 1, folder);
    await publish(stage, 2, folder);
    expect(await verify(folder, house.up.rpcUrl, 1)).toEqual({ code: 0, ticks: GREEN });
    expect(await verify(folder, house.up.rpcUrl, 2)).toEqual({ code: 0, ticks: GREEN });

    appendFileSync(path.join(folder, 'amended-2.yaml'), '# as it was not published\n');
    expect(await verify(folder, house.up.rpcUrl, 2)).toEqual({ code: 1, ticks: { ...GREEN, inputs: false } });
    expect(await verify(folder, house.up.rpcUrl, 1)).toEqual({ code: 0, ticks: GREEN });
  }, 120_000);
});
