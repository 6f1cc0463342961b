import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publish, reconcile } from '../../apps/stack/src/demo/account.js';
import { collect } from '../../apps/stack/src/demo/collect.js';
import { pay } from '../../apps/stack/src/demo/pay.js';
import { UNITS_PER_CENT, type StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { formatMoney } from '@weir/money';
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
  stage = await closedDeal(house.scene, DOCUMENT);
  await collect(stage, 1, stage.tapeId);
  await pay(stage, 1);
}, 300_000);
afterAll(() => house?.close(), 60_000);

/** The sample paid in order of seniority, so that class B is whole while A is paid, and may grow to so much. */
const DOCUMENT = `${SAMPLE_DEAL.replace('method: pro rata until cumulativeNetLoss, then sequential', 'method: sequential')}
offering: { furtherIssues: { B: 10000000.00 } }
`;

/** The document with twice the trustee's fee from the second payment date on. */
const amendedDocument = (): string =>
  `${DOCUMENT.replace('amount: 0.02 % / 12 * poolOpening', 'amount: 0.04 % / 12 * poolOpening')}
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

interface FurtherIssue {
  readonly amendmentId: string;
  readonly standing: string;
  readonly programHash: string;
  readonly address: string | null;
  readonly subscribed: string | null;
}

describe('more of a class, issued from the third period on', () => {
  const FACE = 50_000_00n;
  const issues = (): string => `/deals/${stage.dealId}/further-issues`;
  const dayAfter = (seconds: number, days: number): string =>
    new Date((seconds + days * DAY) * 1000).toISOString().slice(0, 10);
  const reached = (standing: string): Promise<FurtherIssue[]> =>
    stage.cast.people.auditor.until<FurtherIssue[]>(issues(), `An issue that is ${standing}`, (found) =>
      found.some((one) => one.standing === standing),
    );
  let issue: FurtherIssue;
  let supplyBefore: bigint;
  const tokenOfB = () => contractOf(house, stage, 'Token:B');
  const original = (): bigint => stage.compiled.tranches[1]?.original ?? 0n;

  /** The document in force, with so much more of class B. */
  async function document(): Promise<string> {
    const vault = await contractOf(house, stage, 'DealVault');
    const program = String(await vault.getFunction('programHash').staticCall());
    const share = 'share: 8 %\n    of: cutOffPool\n    roundDown: 1000.00';
    const now = formatMoney(original() + FACE);
    return amendedDocument()
      .replace(share, `amount: ${now} USD`)
      .replace(
        /amends: .*\n/,
        `amends: { program: '${program}', fromPeriod: 3, issued: { B: ${formatMoney(FACE)} } }\n`,
      );
  }

  it('is proposed with its terms, approved as an amendment, and subscribed beyond its size', async () => {
    const { structurer, trustee, northlake, harbour } = stage.cast.people;
    const now = (await house.provider.getBlock('latest'))?.timestamp ?? 0;
    const terms = { lot: '1000.00', price: '1001.00', accrued: '0.25', maximum: '80000.00' };
    const days = { issueDate: dayAfter(now, 8), deadline: dayAfter(now, 12) };
    const order = { document: await document(), ...terms, ...days };
    expect(await refusalOf(structurer.post(amendments(), { document: order.document }))).toMatchObject({
      code: 'amendment-does-not-fit',
    });
    expect(await refusalOf(structurer.post(issues(), { ...order, lot: '999.00' }))).toMatchObject({
      code: 'issue-terms-invalid',
    });
    issue = await structurer.post<FurtherIssue>(issues(), order);
    await reached('proposed');
    const one = `${issues()}/${issue.amendmentId}`;
    expect(await refusalOf(northlake.post(`${one}/subscriptions`, { amount: '1000.00' }))).toMatchObject({
      code: 'out-of-order',
    });
    const { programHash } = issue;
    const approval = `${amendments()}/${issue.amendmentId}/approval`;
    await trustee.mined((await trustee.post<{ transactionId: string }>(approval, { programHash })).transactionId);
    await reached('approved');
    expect(await refusalOf(structurer.post(`${one}/completion`))).toMatchObject({ code: 'amendment-not-ready' });
    // 45 and 30 of the 50 lots, each at 1,001.25.
    for (const [buyer, name, amount, lots] of [
      [northlake, 'northlake', '45000.00', 45n],
      [harbour, 'harbour', '30000.00', 30n],
    ] as const) {
      await stage.chain.mintCash(stage.cash, stage.cast.organisations[name].account, lots * 100_125n * UNITS_PER_CENT);
      const { transactionId } = await buyer.post<{ transactionId: string }>(`${one}/subscriptions`, { amount });
      await buyer.mined(transactionId);
    }
    expect((await northlake.get<FurtherIssue[]>(issues()))[0]?.subscribed).toBe('75000.00');
  }, 240_000);

  it('is issued in one transaction: notes pro rata, the balance, the program, the seller’s cash', async () => {
    const { structurer, northlake } = stage.cast.people;
    const one = `${issues()}/${issue.amendmentId}`;
    const now = (await house.provider.getBlock('latest'))?.timestamp ?? 0;
    await stage.chain.warpTo(now + 9 * DAY);
    const token = await tokenOfB();
    supplyBefore = (await token.getFunction('totalSupply').staticCall()) as bigint;
    const { account } = stage.cast.organisations.northlake;
    const held = (await token.getFunction('balanceOf').staticCall(account)) as bigint;
    const { transactionId } = await structurer.post<{ transactionId: string }>(`${one}/completion`);
    await structurer.mined(transactionId);
    await reached('applied');
    expect((await token.getFunction('totalSupply').staticCall()) as bigint).toBe(supplyBefore + FACE * UNITS_PER_CENT);
    // floor(50 × 45 ÷ 75) = 30 lots.
    const got = ((await token.getFunction('balanceOf').staticCall(account)) as bigint) - held;
    expect(got).toBe(30_000_00n * UNITS_PER_CENT);
    expect((await token.getFunction('factor').staticCall()) as bigint).toBe(10n ** 18n);
    const refund = await northlake.post<{ transactionId: string }>(`${one}/refunds`);
    await northlake.mined(refund.transactionId);
    await quiet(house);
    expect((await reconcile(stage)).differences).toEqual([]);
  }, 240_000);

  it('shares in the third period, in the books and for anybody who verifies it and those before', async () => {
    await collect(stage, 3, await importTape(stage, 3, smallTape(3)));
    await pay(stage, 3);
    // 1 % ÷ 12 of B's larger balance, half a cent up.
    const due = (original() + FACE + 600n) / 1_200n;
    expect((await paidIn(stage, 3)).tranches.B.interestPaid).toBe(formatMoney(due));
    expect((await reconcile(stage)).differences).toEqual([]);
    const folder = house.outFolder('issued');
    for (const period of [1, 2, 3]) await publish(stage, period, folder);
    for (const period of [1, 2, 3])
      expect(await verify(folder, house.up.rpcUrl, period)).toEqual({ code: 0, ticks: GREEN });
  }, 240_000);
});
