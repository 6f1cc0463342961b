import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reconcile } from '../../apps/stack/src/demo/account.js';
import { deposit, report } from '../../apps/stack/src/demo/collect.js';
import { settle, untilFinal, untilPaymentDate } from '../../apps/stack/src/demo/pay.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { closedDeal, importTape, smallTape } from './deals.js';
import { GREEN, paidIn, quiet, refusalOf, rowCounts, vaultState, verified } from './evidence.js';
import { House } from './harness.js';

let house: House;
let stage: StructuredStage;

beforeAll(async () => {
  house = await House.open();
  stage = await closedDeal(house.scene);
}, 120_000);
afterAll(() => house?.close(), 60_000);

/** Both parties agree on the cash held, the trustee first; gives what each was told. */
async function agree(period: number, cashHeld: string): Promise<boolean[]> {
  const path = `/deals/${stage.dealId}/periods/${period}/joint-settlement`;
  const { trustee, calculationAgent } = stage.cast.people;
  const first = await trustee.post<{ agreed: boolean }>(path, { cashHeld });
  const second = await calculationAgent.post<{ agreed: boolean }>(path, { cashHeld });
  return [first.agreed, second.agreed];
}

async function settled(period: number): Promise<void> {
  await settle(stage, period);
  await untilFinal(stage, period);
}

describe('a deposit that differs from the report', () => {
  // Collections of the tapes, added up in tape-sums.ts and here written out: 233,839.59, 218,120.66 and 222,566.12.
  it('short by 1,000.00 settles only jointly, misses no coupon, and is the servicer’s debt', async () => {
    const { figures } = await report(stage, 1, stage.tapeId);
    expect(figures.available).toBe('233839.59');
    await deposit(stage, 1, '232839.59');
    await untilPaymentDate(stage, 1);

    await quiet(house);
    const before = [await rowCounts(house), await vaultState(house, stage)];
    const alone = await refusalOf(settle(stage, 1));
    expect(alone).toMatchObject({ status: 409, code: 'deposit-differs' });
    expect(alone.problem).toMatchObject({ remittance: '233839.59', held: '232839.59' });
    const path = `/deals/${stage.dealId}/periods/1/joint-settlement`;
    const wrong = await refusalOf(stage.cast.people.trustee.post(path, { cashHeld: '233839.59' }));
    expect(wrong.code).toBe('joint-amount-differs');
    expect([await rowCounts(house), await vaultState(house, stage)]).toEqual(before);

    expect(await agree(1, '232839.59')).toEqual([false, true]);
    await settled(1);
    const paid = await paidIn(stage, 1);
    // 5,155,000 × 0.60 % × 33 ÷ 360; 515,000 × 1.00 % × 30 ÷ 360; 322,000 × 1.50 % × 30 ÷ 360.
    expect(paid.tranches.A.interestPaid).toBe('2835.25');
    expect(paid.tranches.B.interestPaid).toBe('429.17');
    expect(paid.tranches.C.interestPaid).toBe('402.50');
    // 232,839.59 − 5,369.82 − 107.40 − 2,835.25 − 429.17 − 402.50 − 186,681.07 of principal.
    expect(paid.residual).toBe('37014.38');
    expect(paid).toMatchObject({ deposit: '232839.59', remittance: '233839.59', servicerReceivable: '1000.00' });
    expect((await reconcile(stage)).differences).toEqual([]);
    expect(await verified(house, stage, 1)).toEqual(GREEN);
  }, 60_000);

  it('is made up with the next remittance; 500.00 in excess goes into suspense', async () => {
    const { figures } = await report(stage, 2, await importTape(stage, 2, smallTape(2)));
    expect(figures.available).toBe('218120.66');
    // 218,120.66 + 1,000.00 due, and 500.00 more.
    await deposit(stage, 2, '219620.66');
    await untilPaymentDate(stage, 2);
    const alone = await refusalOf(settle(stage, 2));
    expect(alone.problem).toMatchObject({ code: 'deposit-differs', remittance: '219120.66', held: '219620.66' });

    expect(await agree(2, '219620.66')).toEqual([false, true]);
    await settled(2);
    expect(await paidIn(stage, 2)).toMatchObject({ servicerReceivable: '0.00', suspense: '500.00' });
    expect((await reconcile(stage)).differences).toEqual([]);
    expect(await verified(house, stage, 2)).toEqual(GREEN);
  }, 60_000);

  it('and the suspense is used first: the month after remits 500.00 less and settles by itself', async () => {
    await report(stage, 3, await importTape(stage, 3, smallTape(3)));
    // 222,566.12 − 500.00.
    await deposit(stage, 3, '222066.12');
    await untilPaymentDate(stage, 3);
    await settled(3);
    const paid = await paidIn(stage, 3);
    expect(paid).toMatchObject({ remittance: '222066.12', deposit: '222066.12', suspense: '0.00' });
    expect(paid.servicerReceivable).toBe('0.00');
    expect((await reconcile(stage)).differences).toEqual([]);
  }, 60_000);
});
