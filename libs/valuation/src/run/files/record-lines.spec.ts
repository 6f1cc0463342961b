import { describe, expect, it } from '@jest/globals';
import { type AssetClass, assetClassNamed, type FieldValue, type LoanRecord } from '@weir/collateral';
import type { GroupedLine } from '../project/project-groups.js';
import { recordLines } from './record-lines.js';

const percent = (value: number): bigint => BigInt(Math.round(value * 1e4)) * 1_000_000n;

function lineOf(
  name: string,
  values: Record<string, FieldValue>,
  side: 'opening' | 'closing' = 'closing',
): GroupedLine {
  const record = { row: 2, key: 'a', period: null, values, blocked: false, loan: null } as LoanRecord;
  const { lines } = recordLines([record], assetClassNamed(name) as AssetClass, side, '2025-03');
  return lines[0] as GroupedLine;
}

describe('lines of a tape of any asset class', () => {
  it('count the payment of the tape’s own month from opening balances: the stated term is as of its end', () => {
    const { fields } = assetClassNamed('consumer-loan') as AssetClass;
    const named = (role: string): string => fields.find((one) => one.role === role)?.name ?? role;
    // Ten payments from the opening balance on, of which the month pays one.
    const values = {
      [named('opening')]: 1_000_00n,
      [named('closing')]: 904_42n,
      [named('rate')]: percent(12),
      [named('remainingTerm')]: 9,
    };
    expect(lineOf('consumer-loan', values, 'opening')).toMatchObject({ balance: 100_000, remainingTerm: 10 });
    expect(lineOf('consumer-loan', values)).toMatchObject({ balance: 90_442, remainingTerm: 9 });
  });

  it('are commercial mortgages with their balloon, days, agreed payment and protection', () => {
    const values = {
      originationDate: '2020-03-15',
      maturityDate: '2030-03-01',
      reportPeriodEndScheduledLoanBalanceAmount: 45_000_00n,
      reportPeriodBeginningScheduleLoanBalanceAmount: 45_100_00n,
      reportPeriodInterestRatePercentage: percent(4.65),
      servicerTrusteeFeeRatePercentage: percent(0.02),
      originalAmortizationTermNumber: 360,
      originalInterestOnlyTermNumber: 0,
      interestAccrualMethodCode: '3',
      totalScheduledPrincipalInterestDueAmount: 235_13n,
      prepaymentLockOutEndDate: '2026-03-31',
      yieldMaintenanceEndDate: '2029-12-31',
    };
    const line = lineOf('commercial-mortgage', values);
    // 60 months old: 300 of 360 months to amortise, 60 to maturity; 12 locked out, 45 more with yield maintenance
    expect(line).toMatchObject({
      balance: 4_500_000,
      grossRate: 0.0465,
      netRate: 0.0463,
      age: 60,
      remainingTerm: 300,
      balloonMonth: 60,
      interestOnlyMonths: 0,
      schedule: { dayCount: 'ACT/360', arrears: true, payment: 23_513 },
      protection: {
        index: 'UST',
        stretches: [
          { kind: 'lockout', months: 12 },
          { kind: 'yield-maintenance', months: 45, share: 0.01 },
        ],
      },
    });
    expect(lineOf('commercial-mortgage', values, 'opening').balance).toBe(4_510_000);
    const interestOnly = lineOf('commercial-mortgage', { ...values, originalInterestOnlyTermNumber: 84 });
    expect(interestOnly).toMatchObject({ interestOnlyMonths: 24, schedule: { dayCount: 'ACT/360' } });
    expect(interestOnly.schedule).not.toHaveProperty('payment');
    expect(lineOf('commercial-mortgage', { ...values, originalInterestOnlyTermNumber: 120 })).toMatchObject({
      amortisation: 'bullet',
      remainingTerm: 60,
    });
  });

  it('are commercial mortgages by the payments that fell due, and amortise after the interest-only ones', () => {
    const values = {
      originationDate: '2016-12-30',
      firstLoanPaymentDueDate: '2017-02-06',
      maturityDate: '2027-01-06',
      reportPeriodEndScheduledLoanBalanceAmount: 1_000_00n,
      reportPeriodInterestRatePercentage: percent(4.5),
      originalAmortizationTermNumber: 360,
      originalInterestOnlyTermNumber: 102,
      scheduledPrincipalAmount: 0n,
      totalScheduledPrincipalInterestDueAmount: 3_75n,
    };
    // February 2017 to March 2025 are 98 payments: 4 more of interest alone, then 360; the balloon is due in month 22.
    expect(lineOf('commercial-mortgage', values)).toMatchObject({
      ...{ interestOnlyMonths: 4, remainingTerm: 364, balloonMonth: 22 },
    });
    // The last of interest alone was March's: its payment is not the one that repays.
    const over = { ...values, originalInterestOnlyTermNumber: 98 };
    const line = lineOf('commercial-mortgage', over);
    expect(line).toMatchObject({ interestOnlyMonths: 0, remainingTerm: 360 });
    expect(line).not.toHaveProperty('schedule');
    const repaying = { ...over, originalInterestOnlyTermNumber: 97, scheduledPrincipalAmount: 1_00n };
    expect(lineOf('commercial-mortgage', repaying).schedule).toEqual({ payment: 375 });
    expect(lineOf('commercial-mortgage', { ...values, paymentTypeCode: '3' }).amortisation).toBe('bullet');
  });

  it.each([
    ['1', undefined],
    ['2', { dayCount: 'ACT/365F', arrears: true }],
    ['4', { dayCount: 'ACT/ACT', arrears: true }],
    ['5', { dayCount: 'ACT/366', arrears: true }],
    ['6', undefined],
  ])('count days by accrual method %s', (interestAccrualMethodCode, schedule) => {
    const values = {
      maturityDate: '2030-03-01',
      reportPeriodEndScheduledLoanBalanceAmount: 1_000_00n,
      reportPeriodInterestRatePercentage: percent(4.5),
    };
    expect(lineOf('commercial-mortgage', { ...values, interestAccrualMethodCode }).schedule).toEqual(schedule);
  });

  it('are consumer loans as their tape says that they repay', () => {
    const values = {
      originationDate: '2024-03-01',
      maturityDate: '2035-03-01',
      closingBalance: 10_000_00n,
      interestRate: percent(12),
    };
    expect(lineOf('consumer-loan', values)).not.toHaveProperty('amortisation');
    expect(lineOf('consumer-loan', { ...values, amortisationType: 'Linear' }).amortisation).toBe('linear');
    expect(lineOf('consumer-loan', { ...values, amortisationType: 'Bullet' }).amortisation).toBe('bullet');
    // Twelve of its eighteen months of interest alone are over.
    expect(lineOf('consumer-loan', { ...values, balloonAmount: 6_000_00n, interestOnlyTerm: 18 })).toMatchObject({
      interestOnlyMonths: 6,
      schedule: { balloon: 600_000 },
    });
  });

  it('are mortgages of ESMA’s annex 2: linear, balloons, floating with caps, late', () => {
    const values = {
      originationDate: '2024-03-01',
      maturityDate: '2035-03-01',
      currentPrincipalBalance: 100_000_00n,
      currentInterestRate: percent(5),
      numberOfDaysInArrears: 65,
    };
    const base = { balance: 10_000_000, grossRate: 0.05, netRate: 0.05, remainingTerm: 120, age: 12, loanCount: 1 };
    expect(lineOf('residential-mortgage', values)).toEqual({ ...base, status: '60' });
    const more = { amortisationType: 'FIXE', principalGracePeriodEndDate: '2026-03-01', balloonAmount: 20_000_00n };
    expect(lineOf('residential-mortgage', { ...values, ...more })).toMatchObject({
      amortisation: 'linear',
      interestOnlyMonths: 12,
      schedule: { balloon: 2_000_000 },
    });
    const floating = {
      interestRateType: 'FLCA',
      currentInterestRateIndex: 'EURA',
      currentInterestRateMargin: percent(1.5),
      interestRateResetInterval: 3,
      interestRateCap: percent(8),
      interestRateFloor: percent(1),
    };
    const adjustable = { index: 'EURA', margin: 0.015, firstReset: 1, resetEvery: 3, lifeCap: 0.08, floor: 0.01 };
    expect(lineOf('residential-mortgage', { ...values, ...floating }).adjustable).toEqual(adjustable);
    const later = { ...floating, interestRateType: 'FLCF', interestRevisionDate1: '2027-03-01' };
    expect(lineOf('residential-mortgage', { ...values, ...later }).adjustable?.firstReset).toBe(25);
    expect(lineOf('residential-mortgage', { ...values, ...floating, interestRateType: 'FXRL' })).not.toHaveProperty(
      'adjustable',
    );
  });

  it('are adjustable in a servicer’s own words too, with all that its tape states of the resets', () => {
    const values = {
      remainingTerm: 120,
      closingBalance: 1_000_00n,
      interestRate: percent(5),
      interestRateType: 'Adjustable',
      currentInterestRateIndex: 'SOFR',
      currentInterestRateMargin: percent(2.25),
      interestRateResetInterval: 12,
      interestRateCap: percent(10),
      firstRateResetDate: '2025-09-01',
      nextRateResetDate: '2025-09-01',
      initialRateCap: percent(5),
      periodicRateCap: percent(2),
      indexLookbackDays: 45,
      rateRoundingFactor: percent(0.125),
    };
    // From March to September 2025 six months pass: the new rate holds in the seventh. 45 days are begun months: two.
    const adjustable = { index: 'SOFR', margin: 0.0225, firstReset: 7, resetEvery: 12, lookback: 2, lifeCap: 0.1 };
    const caps = { initialCap: 0.05, periodicCap: 0.02, roundTo: 0.00125 };
    expect(lineOf('consumer-loan', values).adjustable).toEqual({ ...adjustable, ...caps });
    // The first reset is past: its own cap is no longer of any loan.
    const seasoned = { ...values, firstRateResetDate: '2024-09-01' };
    expect(lineOf('consumer-loan', seasoned).adjustable).not.toHaveProperty('initialCap');
    const { interestRateType: _, ...unsaid } = values;
    expect(lineOf('consumer-loan', unsaid).adjustable?.index).toBe('SOFR');
    expect(lineOf('consumer-loan', { ...values, interestRateType: 'Fixed' })).not.toHaveProperty('adjustable');
  });

  it('are leases with as much of the residual value as the rentals leave', () => {
    const values = {
      contractBalance: 1_000_00n,
      implicitRate: percent(12),
      remainingTerm: 2,
      residualValue: 500_00n,
    };
    // 258.76 for two months at 1 % leave 1,020.10 − 258.76 × 2.01 = 499.99; 507.51 leave nothing
    expect(lineOf('equipment-lease', values).schedule?.residual).toBe(50_000);
    const residual = lineOf('equipment-lease', { ...values, rental: 258_76n }).schedule?.residual ?? 0;
    expect(Math.abs(residual - 49_999.24)).toBeLessThan(0.01);
    expect(lineOf('equipment-lease', { ...values, rental: 507_52n })).not.toHaveProperty('schedule');
    const auto = {
      reportingPeriodEndActualSecuritizationAmount: 1_000_00n,
      securitizationDiscountRate: percent(12),
      remainingTermNumber: 2,
      baseResidualValue: 400_00n,
    };
    expect(lineOf('auto-lease', auto).schedule).toEqual({ residual: 40_000 });
  });

  it('are receivables that fall due whole, those past due at once', () => {
    const invoice = { outstandingAmount: 500_00n, dueDate: '2025-05-20', invoiceDate: '2025-02-20' };
    expect(lineOf('trade-receivable', invoice)).toMatchObject({
      balance: 50_000,
      grossRate: 0,
      remainingTerm: 2,
      amortisation: 'bullet',
    });
    expect(lineOf('trade-receivable', { ...invoice, dueDate: '2025-01-20' }).remainingTerm).toBe(1);
  });

  it('leave out what has no rate or no term, and pass over what has no balance', () => {
    const record = (row: number, values: Record<string, FieldValue>) =>
      ({ row, key: `k${row}`, period: null, values, blocked: false, loan: null }) as LoanRecord;
    const consumer = assetClassNamed('consumer-loan') as AssetClass;
    const { lines, places, left } = recordLines(
      [
        record(2, {
          closingBalance: 100_00n,
          interestRate: percent(9),
          originalTerm: 36,
          originationDate: '2024-03-01',
        }),
        record(3, { closingBalance: 100_00n, remainingTerm: 9 }),
        record(4, { closingBalance: 0n, interestRate: percent(9), remainingTerm: 9 }),
        record(5, { closingBalance: 50_00n, interestRate: percent(9) }),
      ],
      consumer,
      'closing',
      '2025-03',
    );
    expect(lines.map(({ remainingTerm }) => remainingTerm)).toEqual([24]);
    expect(places).toEqual([{ key: 'k2', row: 2 }]);
    expect(left).toEqual([
      { key: 'k3', row: 3, balance: 10_000n, lacks: 'rate' },
      { key: 'k5', row: 5, balance: 5_000n, lacks: 'term' },
    ]);
  });
});
