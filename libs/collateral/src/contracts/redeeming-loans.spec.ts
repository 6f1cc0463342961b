import { describe, expect, it } from '@jest/globals';
import { ContractInvalid } from './errors.js';
import { indexed, MONTHLY, only, told, TERMS, tidy } from './loan.fixture.js';
import { projectContract } from './project-contract.js';
import type { AnnuityLoan, FixedPaymentLoan, LinearLoan } from './terms.js';

const LINEAR: LinearLoan = { kind: 'linear', ...TERMS, redemption: { cycle: MONTHLY, payment: 400 } };
const ANNUITY: AnnuityLoan = {
  kind: 'annuity',
  ...TERMS,
  maturityDate: '2024-03-01',
  redemption: { firstDate: '2024-02-01', cycle: MONTHLY },
};
const FIXED: FixedPaymentLoan = {
  kind: 'fixed-payment',
  ...TERMS,
  maturityDate: '2024-04-01',
  redemption: { firstDate: '2024-02-01', cycle: MONTHLY, payment: 5 },
};

describe('a linear loan', () => {
  it('repays equal parts and ends when they have repaid it', () => {
    expect(told(projectContract(LINEAR))).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['principal', '2024-02-01', 400, 800],
      ['interest', '2024-02-01', 12, 800],
      ['principal', '2024-03-01', 400, 400],
      ['interest', '2024-03-01', 8, 400],
      ['interest', '2024-04-01', 4, 400],
      ['maturity', '2024-04-01', 400, 0],
    ]);
  });

  it('moves an end that follows from its payments to a business day, and leaves a stated one', () => {
    // 600 on Wednesday 1 May 2024, 600 on Saturday 1 June or the Monday after: 600 cost 6 a month and 0.2 a day.
    const businessDays = { convention: 'following', calendar: 'weekdays', interestTo: 'moved' } as const;
    const loan: LinearLoan = {
      ...LINEAR,
      conventions: { ...LINEAR.conventions, businessDays },
      redemption: { firstDate: '2024-05-01', cycle: MONTHLY, payment: 600 },
    };

    expect(told(projectContract(loan)).slice(-2)).toEqual([
      ['interest', '2024-06-03', 6.4, 600],
      ['maturity', '2024-06-03', 600, 0],
    ]);
    expect(told(projectContract({ ...loan, maturityDate: '2024-06-01' })).slice(-2)).toEqual([
      ['interest', '2024-06-01', 6, 600],
      ['maturity', '2024-06-01', 600, 0],
    ]);
  });

  it('without a payment divides the balance over its dates, a last short stretch being one', () => {
    const upTo = (maturityDate: string) =>
      only(projectContract({ ...LINEAR, maturityDate, redemption: { cycle: MONTHLY } }), 'principal').map(
        ({ flow }) => flow,
      );

    expect(upTo('2024-04-01')).toEqual([400, 400]);
    expect(upTo('2024-04-16')).toEqual([300, 300, 300]);
  });

  it('pays no more than is left, and goes on with nothing to its maturity', () => {
    const events = projectContract({
      ...LINEAR,
      maturityDate: '2024-05-01',
      redemption: { cycle: MONTHLY, payment: 700 },
    });

    expect(told(only(events, 'principal')).map(([, , flow, balance]) => [flow, balance])).toEqual([
      [700, 500],
      [500, 0],
      [0, 0],
    ]);
  });

  it('seen in mid-life ends so many payments after its status date', () => {
    const events = projectContract({ ...LINEAR, statusDate: '2024-02-10', balance: 800 });

    expect(told(only(events, 'maturity'))).toEqual([['maturity', '2024-04-01', 400, 0]]);
  });

  it('reckons interest on the initial balance, or on the balance of the last base date', () => {
    const flows = (interestBase: LinearLoan['interestBase']) =>
      only(projectContract({ ...LINEAR, interestBase }), 'interest').map(({ flow }) => tidy(flow));

    expect(flows({ kind: 'initial-balance' })).toEqual([12, 12, 12]);
    expect(flows({ kind: 'lagged-balance', firstDate: '2024-03-01' })).toEqual([12, 12, 4]);
    expect(flows({ kind: 'lagged-balance', amount: 2400, firstDate: '2024-03-01' })).toEqual([24, 24, 4]);
    expect(flows({ kind: 'balance' })).toEqual([12, 8, 4]);
  });

  it('whose payment never repays it needs a maturity', () => {
    const endless = { ...LINEAR, redemption: { cycle: MONTHLY, payment: 0 } };

    expect(() => projectContract(endless)).toThrow(ContractInvalid);
  });
});

describe('an annuity', () => {
  // At 1 % a month: 1,200 × 1.01² ÷ (1 + 1.01) = 1,224.12 ÷ 2.01 = 609.014925…, of which 597.014925… repay principal.
  const level = 1224.12 / 2.01;

  it('fixes its payment the day before the first and repays itself by maturity', () => {
    expect(told(projectContract(ANNUITY))).toEqual([
      ['initial-exchange', '2024-01-01', -1200, 1200],
      ['payment-fixed', '2024-01-31', 0, 1200],
      ['principal', '2024-02-01', tidy(level - 12), tidy(1212 - level)],
      ['interest', '2024-02-01', 12, tidy(1212 - level)],
      ['interest', '2024-03-01', tidy((1212 - level) * 0.01), tidy(1212 - level)],
      ['maturity', '2024-03-01', tidy(1212 - level), 0],
    ]);
  });

  it('that pays first on the day it is paid out has one payment more', () => {
    // Today's payment bears no interest: p + p ÷ 1.01 + p ÷ 1.01² = 1,200, so p = 1,224.12 ÷ (1.01² + 1.01 + 1).
    const events = projectContract({
      ...ANNUITY,
      interest: { rate: 0.12, firstDate: '2024-01-01', cycle: MONTHLY },
      redemption: { firstDate: '2024-01-01', cycle: MONTHLY },
    });

    expect(tidy(only(events, 'principal')[0]?.flow as number)).toBe(tidy(1224.12 / 3.0301));
    expect(only(events, 'payment-fixed')).toEqual([]);
  });

  it('sized by an amortisation date leaves a balloon at its maturity', () => {
    // Twelve months at 1 %: 1,200 × 0.01 ÷ (1 − 1.01⁻¹²) = 106.618546…
    const events = projectContract({ ...ANNUITY, amortisationDate: '2025-01-01' });
    const payment = 12 / (1 - 1.01 ** -12);

    expect(tidy(only(events, 'principal')[0]?.flow as number)).toBe(tidy(payment - 12));
    expect(tidy(only(events, 'maturity')[0]?.flow as number)).toBe(tidy(1212 - payment));
  });

  it('fixes its payment anew after a reset', () => {
    // Over March to May at 12 %: the payment of 1 April onwards repays what is left at 24 %, 2 % a month, in two payments.
    const rateReset = { index: 'SOFR', spread: 0, multiplier: 1, firstDate: '2024-02-01' };
    const events = projectContract(
      { ...ANNUITY, maturityDate: '2024-04-01', rateReset },
      indexed('SOFR', { '2024-02-01': 0.24 }),
    );
    const [first, second] = only(events, 'principal');
    const left = first?.balance as number;

    expect(events.map(({ kind }) => kind).slice(2, 6)).toEqual([
      'principal',
      'interest',
      'rate-reset',
      'payment-fixed',
    ]);
    expect(tidy(second?.flow as number)).toBe(tidy((left * 1.02 ** 2) / 2.02 - left * 0.02));
    expect(tidy(only(events, 'maturity')[0]?.flow as number)).toBe(tidy(second?.balance as number));
  });

  it('of a stated payment ends after as many as repay it at the rate of the status date', () => {
    // 412 a month hold 400 of principal at first: 1,200 ÷ 400 are three payments.
    const events = projectContract({
      ...ANNUITY,
      maturityDate: undefined,
      redemption: { firstDate: '2024-02-01', cycle: MONTHLY, payment: 412 },
    });

    expect(events.at(-1)).toMatchObject({ kind: 'maturity', at: '2024-04-01' });
    expect(told(only(events, 'principal')).map(([, , flow]) => flow)).toEqual([400, 404]);
  });

  it('seen in mid-life has its payment from the start', () => {
    const events = projectContract({ ...ANNUITY, statusDate: '2024-02-01', balance: 606 });

    // One month of 606 at 1 % is 6.06; the one payment left is the maturity.
    expect(told(events)).toEqual([
      ['interest', '2024-03-01', 6.06, 606],
      ['maturity', '2024-03-01', 606, 0],
    ]);
  });

  it('pays interest on its own cycle before the first payment, and with every payment from then on', () => {
    const events = projectContract({
      ...ANNUITY,
      maturityDate: '2024-06-01',
      redemption: { firstDate: '2024-04-01', cycle: MONTHLY },
    });

    expect(only(events, 'interest').map(({ at }) => at)).toEqual([
      '2024-02-01',
      '2024-03-01',
      '2024-04-01',
      '2024-05-01',
      '2024-06-01',
    ]);
  });
});

describe('a loan of fixed payments', () => {
  it('adds the interest that exceeds the payment to the balance', () => {
    // 12 of interest against 5 paid: 7 more owed; then 12.07.
    expect(told(projectContract(FIXED)).slice(1)).toEqual([
      ['principal', '2024-02-01', -7, 1207],
      ['interest', '2024-02-01', 12, 1207],
      ['principal', '2024-03-01', -7.07, 1214.07],
      ['interest', '2024-03-01', 12.07, 1214.07],
      ['interest', '2024-04-01', 12.1407, 1214.07],
      ['maturity', '2024-04-01', 1214.07, 0],
    ]);
  });

  it('keeps its payment through a reset', () => {
    const rateReset = { index: 'SOFR', spread: 0, multiplier: 1, firstDate: '2024-02-01' };
    const events = projectContract({ ...FIXED, rateReset }, indexed('SOFR', { '2024-02-01': 0 }));

    expect(told(only(events, 'principal')).map(([, , flow]) => flow)).toEqual([-7, 5]);
  });

  it('must state its payment', () => {
    expect(() => projectContract({ ...FIXED, redemption: { cycle: MONTHLY } })).toThrow('redemption.payment');
  });
});
