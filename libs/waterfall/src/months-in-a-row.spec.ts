import { describe, expect, it } from '@jest/globals';
import { compileText, PaidDeal } from '../fixtures/sample-deal.js';

// Cut-off 1,000,000.00: A 800,000, B 80,000, C 50,000; reserve 10,000.00; losses trip above 15,000.00.
const small = (): PaidDeal => new PaidDeal(compileText(undefined, 100_000_000n));

describe('what one payment date leaves to the next', () => {
  it('a short deposit, a month of reversals with cash by mistake, then losses that trip the trigger', () => {
    const deal = small();
    const read = ({ tranches, residual }: ReturnType<PaidDeal['pay']>['summary']) => ({
      interest: ['A', 'B', 'C'].map((name) => tranches[name]?.interestPaid),
      closing: ['A', 'B', 'C'].map((name) => tranches[name]?.closing),
      residual,
    });

    // Reported 29,000.00, deposited 5,000.00. Fees 833.33 + 16.67; interest A 800,000 × 0.006 × 33 ÷ 360, B ÷ 1200,
    // C × 0.00125. Left 3,580.83 of the 23,500.00 due, by 80 : 8 : 5 of 93: 308,028; 50,055 × 8 ÷ 13 = 30,803; 19,252.
    const july = deal.pay(
      {
        poolOpening: 100_000_000n,
        poolClosing: 98_000_000n,
        interestCollected: 900_000n,
        principalCollected: 2_000_000n,
      },
      500_000n,
    );
    expect(read(july.summary)).toEqual({
      interest: [44_000n, 6_667n, 6_250n],
      closing: [79_691_972n, 7_969_197n, 4_980_748n],
      residual: 0n,
    });
    expect(july.summary.servicerReceivable).toBe(2_400_000n);

    // −27,000.00 and the receivable of 24,000.00 leave −3,000.00 to carry; 1,200.00 come all the same and wait in
    // suspense. The reserve pays fees 816.67 + 16.33 and interest: A 79,691,972 × 174 ÷ 360,000 = 38,517.79 (29 days),
    // B 6,641.00, C 6,225.94 cents: 134,685 in all.
    const august = deal.pay(
      {
        poolOpening: 98_000_000n,
        poolClosing: 97_500_000n,
        interestCollected: -100_000n,
        principalCollected: -2_600_000n,
      },
      120_000n,
    );
    expect(read(august.summary)).toEqual({
      interest: [38_518n, 6_641n, 6_226n],
      closing: [79_691_972n, 7_969_197n, 4_980_748n],
      residual: 0n,
    });
    expect(august.summary).toMatchObject({ remittance: 0n, servicerReceivable: 0n, suspense: 120_000n });
    expect(august.state('carryForward')).toBe(300_000n);
    expect(august.summary.accounts['reserve']?.closing).toBe(865_315n);

    // 28,000.00 − 3,000.00 carried, of which suspense gives 1,200.00. Fees 828.75, interest 398.46 + 66.41 + 62.26 (A for
    // 30 days), 1,346.85 to the reserve: 22,297.27 is left of the 56,919.17 due, and all of it is A's.
    const september = deal.pay({
      poolOpening: 97_500_000n,
      poolClosing: 94_000_000n,
      interestCollected: 800_000n,
      principalCollected: 2_000_000n,
      chargeOffs: 1_500_001n,
    });
    expect(september.summary).toMatchObject({ remittance: 2_380_000n, servicerReceivable: 0n, suspense: 0n });
    expect(read(september.summary)).toEqual({
      interest: [39_846n, 6_641n, 6_226n],
      closing: [77_462_245n, 7_969_197n, 4_980_748n],
      residual: 0n,
    });
    expect(september.state('carryForward')).toBe(0n);
    expect(september.summary.accounts['reserve']?.closing).toBe(1_000_000n);
    expect(september.summary.triggers['cumulativeNetLoss']?.on).toBe(true);
  });
});

describe('days of an accrual period', () => {
  // Coupon × days at 10^12 is a column of the rows, or a constant where it is the same on every date: 0.60 % is 6 × 10^9,
  // 1.00 % is 10^10, and 30 days of that 300 × 10^9.
  const days = ({ compiled: { program, symbols } }: PaidDeal, period: number): (bigint | undefined)[] => {
    const word = (name: string): bigint | undefined => {
      const column = symbols.indexOf(name) - program.layout.regions.R.first;
      if (column >= 0) return program.rows[period - 1]?.[column];
      return program.constants.find((constant) => constant === 300_000_000_000n);
    };
    return [(word('A.accrual') ?? 0n) / 6_000_000_000n, (word('B.accrual') ?? 0n) / 10_000_000_000n];
  };

  it('follow the payment dates when adjusted and the payment days when not', () => {
    const deal = small();
    // Period 7 is paid on Tuesday 16 February 2021, after Washington's birthday, period 8 on Monday 15 March.
    expect(deal.compiled.periods[6]?.paymentDate).toBe('2021-02-16');
    expect([7, 8].map((period) => days(deal, period))).toEqual([
      [32n, 30n],
      [27n, 30n],
    ]);
    // Period 44 runs from Thursday 15 February 2024 to Friday 15 March, over the leap day.
    expect(deal.compiled.periods[42]?.paymentDate).toBe('2024-02-15');
    expect(days(deal, 44)).toEqual([29n, 30n]);
  });

  it('count a closing on the 31st as the 30th in 30/360', () => {
    const late = compileText((text) => text.replace('closing: 2020-07-15', 'closing: 2020-07-31'), 100_000_000n);
    // 31 July to 17 August is 17 days; 30 July to 15 August on the bond basis 15.
    expect(days(new PaidDeal(late), 1)).toEqual([17n, 15n]);
  });
});
