import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reconcile } from '../../apps/stack/src/demo/account.js';
import { admitOne } from '../../apps/stack/src/demo/admit.js';
import { collect, type ReportAnswer } from '../../apps/stack/src/demo/collect.js';
import { claimAll, pay } from '../../apps/stack/src/demo/pay.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { closedDeal, importTape, smallTape } from './deals.js';
import { cashOf, contractOf, GREEN, paidIn, quiet, verified } from './evidence.js';
import { House } from './harness.js';
import { centsOf, poolOf, sumsOf } from './tape-sums.js';

/** The second month is the one with losses; the third goes on from it. */
const TAPES = [smallTape(1), smallTape(2, { stressMonth: 2 }), smallTape(3, { stressMonth: 2 })] as const;
const POOL = poolOf(TAPES[0]);
const SUMS = TAPES.map((tape) => sumsOf(tape, POOL));

const CEDAR_WAITS = [
  { holder: 'cedar', tranche: 'A' },
  { holder: 'cedar', tranche: 'C' },
];

/** A set of scenarios and its results as the API tells them, as far as these tests look. */
interface SetAnswer {
  readonly status: string;
}
interface SetResults {
  readonly figures: readonly { readonly figure: string }[];
  readonly scenarios: readonly { readonly values: readonly string[] }[];
}

let house: House;
let stage: StructuredStage;

beforeAll(async () => {
  house = await House.open();
  stage = await closedDeal(house.scene);
}, 120_000);
afterAll(() => house?.close(), 60_000);

/** The report must be the sums of the tape's rows. */
function expectSumsOf(report: ReportAnswer, month: number): void {
  const sums = SUMS[month - 1];
  const { poolOpening, poolClosing, available, chargeOffs } = report.figures;
  expect([poolOpening, poolClosing, available, chargeOffs.net].map(centsOf)).toEqual([
    sums?.opening,
    sums?.closing,
    sums?.available,
    sums?.chargeOffs,
  ]);
}

async function expectBooksToAgree(): Promise<void> {
  const { differences, cash } = await reconcile(stage);
  expect(differences).toEqual([]);
  expect(new Set([cash.books, cash.vault, cash.stablecoin]).size).toBe(1);
}

describe('three months, of which the second trips the loss trigger', () => {
  it('pays the first pro rata', async () => {
    expectSumsOf(await collect(stage, 1, stage.tapeId), 1);
    const { waiting } = await pay(stage, 1);
    expect(waiting).toEqual(CEDAR_WAITS);

    const paid = await paidIn(stage, 1);
    // Pool 6,443,783.90 × 1 % ÷ 12, × 0.02 % ÷ 12.
    expect([paid.fees.servicing.paid, paid.fees.trustee.paid]).toEqual(['5369.82', '107.40']);
    // Notes 5,992,000.00 − (pool 6,276,020.46 − target OC 470,701.53) = 186,681.07, shared 5,155 : 515 : 322, rounded down,
    // the rest to the last class.
    expect(paid.tranches.A.principalPaid).toBe('160604.29');
    expect(paid.tranches.B.principalPaid).toBe('16044.85');
    expect(paid.tranches.C.principalPaid).toBe('10031.93');
    // 233,839.59 − 5,369.82 − 107.40 − interest 2,835.25 + 429.17 + 402.50 − 186,681.07.
    expect(paid.residual).toBe('38014.38');
    expect(paid.triggers.cumulativeNetLoss).toMatchObject({ value: '16305.19', on: false });
    await expectBooksToAgree();
    expect(await verified(house, stage, 1)).toEqual(GREEN);
  }, 90_000);

  it('trips in the second and pays the senior class alone', async () => {
    const report = await collect(stage, 2, await importTape(stage, 2, TAPES[1]));
    expectSumsOf(report, 2);
    expect(SUMS[1]?.opening).toBe(SUMS[0]?.closing);
    const { waiting } = await pay(stage, 2);
    expect(waiting).toEqual(CEDAR_WAITS);

    const paid = await paidIn(stage, 2);
    // 16,305.19 + 232,054.40 − 1,793.57, above 1.5 % of 6,443,783.90 = 96,656.75.
    expect(paid.triggers.cumulativeNetLoss).toMatchObject({ value: '246566.02', on: true });
    expect(paid.tranches.A.opening).toBe('4994395.71');
    // 4,994,395.71 × 0.60 % × 29 ÷ 360.
    expect(paid.tranches.A.interestPaid).toBe('2413.96');
    // Due 361,149.18; there is 211,593.33 − 5,230.02 − 104.60 − 2,413.96 − 415.80 − 389.96.
    expect(paid.tranches.A.principalPaid).toBe('203038.99');
    expect([paid.tranches.B.principalPaid, paid.tranches.C.principalPaid]).toEqual(['0.00', '0.00']);
    expect([paid.tranches.B.interestPaid, paid.tranches.C.interestPaid]).toEqual(['415.80', '389.96']);
    expect(paid.residual).toBe('0.00');
    await expectBooksToAgree();
    expect(await verified(house, stage, 2)).toEqual(GREEN);
  }, 90_000);

  it('pays the holder whose KYC had lapsed both periods, once the record is renewed', async () => {
    const { account } = stage.cast.organisations.cedar;
    const before = await cashOf(house, stage, account);
    const renewed = { who: 'cedar', country: 'US', category: 'accredited', lockedUntil: null } as const;
    const kycValidUntil = stage.compiled.periods.at(-1)?.paymentDate ?? '';
    const entry = await admitOne(house.scene, { ...renewed, kycValidUntil });
    await stage.cast.people.secondOfficer.mined(entry ?? '');

    expect(await claimAll(stage, 1)).toEqual([]);
    expect(await claimAll(stage, 2)).toEqual([]);
    // 15 % of class A: 425.2875 + 24,090.6435 and 362.094 + 30,455.8485; all of class C: 402.50 + 10,031.93 and 389.96.
    expect((await cashOf(house, stage, account)) - before).toBe(66_158_263_500n);
    await expectBooksToAgree();
  }, 60_000);

  it('stays sequential in the third', async () => {
    const report = await collect(stage, 3, await importTape(stage, 3, TAPES[2]));
    expectSumsOf(report, 3);
    expect(SUMS[2]?.opening).toBe(SUMS[1]?.closing);
    const { waiting } = await pay(stage, 3);
    expect(waiting).toEqual([]);

    const paid = await paidIn(stage, 3);
    // 246,566.02 + 24,360.00 − 36,491.04: recoveries bring it down, the trigger stays.
    expect(paid.triggers.cumulativeNetLoss).toMatchObject({ value: '234434.98', on: true });
    // 250,805.50 − 4,904.66 − 98.09 − 2,395.68 − 415.80 − 389.96.
    expect(paid.tranches.A.principalPaid).toBe('242601.31');
    expect([paid.tranches.B.principalPaid, paid.tranches.C.principalPaid]).toEqual(['0.00', '0.00']);
    expect(paid.tranches.A.closing).toBe('4548755.41');
    await expectBooksToAgree();
    expect(await verified(house, stage, 3)).toEqual(GREEN);
  }, 90_000);

  it('is projected from where the chain has it, over the tape of the third', async () => {
    await quiet(house);
    const { trustee, auditor } = stage.cast.people;
    const path = `/deals/${stage.dealId}/scenario-sets`;
    const body = { set: 'grid: { default: [100 %] }\n', fromPeriod: 3 };
    const { setId } = await trustee.post<{ setId: string }>(path, body);
    const ended = await auditor.until<SetAnswer>(`${path}/${setId}`, 'the set', ({ status }) => status !== 'running');
    const vault = await contractOf(house, stage, 'DealVault');
    expect(ended).toMatchObject({
      ...{ status: 'done', failure: null, fromPeriod: 3, programHash: stage.compiled.program.hash },
      stateHash: (await vault.getFunction('stateHash').staticCall()) as string,
      tapeSha256: createHash('sha256').update(TAPES[2]).digest('hex'),
    });
    const results = await auditor.bytes(`${path}/${setId}/files/results.json`);
    const { figures, scenarios } = JSON.parse(new TextDecoder().decode(results)) as SetResults;
    const figure = (name: string): number =>
      Number(scenarios[0]?.values[figures.findIndex((each) => each.figure === name)]);
    // What A is after the third payment date.
    expect(figure('A.principal') + figure('A.outstanding')).toBeCloseTo(4_548_755.41, 2);
  }, 90_000);

  it('has vintage curves out of the three tapes', async () => {
    const path = `/deals/${stage.dealId}/vintages`;
    const vintages = await stage.cast.people.auditor.get<{ loans: number; months: { closing: string }[] }[]>(path);
    // Every loan of the first tape, a row each below the header; none comes later.
    const rows = new TextDecoder().decode(TAPES[0]).trimEnd().split('\n').length - 1;
    expect(vintages.reduce((sum, { loans }) => sum + loans, 0)).toBe(rows);
    expect(vintages.every(({ months }) => months.length >= 3)).toBe(true);
  });
});
