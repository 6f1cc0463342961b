import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CONTRACT_DAY_COUNTS } from './accrual.js';
import { compareEvents } from './event.js';
import { indexed } from './loan.fixture.js';
import { addPeriods } from './moment.js';
import { projectContract } from './project-contract.js';
import type { Cycle } from './schedule.js';
import type { Contract, Loan, LoanTerms } from './terms.js';

const INDEX = indexed('index', { '2020-01-01': 0.03, '2024-06-15': 0.05, '2025-02-01': -0.01 });

const cycle = fc.record<Cycle>({
  count: fc.integer({ min: 1, max: 4 }),
  unit: fc.constant('month'),
  lastPeriod: fc.constantFrom('short', 'long'),
});

/** Loans of every way to repay, over one to four years, with what may come on top. */
const loan: fc.Arbitrary<Loan> = fc
  .record({
    kind: fc.constantFrom('bullet', 'linear', 'annuity', 'fixed-payment', 'simple-interest', 'stepped'),
    months: fc.integer({ min: 12, max: 48 }),
    firstDay: fc.integer({ min: 0, max: 40 }),
    rate: fc.double({ min: -0.02, max: 0.2, noNaN: true }),
    balance: fc.double({ min: 1, max: 1e6, noNaN: true }),
    share: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
    dayCount: fc.constantFrom(...CONTRACT_DAY_COUNTS),
    endOfMonth: fc.constantFrom('same-day', 'end-of-month'),
    moves: fc.boolean(),
    floats: fc.boolean(),
    capitalises: fc.boolean(),
    forborne: fc.double({ min: 0, max: 0.4, noNaN: true }),
    residual: fc.double({ min: 0, max: 0.4, noNaN: true }),
    steps: fc.boolean(),
    cycle,
  })
  .map((given): Loan => {
    const initialDate = addPeriods('2023-12-20', { count: given.firstDay, unit: 'day' }, 1);
    const from = addPeriods(initialDate, { count: 1, unit: 'month' }, 1);
    const terms: LoanTerms = {
      id: 'any',
      currency: 'USD',
      side: 'asset',
      statusDate: '2023-12-01',
      balance: given.balance,
      conventions: {
        dayCount: given.dayCount,
        endOfMonth: given.endOfMonth,
        businessDays: given.moves ? { convention: 'following', calendar: 'weekdays', interestTo: 'moved' } : undefined,
      },
      initialDate,
      maturityDate: addPeriods(initialDate, { count: given.months, unit: 'month' }, 1),
      interest: {
        rate: given.rate,
        firstDate: from,
        cycle: given.cycle,
        capitalisedUntil: given.capitalises ? addPeriods(from, { count: 2, unit: 'month' }, 1) : undefined,
      },
      rateReset: given.floats
        ? { index: 'index', spread: 0.01, multiplier: 1, firstDate: from, cycle: given.cycle, lifeCap: 0.04 }
        : undefined,
    };
    if (given.steps) {
      terms.forborne = given.forborne * given.balance;
      terms.rateChanges = [{ from: addPeriods(from, { count: 3, unit: 'month' }, 1), rate: 0.07 }];
    }
    const payment = given.share * given.balance;
    const redemption = { firstDate: from, cycle: given.cycle, payment };
    if (given.kind === 'bullet') return { ...terms, kind: given.kind };
    if (given.kind === 'annuity' && given.steps) {
      return { ...terms, kind: given.kind, redemption, residualValue: given.residual * given.balance };
    }
    if (given.kind !== 'stepped') return { ...terms, kind: given.kind, redemption };
    const step = { cycle: given.cycle, amount: payment };
    const later = addPeriods(from, { count: 5, unit: 'month' }, 1);
    return {
      ...terms,
      kind: 'stepped',
      principalSteps: [
        { ...step, from, direction: 'drawn' },
        { ...step, from: later, direction: 'repaid' },
      ],
      interestSteps: [{ from, cycle: given.cycle }],
      rateSteps: given.floats ? [{ from, kind: 'floating', rate: 0.01 }] : [{ from: later, kind: 'fixed', rate: 0.03 }],
    };
  });

const near = (a: number, b: number, size: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, size);

describe('laws of loan contracts', () => {
  it('the borrower sees the lender’s flows with every sign turned', () => {
    fc.assert(
      fc.property(loan, (terms: Contract) => {
        const lender = projectContract(terms, INDEX);
        const borrower = projectContract({ ...terms, side: 'liability' }, INDEX);

        expect(borrower.map(({ kind, at }) => [kind, at])).toEqual(lender.map(({ kind, at }) => [kind, at]));
        const mirrored = lender.every(
          ({ flow, balance, accrued }, index) =>
            near(flow, -(borrower[index]?.flow ?? NaN), terms.balance) &&
            near(balance, -(borrower[index]?.balance ?? NaN), terms.balance) &&
            near(accrued, -(borrower[index]?.accrued ?? NaN), terms.balance),
        );
        expect(mirrored).toBe(true);
      }),
    );
  });

  it('events come in order and leave nothing owed', () => {
    fc.assert(
      fc.property(loan, (terms) => {
        const events = projectContract(terms, INDEX);

        expect([...events].sort(compareEvents)).toEqual(events);
        expect(events.at(-1)).toMatchObject({ kind: 'maturity', balance: 0, accrued: 0 });
      }),
    );
  });

  it('principal and capitalised interest that go in come out: the balance moves by no other flow', () => {
    fc.assert(
      fc.property(loan, (terms) => {
        const events = projectContract(terms, INDEX);
        const moves = ['initial-exchange', 'principal', 'drawing', 'residual', 'maturity'];
        const principal = events.filter(({ kind }) => moves.includes(kind)).reduce((sum, { flow }) => sum + flow, 0);
        const capitalised = events.reduce(
          (sum, { kind, balance }, index) =>
            kind === 'interest-capitalised' ? sum + balance - (events[index - 1]?.balance ?? 0) : sum,
          0,
        );

        expect(near(principal, capitalised, terms.balance * events.length)).toBe(true);
      }),
    );
  });

  it('a loan seen later, with what it owed then, has the same future', () => {
    fc.assert(
      fc.property(loan, fc.integer({ min: 2, max: 400 }), (terms, days) => {
        fc.pre(splits(terms));
        const whole = projectContract(terms, INDEX);
        const statusDate = addPeriods(terms.initialDate, { count: days, unit: 'day' }, 1);
        const past = whole.filter(({ at }) => at <= statusDate).at(-1);
        const [rest, accruing] = [whole.filter(({ at }) => at > statusDate), reviewed(terms, statusDate)];
        if (!past || past.balance === 0) return;
        const later: Loan = {
          ...terms,
          statusDate,
          balance: past.balance,
          interest: { ...(terms.interest as NonNullable<Loan['interest']>), rate: past.rate, accrued: accruing },
        };
        const seen = projectContract(later, INDEX);

        expect(seen.map(({ kind, at }) => [kind, at])).toEqual(rest.map(({ kind, at }) => [kind, at]));
        const same = seen.every(({ flow }, index) => near(flow, rest[index]?.flow ?? NaN, terms.balance));
        expect(same).toBe(true);
      }),
    );
  });
});

/**
 * Whether a loan can be cut at any day: days of the bond basis do not add up, a moved date may lie on both sides of the cut,
 * and the payment that an annuity fixed after a reset is none of its terms.
 */
function splits({ conventions, kind, rateReset, rateChanges }: Loan): boolean {
  const isReset = kind === 'annuity' && (rateReset ?? rateChanges);
  return conventions.dayCount !== '30/360' && !conventions.businessDays && !isReset;
}

/** What a loan has accrued at a day, told by a review of it. */
function reviewed(terms: Loan, at: string): number {
  const events = projectContract(terms, { ...INDEX, events: [{ at, kind: 'reviewed', amount: 0 }] });
  return events.find(({ kind }) => kind === 'review')?.accrued ?? 0;
}
