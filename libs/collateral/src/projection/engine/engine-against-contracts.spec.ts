import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMonths, type PlainDate } from '@weir/calendar';
import type { ContractEvent } from '../../contracts/event.js';
import { type LoanModification, type ModifiableLoan, projectModified } from '../../contracts/modified-loan.js';
import { NOTHING_OBSERVED, type Observations } from '../../contracts/observations.js';
import { projectContract } from '../../contracts/project-contract.js';
import type { Cycle } from '../../contracts/schedule.js';
import type { AnnuityLoan, BulletLoan, Contract, LoanTerms } from '../../contracts/terms.js';
import type { IndexCurves } from '../adjustable-rate.js';
import { AS_SCHEDULED } from '../assumptions.js';
import type { PoolLine } from '../pool-line.js';
import { projectPool } from '../project-pool.js';

/** The stated bound: cash and balance of every month, of the balance at the cut-off date. */
const BOUND = 1e-6;
const START: PlainDate = '2024-01-01';
const MONTHLY: Cycle = { count: 1, unit: 'month', lastPeriod: 'short' };
/** The day of the payment of a projected month. */
const paidOn = (month: number): PlainDate => addMonths(START, month);

/** What every pair is made of. */
interface Given {
  readonly balance: number;
  readonly rate: number;
  readonly term: number;
  /** A month from 1, before the last. */
  readonly month: number;
  /** Another rate, and a share below one half. */
  readonly other: number;
  readonly share: number;
}

const given = fc
  .record({
    balance: fc.double({ min: 1000, max: 1e7, noNaN: true }),
    rate: fc.double({ min: 0.001, max: 0.25, noNaN: true }),
    term: fc.integer({ min: 6, max: 60 }),
    part: fc.double({ min: 0, max: 0.99, noNaN: true }),
    other: fc.double({ min: 0.001, max: 0.25, noNaN: true }),
    share: fc.double({ min: 0.01, max: 0.49, noNaN: true }),
  })
  .map(({ part, ...rest }): Given => ({ ...rest, month: 1 + Math.floor(part * (rest.term - 3)) }));

const terms = ({ balance, rate, term }: Given): LoanTerms & { maturityDate: string } => ({
  id: 'pair',
  currency: 'USD',
  side: 'asset',
  statusDate: '2023-12-31',
  balance,
  conventions: { dayCount: '30E/360', endOfMonth: 'same-day' },
  initialDate: START,
  maturityDate: paidOn(term),
  interest: { rate, firstDate: paidOn(1), cycle: MONTHLY },
});
const line = ({ balance, rate, term }: Given): PoolLine => ({
  balance,
  grossRate: rate,
  netRate: rate,
  remainingTerm: term,
  age: 0,
});
const redemption = { firstDate: paidOn(1), cycle: MONTHLY };
const annuity = (of: Given): AnnuityLoan => ({ kind: 'annuity', ...terms(of), redemption });
const bullet = (of: Given): BulletLoan => ({ kind: 'bullet', ...terms(of) });

/** One loan as the contract's events and as the engine's line. */
interface Pair {
  readonly events: ContractEvent[];
  readonly line: PoolLine;
  readonly indices?: IndexCurves;
}
const pair = (contract: Contract, engine: PoolLine, observed: Observations = NOTHING_OBSERVED): Pair => ({
  events: projectContract(contract, observed),
  line: engine,
});
const modifiedPair = (loan: ModifiableLoan, change: LoanModification, engine: PoolLine): Pair => ({
  events: projectModified(loan, [change]),
  line: engine,
});
/** A rate that changes after a month. */
const stepped = ({ rate, other, month }: Given): number[] => [...new Array<number>(month).fill(rate), other];

const KINDS: Record<string, (of: Given) => Pair> = {
  annuity: (of) => pair(annuity(of), line(of)),
  linear: (of) => pair({ kind: 'linear', ...terms(of), redemption }, { ...line(of), amortisation: 'linear' }),
  bullet: (of) => pair(bullet(of), { ...line(of), amortisation: 'bullet' }),
  'interest-only, then annuity': (of) => {
    const later = { firstDate: paidOn(of.month + 1), cycle: MONTHLY };
    return pair({ ...annuity(of), redemption: later }, { ...line(of), interestOnlyMonths: of.month });
  },
  balloon: (of) =>
    pair(
      { ...annuity(of), amortisationDate: paidOn(of.term), maturityDate: paidOn(of.month + 1) },
      { ...line(of), balloonMonth: of.month + 1 },
    ),
  lease: (of) => {
    const residual = of.share * of.balance;
    return pair({ ...annuity(of), residualValue: residual }, { ...line(of), schedule: { residual } });
  },
  forborne: (of) => {
    const forborne = of.share * of.balance;
    return pair({ ...annuity(of), forborne }, { ...line(of), schedule: { forborne } });
  },
  'step rate': (of) => {
    const rateChanges = [{ from: paidOn(of.month), rate: of.other }];
    return pair({ ...annuity(of), rateChanges }, { ...line(of), grossRate: stepped(of), netRate: stepped(of) });
  },
  'negative amortisation under a payment cap': (of) => {
    const rateChanges = [{ from: paidOn(of.month), rate: of.other }];
    const cap = of.share / 10;
    const reset = { firstDate: paidOn(of.month), cycle: { ...MONTHLY, count: 6 }, cap };
    const schedule = { paymentResetEvery: 6, firstPaymentReset: of.month + 1, paymentCap: cap };
    return pair(
      { ...annuity(of), rateChanges, paymentReset: reset },
      { ...line(of), grossRate: stepped(of), netRate: 0, schedule },
    );
  },
  'adjustable rate': (of) => {
    const values = Array.from({ length: of.term + 1 }, (_, at) => of.other * (1 + Math.sin(at)));
    const bounds = { initialCap: 0.05, periodicCap: 0.02, lifeCap: 0.2, floor: 0.01, lookback: 1 };
    const adjustable = { index: 'SOFR', margin: 0.01, firstReset: of.month + 1, resetEvery: 3, ...bounds };
    const rateReset = {
      index: 'SOFR',
      spread: 0.01,
      multiplier: 1,
      firstDate: paidOn(of.month),
      cycle: { ...MONTHLY, count: 3 },
      initialCap: 0.05,
      periodCap: 0.02,
      periodFloor: 0.02,
      lifeCap: 0.2,
      lifeFloor: 0.01,
      lookback: { count: 1, unit: 'month' as const },
    };
    // The index of a projected month is that of its first day.
    const series = new Map([['SOFR', values.map((value, at) => ({ at: paidOn(at), value }))]]);
    const { events } = pair({ ...annuity(of), rateReset }, line(of), { series, events: [] });
    return { events, line: { ...line(of), adjustable }, indices: { SOFR: values } };
  },
  'fixed schedule': (of) => {
    const amounts = [0, 1, 2, 3].map((at) => ((at % 3) * of.share * of.balance) / 6);
    const steps = amounts.map((amount, at) => ({ from: paidOn(at + 1), amount, direction: 'repaid' as const }));
    const interestSteps = [{ from: paidOn(1), cycle: MONTHLY }];
    const contract = { kind: 'stepped' as const, ...terms(of), principalSteps: steps, interestSteps, rateSteps: [] };
    return pair(contract, { ...line(of), schedule: { principal: amounts } });
  },
  'capitalised interest': (of) => {
    const interest = { ...bullet(of).interest!, capitalisedUntil: paidOn(of.month) };
    const holiday = { from: 1, months: of.month, interest: 'capitalised' as const };
    return pair({ ...bullet(of), interest }, { ...line(of), amortisation: 'bullet', schedule: { holiday } });
  },
  'revolving line': (of) => {
    const contract = { kind: 'revolving' as const, ...terms(of), limit: 2 * of.balance, redemption };
    const minimum = { share: of.share / 5, amount: 0 };
    const engine: PoolLine = { ...line(of), amortisation: 'bullet', limit: 2 * of.balance };
    return pair({ ...contract, minimum }, { ...engine, schedule: { minimumPayment: minimum.share } });
  },
  'agreed payment by days': (of) => {
    const payment = (of.balance * (1 + of.rate)) / of.term;
    const conventions = { dayCount: 'ACT/360' as const, endOfMonth: 'same-day' as const };
    const contract = {
      kind: 'fixed-payment' as const,
      ...terms(of),
      conventions,
      redemption: { ...redemption, payment },
    };
    return pair(contract, { ...line(of), schedule: { payment, dayCount: 'ACT/360' } });
  },
  modification: (of) => {
    const amounts = { forgiven: (of.share * of.balance) / 50, forborne: (of.share * of.balance) / 50 };
    const change = { date: paidOn(of.month), rate: of.other, maturityDate: paidOn(of.term + 7), ...amounts };
    const modification = { month: of.month + 1, rate: of.other, extension: 7, ...amounts };
    return modifiedPair(annuity(of), change, { ...line(of), schedule: { modification } });
  },
  'payment holiday': (of) => {
    const change = { date: paidOn(of.month), paymentsFrom: paidOn(of.month + 4), capitalises: of.share < 0.25 };
    const interest = of.share < 0.25 ? ('capitalised' as const) : ('paid' as const);
    const holiday = { from: of.month + 1, months: 3, interest, extends: true };
    const longer = { ...change, maturityDate: paidOn(of.term + 3) };
    return modifiedPair(annuity(of), longer, { ...line(of), schedule: { holiday } });
  },
};

/** Cash and balance of each projected month by the contract's events. */
function byMonth(events: readonly ContractEvent[], months: number): { cash: number[]; balance: number[] } {
  const [cash, balance]: [number[], number[]] = [[], []];
  for (let month = 1; month <= months; month++) {
    const until = events.filter(({ at }) => at <= paidOn(month));
    cash.push(until.filter(({ at }) => at > paidOn(month - 1)).reduce((sum, { flow }) => sum + flow, 0));
    const after = until.filter(({ kind }) => kind !== 'modification').at(-1);
    balance.push(after?.balance ?? 0);
  }
  return { cash, balance };
}

describe('the engine against the contracts', () => {
  it.each(Object.keys(KINDS))('agrees in cash and balance of every month: %s', (kind) => {
    fc.assert(
      fc.property(given, (of) => {
        const { events, line: engine, indices = {} } = KINDS[kind]!(of);
        const flows = projectPool([engine], AS_SCHEDULED, indices, START);
        const expected = byMonth(events, flows.months);
        for (let at = 0; at < flows.months; at++) {
          const cash = flows.principal[at]! + flows.grossInterest[at]! + flows.residualsSold[at]!;
          expect(Math.abs(cash - expected.cash[at]!)).toBeLessThan(BOUND * of.balance);
          expect(Math.abs(flows.closingBalance[at]! - expected.balance[at]!)).toBeLessThan(BOUND * of.balance);
        }
        // The contract is over by then too.
        expect(events.at(-1)!.at <= paidOn(flows.months)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('agrees in what yield maintenance costs', () => {
    fc.assert(
      fc.property(given, fc.double({ min: 0, max: 0.2, noNaN: true }), (of, yields) => {
        const stretch = { kind: 'yield-maintenance' as const, share: 0.01 };
        const early = [...new Array<number>(of.month - 1).fill(0), of.share, 0];
        const engine: PoolLine = {
          ...line(of),
          protection: { stretches: [{ ...stretch, months: of.term }], index: 'UST' },
        };
        const assumed = {
          ...AS_SCHEDULED,
          prepayment: { model: 'SMM' as const, speed: { by: 'month' as const, values: early } },
        };
        const flows = projectPool([engine], assumed, { UST: [yields] });
        const [at, amount] = [paidOn(of.month), flows.prepayments[of.month - 1]!];
        const protection = [{ ...stretch, until: paidOn(of.term), index: 'UST' }];
        const loan = { ...annuity(of), prepayment: { effect: 'lower-payment' as const, protection } };
        const events = projectContract(loan, {
          series: new Map([['UST', [{ at: START, value: yields }]]]),
          events: [{ at, kind: 'prepaid', amount }],
        });
        const penalty = events.find(({ kind }) => kind === 'penalty')!.flow;
        expect(Math.abs(penalty - flows.penalties[of.month - 1]!)).toBeLessThan(BOUND * of.balance);
        expect(penalty).toBeGreaterThan(0);
      }),
    );
  });
});
