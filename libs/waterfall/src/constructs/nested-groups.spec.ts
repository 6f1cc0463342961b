import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const po = (name: string, amount: string): string =>
  `- {name: ${name}, amount: ${amount} USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}`;
const CLASSES = [po('A1', '300.00'), po('A2', '100.00'), po('B', '200.00')].join('\n');

const open = (step: string, tranches = CLASSES): Construct =>
  new Construct({
    tranches,
    steps: `${step}
- {step: rest, residual: sponsor, from: [collection]}`,
  });

function principals(construct: Construct, cash: bigint, names = ['A1', 'A2', 'B']): bigint[] {
  const date = construct.pay({ cash });
  return [...names.map((name) => date.paid(`${name} principal`)), date.paid('residual')];
}

describe('a pair pro rata inside a sequence', () => {
  const nested = '- {step: p, principal: notes.opening, to: [[A1, A2], B], method: sequential, from: [collection]}';

  it('shares by balances first, then pays the next class', () => {
    const deal = open(nested);
    // 100.00 by 300 : 100 = 75.00 and 25.00
    expect(principals(deal, 10_000n)).toEqual([7_500n, 2_500n, 0n, 0n]);
    // 350.00: 225.00 and 75.00 are left of the pair, 50.00 go to B
    expect(principals(deal, 35_000n)).toEqual([22_500n, 7_500n, 5_000n, 0n]);
    // 150.00 are left of B; paid-off classes weigh nothing and take nothing
    expect(principals(deal, 20_000n)).toEqual([0n, 0n, 15_000n, 5_000n]);
    expect(principals(deal, 1n)).toEqual([0n, 0n, 0n, 1n]);
  });

  it('never makes a cent of rounding: 0.01 goes whole to the last that has a weight', () => {
    const deal = open(nested);
    // floor(1 × 300 ÷ 400) = 0, the rest is A2's
    expect(principals(deal, 1n)).toEqual([0n, 1n, 0n, 0n]);
    // 0.03: floor(3 × 30000 ÷ 39999) = 2, rest 1
    expect(principals(deal, 3n)).toEqual([2n, 1n, 0n, 0n]);
  });

  it('takes its share of a group by name', () => {
    const deal = new Construct({
      tranches: CLASSES,
      blocks: 'groups: {senior: [A1, A2]}',
      steps: `- {step: p, principal: senior.balance + B.balance, to: [senior, B], method: sequential, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    expect(principals(deal, 10_000n)).toEqual([7_500n, 2_500n, 0n, 0n]);
  });
});

describe('a sequence inside a pro-rata list', () => {
  it('weighs the sequence by its sum and pays its first class first', () => {
    const deal = open('- {step: p, principal: notes.opening, to: [[A1, A2], B], method: pro rata, from: [collection]}');
    // 400 : 200 of 90.00 = 60.00 and 30.00, all 60.00 to A1
    expect(principals(deal, 9_000n)).toEqual([6_000n, 0n, 3_000n, 0n]);
    // left 240, 100, 170 of 510; 459.00 × 340 ÷ 510 = 306.00: 240.00 to A1, 66.00 to A2; 153.00 to B
    expect(principals(deal, 45_900n)).toEqual([24_000n, 6_600n, 15_300n, 0n]);
  });
});

describe('weights and bounds', () => {
  it('splits by weights of the document, and offers what a paid-off class cannot take to the others', () => {
    const deal = open(
      '- {step: p, principal: notes.opening, to: {pro rata: [A1, A2, B], by: [1, 1, 2]}, from: [collection]}',
    );
    // 1 : 1 : 2 of 200.00
    expect(principals(deal, 20_000n)).toEqual([5_000n, 5_000n, 10_000n, 0n]);
    // 1 : 1 : 2 of 280.00 would be 70, 70, 140; A2 has 50.00 and B 100.00 left, the other 60.00 are offered to A1
    expect(principals(deal, 28_000n)).toEqual([13_000n, 5_000n, 10_000n, 0n]);
    expect(principals(deal, 99_999n)).toEqual([12_000n, 0n, 0n, 87_999n]);
  });

  it('weights that are all zero still pay, in order', () => {
    const deal = open(
      `- {step: p, principal: notes.opening, to: {pro rata: [A1, A2], by: ["max(0, 1 - period)", 0]}, from: [collection]}`,
      [po('A1', '300.00'), po('A2', '100.00')].join('\n'),
    );
    // the last takes what nobody has a weight for, up to its balance
    expect(principals(deal, 15_000n, ['A1', 'A2'])).toEqual([5_000n, 10_000n, 0n]);
  });

  it('pays a class down to a balance, then others, then the class again', () => {
    const deal = open(
      `- {step: p, principal: notes.opening, to: [{class: A1, until: 250.00 USD}, B, A1, A2], method: sequential, from: [collection]}`,
    );
    expect(principals(deal, 6_000n)).toEqual([5_000n, 0n, 1_000n, 0n]);
    // A1 stands at its balance, 190.00 go to B, 10.00 to A1
    expect(principals(deal, 20_000n)).toEqual([1_000n, 0n, 19_000n, 0n]);
    // A1 is below the balance that it is paid down to: nothing under that bound, no error
    expect(principals(deal, 34_000n)).toEqual([24_000n, 10_000n, 0n, 0n]);
  });

  it('a limit holds in the split and when the rest is offered again', () => {
    const deal = open(
      `- {step: p, principal: notes.opening, to: [{class: A1, limit: 20.00 USD}, A2], method: pro rata, from: [collection]}`,
      [po('A1', '300.00'), po('A2', '100.00')].join('\n'),
    );
    // 3 : 1 of 60.00 is 45.00 and 15.00; A1 takes 20.00, A2 15.00 and the 25.00 held back
    expect(principals(deal, 6_000n, ['A1', 'A2'])).toEqual([2_000n, 4_000n, 0n]);
    // A2 has 60.00 left: together they take 80.00
    expect(principals(deal, 10_000n, ['A1', 'A2'])).toEqual([2_000n, 6_000n, 2_000n]);
  });

  it('a limit of zero pays nothing', () => {
    const deal = open(
      `- {step: p, principal: notes.opening, to: [{class: A1, limit: 0 * cash}, A2], method: sequential, from: [collection]}`,
      [po('A1', '300.00'), po('A2', '100.00')].join('\n'),
    );
    expect(principals(deal, 1_000n, ['A1', 'A2'])).toEqual([0n, 1_000n, 0n]);
  });
});

describe('a class that stands twice with bounds', () => {
  it('is due only what both let it take together', () => {
    // Down to 900.00 first; then it is below 950.00 already: 100.00 and not 150.00
    const deal = new Construct({
      tranches: '- {name: A, amount: 1000.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}',
      steps: `- step: p
  principal: 900.00 USD
  to: [{class: A, until: 900.00 USD}, {class: A, until: 950.00 USD}]
  method: sequential
  from: [collection]
- {step: note, compute: {due: p.due, paid: p.paid, short: p.short}}
- {step: rest, residual: sponsor, from: [collection]}`,
    });
    const date = deal.pay({ cash: 100_000n });
    expect(['due', 'paid', 'short'].map((name) => date.value(name))).toEqual([10_000n, 10_000n, 0n]);
  });
});

describe('weights of which all are zero', () => {
  const deal = (): Construct =>
    open(
      '- {step: p, principal: notes.opening, to: {pro rata: [A1, A2, B], by: [period - 1, 2 * (period - 1), 0]}, from: [collection]}',
    );

  it('give all to the last, and what is more than it can take to all in order', () => {
    // The first date's weights are 0 : 0 : 0.
    expect(principals(deal(), 15_000n)).toEqual([0n, 0n, 15_000n, 0n]);
    // 250.00: B is 200.00 large, the other 50.00 go to A1
    expect(principals(deal(), 25_000n)).toEqual([5_000n, 0n, 20_000n, 0n]);
  });

  it('share by themselves again once they are none', () => {
    const twice = deal();
    principals(twice, 1_000n);
    // 90.00 by 1 : 2 : 0
    expect(principals(twice, 9_000n)).toEqual([3_000n, 6_000n, 0n, 0n]);
  });

  it('stop the run when one is negative', () => {
    const negative = open(
      '- {step: p, principal: notes.opening, to: {pro rata: [A1, A2, B], by: [period - 2, 1, 0]}, from: [collection]}',
    );
    expect(() => negative.pay({ cash: 1_000n })).toThrow(/range|below zero|negative/i);
  });
});

describe('a class that stands twice in a split', () => {
  it('takes no more than it is owed, and what it cannot take goes to the others', () => {
    const deal = open(
      '- {step: p, principal: notes.opening, to: [{class: A1, limit: 90.00 USD}, A2, A1], method: pro rata, from: [collection]}',
      [po('A1', '100.00'), po('A2', '100.00')].join('\n'),
    );
    // 1 : 1 : 1 of 90.00
    expect(principals(deal, 9_000n, ['A1', 'A2'])).toEqual([6_000n, 3_000n, 0n]);
    // 40.00 and 70.00 are left: of 90.00 by 40 : 70 : 40 are 24.00, 42.00, and of the other 24.00 only 16.00 are owed
    expect(principals(deal, 9_000n, ['A1', 'A2'])).toEqual([4_000n, 5_000n, 0n]);
  });
});
