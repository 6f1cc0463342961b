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

  it('to the nearest cent where the document says so, as Toyota Auto Receivables 2024-A Owner Trust', () => {
    // Servicer's certificate of 16 June 2025 (SEC, exhibit 99.1): second priority principal of 26,273,467.30 is 6,568,366.83 to
    // A-2a (a quarter is …66.825) and 19,705,100.47 to A-2b; then regular principal of 14,875,000.06 is 3,718,750.01 and
    // 11,156,250.05 (32,760,436.31 ÷ 131,041,745.26 of it are 3,718,750.0144).
    const pair = [po('A2a', '39328803.14'), po('A2b', '117986409.42')].join('\n');
    const paid = (shares: 'down' | 'half-up') => {
      const deal = new Construct({
        tranches: pair,
        shares,
        steps: `- {step: second, principal: 26273467.30 USD, to: [A2a, A2b], method: pro rata, from: [collection]}
- {step: regular, principal: 14875000.06 USD, to: [A2a, A2b], method: pro rata, from: [collection]}
- {step: rest, residual: sponsor, from: [collection]}`,
      });
      return principals(deal, 5_000_000_000n, ['A2a', 'A2b']).slice(0, 2);
    };
    expect(paid('half-up')).toEqual([656_836_683n + 371_875_001n, 1_970_510_047n + 1_115_625_005n]);
    expect(paid('down')).toEqual([656_836_682n + 371_875_001n, 1_970_510_048n + 1_115_625_005n]);
  });

  it('to the nearest cent never more than is owed, whatever the cash', () => {
    const pair = [po('A1', '0.03'), po('A2', '0.02'), po('A3', '0.05')].join('\n');
    const step = '- {step: p, principal: notes.opening, to: [A1, A2, A3], method: pro rata, from: [collection]}';
    const rest = '- {step: rest, residual: sponsor, from: [collection]}';
    // 0.01: 3 ÷ 10 and 2 ÷ 7 of it are nothing; 0.05: 1.5 is 2, of 3 left 2 ÷ 7 are 1, 2 remain; 0.09: 2.7 is 3, 12 ÷ 7 is 2, 4.
    for (const [cash, expected] of [
      [1n, [0n, 0n, 1n, 0n]],
      [5n, [2n, 1n, 2n, 0n]],
      [9n, [3n, 2n, 4n, 0n]],
      [10n, [3n, 2n, 5n, 0n]],
    ] as const) {
      const deal = new Construct({ tranches: pair, shares: 'half-up', steps: `${step}\n${rest}` });
      expect(principals(deal, cash, ['A1', 'A2', 'A3'])).toEqual(expected);
    }
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

describe('bounds and weights that speak of balances', () => {
  const three = [po('A', '100.00'), po('B', '100.00'), po('C', '100.00')].join('\n');
  const paid = (to: string, method = ', method: sequential'): bigint[] =>
    principals(open(`- {step: p, principal: 150.00 USD, to: ${to}${method}, from: [collection]}`, three), 15_000n, [
      'A',
      'B',
      'C',
    ]);

  it('mean those with which the step begins', () => {
    // B stood at 100.00 when the step began, and so does A: nothing to A, 50.00 to C.
    expect(paid('[B, {class: A, until: B.balance}, C]')).toEqual([0n, 10_000n, 5_000n, 0n]);
    // 1 : 1 : 1, whatever A and B were paid meanwhile
    const weights = '{pro rata: [A, B, C], by: [C.balance, A.balance, B.balance]}';
    expect(paid(weights, '')).toEqual([5_000n, 5_000n, 5_000n, 0n]);
    // 150.00 of cash weigh as much as 150.00
    const cash = '{pro rata: [A, B, C], by: [150.00 USD, collection.balance, collection.balance]}';
    expect(paid(cash, '')).toEqual([5_000n, 5_000n, 5_000n, 0n]);
  });
});

describe('a class that stands twice inside a list within the list', () => {
  const three = [po('A', '100.00'), po('B', '100.00'), po('C', '100.00')].join('\n');
  const names = ['A', 'B', 'C'];
  const inner = '{sequential: [{class: A, until: 50.00 USD}, B, A]}';

  it('keeps nothing from the classes after it', () => {
    const deal = open(
      `- {step: p, principal: notes.opening, to: [${inner}, C], method: sequential, from: [collection]}`,
      three,
    );
    // The list can take 200.00, not 50.00 + 100.00 + 100.00: 80.00 of 280.00 go to C.
    expect(principals(deal, 28_000n, names)).toEqual([10_000n, 10_000n, 8_000n, 0n]);
  });

  it('weighs once what it has, and what it cannot take goes to the others', () => {
    const shared = (cash: bigint): bigint[] =>
      principals(
        open(`- {step: p, principal: notes.opening, to: [${inner}, C], method: pro rata, from: [collection]}`, three),
        cash,
        names,
      );
    // 200.00 : 100.00 of 90.00: 60.00, of which A takes 50.00 down to its bound, and 30.00
    expect(shared(9_000n)).toEqual([5_000n, 1_000n, 3_000n, 0n]);
    const weighted = open(
      `- {step: p, principal: notes.opening, to: {pro rata: [${inner}, C], by: [5, 1]}, from: [collection]}`,
      three,
    );
    // 5 : 1 of 270.00 is 225.00 and 45.00; the list can take 200.00, the other 25.00 are C's.
    expect(principals(weighted, 27_000n, names)).toEqual([10_000n, 10_000n, 7_000n, 0n]);
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
