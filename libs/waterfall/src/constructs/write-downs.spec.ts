import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const CLASSES = `- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
- {name: B, amount: 100.00 USD, coupon: 24 %, dayCount: 30/360, accrual: unadjusted}`;

describe('losses written off from the bottom', () => {
  const deal = (): Construct =>
    new Construct({
      tranches: CLASSES,
      report: 'loss: money\nback: money',
      steps: `- {step: i, interest: [A, B], from: [collection]}
- {step: down, writeDown: loss, to: [B, A]}
- {step: up, writeUp: back, to: [A, B]}
- {step: p, principal: 0.00 USD, to: [A, B], method: sequential, from: [collection]}
- {step: note, compute: {beyond: down.short, written: down.paid, risen: up.paid}}
- {step: rest, residual: sponsor, from: [collection]}`,
    });

  it('takes the junior class first, and interest follows the balance', () => {
    const losses = deal();
    const first = losses.pay({ cash: 5_000n, loss: 13_000n });
    expect([first.state('balance.B'), first.state('balance.A')]).toEqual([0n, 97_000n]);
    // 970.00 × 1 %; nothing on B
    const second = losses.pay({ cash: 5_000n });
    expect([second.paid('A interest'), second.paid('B interest')]).toEqual([970n, 0n]);
  });

  it('writes up at most what was written down, in the order of the list', () => {
    const losses = deal();
    losses.pay({ cash: 5_000n, loss: 13_000n });
    const up = losses.pay({ cash: 5_000n, back: 4_000n });
    expect([up.state('balance.A'), up.state('balance.B'), up.value('risen')]).toEqual([100_000n, 1_000n, 4_000n]);
    const more = losses.pay({ cash: 5_000n, back: 50_000n });
    expect([more.state('balance.A'), more.state('balance.B'), more.value('risen')]).toEqual([
      100_000n,
      10_000n,
      9_000n,
    ]);
    expect([more.state('writtenDown.A'), more.state('writtenDown.B')]).toEqual([0n, 0n]);
  });

  it('shows a loss beyond all classes as short, and never a balance below zero', () => {
    const first = deal().pay({ cash: 5_000n, loss: 120_000n });
    expect([first.state('balance.A'), first.state('balance.B')]).toEqual([0n, 0n]);
    expect([first.value('written'), first.value('beyond')]).toEqual([110_000n, 10_000n]);
  });

  it('moves no cash', () => {
    const first = deal().pay({ cash: 5_000n, loss: 13_000n });
    // interest of 10.00 and 2.00 on the opening balances
    expect(first.paid('residual')).toBe(3_800n);
  });
});

describe('over-collateralisation absorbs losses without a write-down', () => {
  it('only what the pool lacks to cover the notes is written down', () => {
    const oc = new Construct({
      tranches: CLASSES,
      report: 'poolClosing: money',
      steps: `- {step: i, interest: [A, B], from: [collection]}
- {step: p, principal: "max(0, cash - 12.00 USD)", to: [A, B], method: sequential, from: [collection]}
- {step: down, writeDown: "max(0, notes.balance - poolClosing)", to: [B, A]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    // 100.00 of principal leave notes of 1,000.00 on a pool of 1,050.00: nothing to write down
    const first = oc.pay({ cash: 11_200n, poolClosing: 105_000n });
    expect([first.state('balance.A'), first.state('balance.B')]).toEqual([90_000n, 10_000n]);
    // the pool falls to 950.00 and nothing is paid: 50.00 of B go, after principal was applied
    const second = oc.pay({ cash: 1_200n, poolClosing: 95_000n });
    expect([second.state('balance.A'), second.state('balance.B')]).toEqual([90_000n, 5_000n]);
  });
});
