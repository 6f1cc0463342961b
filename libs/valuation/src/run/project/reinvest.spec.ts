import { describe, expect, it } from '@jest/globals';
import { projectPool } from '@weir/collateral';
import { parseDeal } from '@weir/deal';
import { compileDeal, compileProjection } from '@weir/waterfall';
import fc from 'fast-check';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { PurchasesUnseen, StepBuysNothing } from '../errors.js';
import { breakEven, breakEvenOfCollections } from './break-even.js';
import { tableOfPool } from './collateral-table.js';
import { projectDeal } from './project-deal.js';

/** Principal buys loans on the first three dates; the notes bear 1 % a month. */
const TEXT = `weir: 1
deal: {name: Revolving 2025-1, currency: USD, rounding: half-up}
parties: {sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C}
dates:
  cutOff: 2025-05-31
  closing: 2025-06-15
  firstCollectionPeriod: 2025-06
  paymentDay: 15
  businessDays: following
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 6
collateral: {cutOffPool: 1000.00}
report:
  interest: {unit: money, from: interestCollected}
  received: {unit: money, from: principalCollected}
accounts:
  income: {}
  principal: {}
  suspense: {}
collections:
  suspense: suspense
  groups:
    - {account: income, items: [interest]}
    - {account: principal, items: [received]}
tranches:
  - {name: A, amount: 900.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}
priorityOfPayments:
  - {step: payA, interest: A, from: [income, principal]}
  - {step: buy, pay: all, payee: sponsor, from: [principal], when: period <= 3}
  - {step: note, compute: {left: principal.balance}}
  - {step: repay, principal: A.balance, to: A, from: [principal]}
  - {step: rest, residual: sponsor, from: [income]}
`;
const { deal } = parseDeal(TEXT);
if (!deal) throw new TypeError('the document has errors');
const compiled = compileDeal(deal);
const projection = compileProjection(compiled.program);

/** 600.00 fall due in the first month, 400.00 in the twelfth; 1 % a month. */
const LINES = [1, 12].map((month) => ({
  balance: month === 1 ? 600_00 : 400_00,
  grossRate: 0.12,
  netRate: 0.12,
  remainingTerm: 12,
  interestOnlyMonths: 12,
  balloonMonth: month,
}));
const BUY = `reinvestment:
  buy: {price: 96 %, grossRate: 24 %, remainingTerm: 2, interestOnlyMonths: 2, balloonMonth: 2}
`;

function scenarioOf(text: string) {
  const { scenarios, diagnostics } = parseScenario(text);
  const [scenario] = scenarios;
  if (!scenario) throw new TypeError(diagnostics.map(({ message }) => message).join('; '));
  return scenario;
}

function run(text: string, more: { exact?: boolean; of?: typeof deal } = {}) {
  const scenario = scenarioOf(text);
  const flows = projectPool(LINES, scenario.assumptions);
  return projectDeal({ deal: more.of ?? deal!, compiled, projection, flows, scenario, exact: more.exact ?? false });
}

const rows = (column: Float64Array | undefined, count = 4): number[] => [...(column ?? [])].slice(0, count);

describe('a pool that grows by what a step buys', () => {
  it('three dates by hand: what is bought pays from the next collection period on', () => {
    const projected = run(BUY);
    const { columns } = projected.collateral;
    // June: 1 % of 1,000.00, and 600.00 that fall due. On 15 July they buy 600.00 ÷ 96 % = 625.00 at 2 % a month.
    // July: 4.00 + 12.50; nothing falls due. August: the same, and the 625.00 fall due and buy 651.04 (of 651.0416…).
    // September: 4.00 + 2 % of 651.04 = 17.0208; the 651.04 fall due in October, when nothing is bought any more.
    expect(rows(columns['poolOpening'], 5)).toEqual([1000_00, 1025_00, 1025_00, 1051_04, 1051_04]);
    expect(rows(columns['principalCollected'], 5)).toEqual([600_00, 0, 625_00, 0, 651_04]);
    expect(rows(columns['poolClosing'], 5)).toEqual([400_00, 1025_00, 400_00, 1051_04, 400_00]);
    expect(rows(columns['interestCollected'])).toEqual([10_00, 16_50, 16_50, 17_02]);
    expect(columns['averageRate']?.[1]).toBeCloseTo((12 * 16.5) / 1025, 12);
    expect(projected.bought).toEqual([
      { step: 'buy', row: 0, paid: 600_00, balance: 625_00, losses: 0 },
      { step: 'buy', row: 2, paid: 625_00, balance: 651_04, losses: 0 },
    ]);
    // The notes bear 9.00 a date; the residual is what the loans earn more. Principal of October repays 651.04 of them.
    expect(rows(projected.figure('A.interestPaid'))).toEqual([9_00, 9_00, 9_00, 9_00]);
    expect(rows(projected.figure('residual.paid'))).toEqual([1_00, 7_50, 7_50, 8_02]);
    expect(rows(projected.figure('A.closing'), 5)).toEqual([900_00, 900_00, 900_00, 900_00, 248_96]);
  });

  it('both executors give the same', () => {
    const [float, exact] = [run(BUY), run(BUY, { exact: true })];
    expect(exact.bought).toEqual(float.bought);
    for (const name of ['A.closing', 'residual.paid', 'buy.paid', 'income.closing']) {
      expect([...float.figure(name)]).toEqual([...exact.figure(name)]);
    }
  });

  it('curves by month are those of the deal: defaults of the second month hit what was bought before it', () => {
    // 10 % of the 400.00 and the 625.00 default in July, with nothing recovered; no other month has defaults.
    const text = `default: {model: MDR, values: [0 %, 10 %, 0 %]}\nseverity: 100 %\n${BUY}`;
    const { columns } = run(text).collateral;
    expect(rows(columns['losses'])).toEqual([0, 102_50, 0, 0]);
    // What is bought may have its own: here it never defaults.
    const own = text.replace('buy: {', 'buy: {default: none, ');
    expect(rows(run(own).collateral.columns['losses'])).toEqual([0, 40_00, 0, 0]);
  });

  it('loans are counted by their average balance', () => {
    const { columns } = run(BUY.replace('buy: {', 'buy: {averageBalance: 25.00, ')).collateral;
    expect(rows(columns['loanCount'], 2)).toEqual([0, 25]); // 625.00 ÷ 25.00
  });

  it('law: each opening balance is the last closing one and what was bought, and all that the step paid was spent', () => {
    const terms = fc.record({
      price: fc.integer({ min: 50, max: 120 }),
      rate: fc.integer({ min: 0, max: 30 }),
      term: fc.integer({ min: 1, max: 40 }),
      cdr: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(terms, ({ price, rate, term, cdr }) => {
        const block = `{price: ${price} %, grossRate: ${rate} %, remainingTerm: ${term}}`;
        const projected = run(`default: ${cdr} % CDR\nseverity: 40 %\nreinvestment: {buy: ${block}}\n`);
        const { poolOpening, poolClosing } = projected.collateral.columns;
        for (let row = 1; row < projected.rows; row++) {
          const added = projected.bought
            .filter((one) => one.row === row - 1)
            .reduce((sum, one) => sum + one.balance, 0);
          expect(poolOpening?.[row]).toBeCloseTo((poolClosing?.[row - 1] ?? 0) + added, 4);
        }
        const paid = projected.figure('buy.paid').reduce((sum, amount) => sum + amount, 0);
        expect(projected.bought.reduce((sum, one) => sum + one.paid, 0)).toBe(paid);
      }),
      { numRuns: 60 },
    );
  });

  it('nothing changes when the step never pays, or the document has no such step', () => {
    const never = parseDeal(TEXT.replace('period <= 3', 'period > 99')).deal!;
    const program = compileDeal(never);
    const request = { deal: never, compiled: program, projection: compileProjection(program.program) };
    const flows = projectPool(LINES, scenarioOf('prepayment: none').assumptions);
    const [without, buying] = ['prepayment: none', BUY].map((text) =>
      projectDeal({ ...request, flows, scenario: scenarioOf(text) }),
    );
    expect(buying!.bought).toEqual([]);
    for (const name of without!.names.filter((figure) => without!.keeps(figure))) {
      expect([name, ...buying!.figure(name)]).toEqual([name, ...without!.figure(name)]);
    }
    expect(run('reinvestment: {other: {grossRate: 5 %, remainingTerm: 9}}').bought).toEqual([]);
  });

  it('a transfer and the residual buy too, by a program that counts what they pay and keeps the deal’s state', () => {
    const text = TEXT.replace('pay: all, payee: sponsor', 'transfer: all, into: income');
    const moving = parseDeal(text).deal!;
    const program = compileDeal(moving);
    const measured = compileDeal(moving, { measured: ['buy', 'rest'] });
    expect(measured.state).toEqual(program.state);
    expect(measured.program.layout.regions.S).toMatchObject({ count: program.program.layout.regions.S.count });
    const scenario = scenarioOf(
      `reinvestment: {buy: {grossRate: 0 %, remainingTerm: 1}, rest: {grossRate: 0 %, remainingTerm: 9}}`,
    );
    const flows = projectPool(LINES, scenario.assumptions);
    const request = {
      deal: moving,
      compiled: program,
      projection: compileProjection(program.program),
      scenario,
      flows,
    };
    for (const exact of [false, true]) {
      const { bought } = projectDeal({ ...request, exact });
      // The 600.00 go to the income account, where 9.00 of 610.00 pay interest; the residual buys for 601.00.
      expect(bought.slice(0, 2)).toEqual([
        { step: 'buy', row: 0, paid: 600_00, balance: 600_00, losses: 0 },
        { step: 'rest', row: 0, paid: 601_00, balance: 601_00, losses: 0 },
      ]);
    }
  });

  it('a step that moves no cash buys nothing, and collections that give an item itself would hide what is bought', () => {
    expect(() => run('reinvestment: {note: {grossRate: 5 %, remainingTerm: 9}}')).toThrow(StepBuysNothing);
    const scenario = scenarioOf(BUY);
    const table = tableOfPool(compiled, projectPool(LINES, scenario.assumptions));
    const flows = { ...table, columns: { ...table.columns, received: table.columns['principalCollected']! } };
    expect(() => projectDeal({ deal, compiled, projection, flows, scenario })).toThrow(PurchasesUnseen);
  });
});

describe('break-even of a deal that buys', () => {
  // In August 10 % of the 400.00 and of the 625.00 bought default: 102.50 lost; 562.50 fall due and buy 585.94.
  const text = `default: {model: MDR, values: [0 %, 0 %, 10 %, 0 %]}\nseverity: 100 %\n${BUY}`;
  const bought = 625_00 + 585_94;

  it('counts what is bought and what it loses', () => {
    const found = breakEven({ deal, compiled, projection, scenario: scenarioOf(text) }, LINES, 'A');
    expect(found.baseLoss).toBeCloseTo(102_50 / (1000_00 + bought), 12);
  });

  it('multiplies the losses of both over collections', () => {
    const scenario = scenarioOf(text);
    const table = tableOfPool(compiled, projectPool(LINES, scenario.assumptions));
    const found = breakEvenOfCollections({ deal, compiled, projection, scenario }, table, 'A');
    expect(found.baseLoss).toBeCloseTo(102_50 / (1000_00 + bought), 12);
  });
});
