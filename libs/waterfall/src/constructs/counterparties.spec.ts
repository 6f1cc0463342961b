import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const RATE = 1_000_000_000_000n;
const percent = (n: bigint): bigint => (n * RATE) / 100n;
const CLASS = '- {name: A, amount: 1200.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}';

describe('a swap', () => {
  const deal = (pays = 'pays: {rate: 6 %, dayCount: 30/360}, '): Construct =>
    new Construct({
      tranches: CLASS,
      report: 'index: signed rate',
      collections: `items: [cash, swap.receipt]
account: collection
suspense: suspense`,
      blocks: `hedges:
  swap: {counterparty: bank, notional: A.opening, ${pays}receives: {rate: index, dayCount: ACT/360}, accrual: unadjusted}`,
      steps: `${pays === '' ? '' : '- {step: s, hedge: swap, from: [collection]}\n'}- {step: p, principal: 120.00 USD, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('nets both ways on a notional that falls', () => {
    const swap = deal();
    // pays 1,200.00 × 0.5 % = 6.00; receives 1,200.00 × 3 % × 31 ÷ 360 = 3.10
    const first = swap.pay({ cash: 20_000n, index: percent(3n) });
    expect([first.paid('swap'), first.value('swap.payment'), first.value('swap.receipt')]).toEqual([290n, 290n, 0n]);
    // on 1,080.00: pays 5.40, receives 12 % × 28 ÷ 360 = 10.08; 4.68 are due from the bank
    const second = swap.pay({ cash: 20_000n, index: percent(12n) });
    expect([second.paid('swap'), second.value('swap.receipt'), second.remittance]).toEqual([0n, 468n, 20_468n]);
  });

  it('pays on a negative index too', () => {
    // 6.00 and 1,200.00 × 3 % × 31 ÷ 360 = 3.10
    expect(
      deal()
        .pay({ cash: 20_000n, index: -percent(3n) })
        .paid('swap'),
    ).toBe(910n);
  });

  it('owes on what was not paid', () => {
    const swap = deal();
    expect(swap.pay({ cash: 100n, index: 0n }).state('unpaid.swap')).toBe(500n);
    expect(swap.pay({ cash: 20_000n, index: 0n }).paid('swap')).toBe(1_100n);
  });

  it('without a paying leg is a cap', () => {
    const cap = deal('').pay({ cash: 20_000n, index: percent(3n) });
    expect([cap.value('swap.receipt'), cap.remittance]).toEqual([310n, 20_310n]);
  });
});

describe('a liquidity facility', () => {
  const deal = (): Construct =>
    new Construct({
      tranches: CLASS,
      report: 'need: money',
      collections: `items: [cash, line.draw]
account: collection
suspense: suspense`,
      blocks: 'facilities: {line: {provider: bank, draw: need, limit: 50.00 USD}}',
      steps: `- {step: p, principal: 30.00 USD, to: A, from: [collection]}
- {step: back, repay: line, from: [collection]}
- {step: note, compute: {owing: line.drawn}}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('is drawn within its limit, and repaid from what comes later', () => {
    const facility = deal();
    const first = facility.pay({ need: 2_000n });
    expect([first.remittance, first.paid('A principal'), first.state('drawn.line')]).toEqual([2_000n, 2_000n, 2_000n]);
    // 40.00 are asked, 30.00 are left of the limit
    const second = facility.pay({ need: 4_000n });
    expect([second.value('line.draw'), second.paid('A principal'), second.state('drawn.line')]).toEqual([
      3_000n,
      3_000n,
      5_000n,
    ]);
    const third = facility.pay({ need: 4_000n });
    expect([third.value('line.draw'), third.paid('A principal')]).toEqual([0n, 0n]);
    const fourth = facility.pay({ cash: 7_000n });
    expect([fourth.paid('line'), fourth.state('drawn.line'), fourth.value('owing')]).toEqual([4_000n, 1_000n, 1_000n]);
    const fifth = facility.pay({ cash: 7_000n, need: 1_000n });
    // 10.00 are drawn again: 80.00 come in, 30.00 to A, 20.00 back
    expect([fifth.paid('line'), fifth.paid('residual'), fifth.state('drawn.line')]).toEqual([2_000n, 3_000n, 0n]);
  });
});

describe('what a facility costs', () => {
  it('is interest on what was drawn before, and a fee on what of the limit was not', () => {
    const deal = new Construct({
      tranches: CLASS,
      report: 'need: money',
      collections: `items: [cash, line.draw]
account: collection
suspense: suspense`,
      blocks: `facilities:
  line:
    provider: bank
    draw: need
    limit: 720.00 USD
    interest: {rate: 10 %, dayCount: ACT/360}
    commitmentFee: {rate: 1 %, dayCount: 30/360, accrual: unadjusted}`,
      steps: `- {step: commitment, fee: line.commitmentFee, from: [collection]}
- {step: lender, fee: line.interest, from: [collection]}
- {step: back, repay: line, from: [collection], when: period > 2}
- {step: p, principal: A.balance, to: A, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    const costs = (date: ReturnType<Construct['pay']>): bigint[] =>
      ['line.commitmentFee', 'line.interest'].map((name) => date.paid(name));
    // Nothing was drawn: a month of 1 % on 720.00.
    expect(costs(deal.pay({ need: 36_000n }))).toEqual([60n, 0n]);
    // 360.00 are drawn: a month of 1 % on the other 360.00; 28 days of 10 % on 360.00; there is cash for 0.80 of 2.80.
    expect(costs(deal.pay({ cash: 110n }))).toEqual([30n, 80n]);
    // 2.00 are still owed, without interest; 31 days are 3.10.
    const third = deal.pay({ cash: 50_000n });
    expect([...costs(third), third.paid('line'), third.state('drawn.line')]).toEqual([30n, 510n, 36_000n, 0n]);
    expect(costs(deal.pay({ cash: 1_000n }))).toEqual([60n, 0n]);
  });
});

describe('what a facility has drawn', () => {
  it('is in formulas before the first step what was drawn before this date', () => {
    const deal = new Construct({
      tranches: CLASS,
      collections: `items: [cash, line.draw]
account: collection
suspense: suspense`,
      blocks: `facilities: {line: {provider: bank, draw: "max(0, 10.00 USD - line.drawn)"}}
formulas: {before: line.drawn}`,
      steps: `- {step: p, principal: 1000.00 USD, to: A, from: [collection]}
- {step: back, repay: line, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    const first = deal.pay({});
    expect([first.value('before'), first.value('line.draw'), first.state('drawn.line')]).toEqual([0n, 1_000n, 1_000n]);
    const second = deal.pay({});
    expect([second.value('before'), second.value('line.draw'), second.state('drawn.line')]).toEqual([
      1_000n,
      0n,
      1_000n,
    ]);
  });
});
