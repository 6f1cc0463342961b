import { describe, expect, it } from '@jest/globals';
import { Construct } from '../../fixtures/construct.js';

const { compiled } = new Construct({
  tranches: `- {name: A, amount: 1000.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted, legalFinal: 2027-01-15}
- {name: Z, amount: 0.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}`,
  report: 'share: ratio',
  accounts: 'reserve: {target: 50.00 USD, floor: 40.00 USD}\nstandby: {}\nleast: {floor: 5.00 USD, target: 0.00 USD}',
  collections: `suspense: suspense
groups:
  - {account: collection, items: [cash]}
  - {account: standby, items: [line.draw]}`,
  blocks: `fees:
  servicing: {payee: servicer, amount: 1 % * A.opening}
facilities:
  line: {provider: bank, draw: 10.00 USD, limit: 40.00 USD}
ledgers: {losses: {signed: true}}
formulas:
  asked: A.factor * A.dayFraction * share
  ends: A.legalFinal
  late: A.writtenDown + A.shortfall + servicing.unpaid
  nothing: Z.factor`,
  steps: `- {step: fee, fee: servicing, from: [collection]}
- {step: interest, interest: A, from: [collection, standby]}
- {step: fill, replenish: reserve, from: [collection]}
- {step: repay, repay: line, from: [collection]}
- {step: principal, principal: A.balance, to: [A], method: sequential, from: [collection, reserve]}
- {step: rest, residual: sponsor, from: [collection]}`,
});

describe('values after a run', () => {
  it.each([
    ['reserve.balance', 'money'],
    ['collection.balance', 'money'],
    ['reserve.target', 'money'],
    ['A.original', 'money'],
    ['A.opening', 'money'],
    ['A.balance', 'money'],
    ['A.interestDue', 'money'],
    ['A.unpaidInterest', 'money'],
    ['A.shortfall', 'money'],
    ['A.writtenDown', 'money'],
    ['A.coupon', 'rate'],
    ['A.rate', 'rate'],
    ['A.factor', 'ratio'],
    ['A.dayFraction', 'ratio'],
    ['A.legalFinal', 'date'],
    ['servicing.due', 'money'],
    ['servicing.unpaid', 'money'],
    ['line.draw', 'money'],
    ['line.drawn', 'money'],
    ['losses.balance', 'money'],
    ['interest.due', 'money'],
    ['asked', 'ratio'],
    ['ends', 'date'],
    ['late', 'money'],
    ['nothing', 'ratio'],
    ['cash', 'money'],
    ['share', 'ratio'],
  ])('%s is %s', (name, unit) => {
    expect(compiled.values[name]?.unit).toBe(unit);
  });

  it('only what may be negative takes two slots', () => {
    const twice = Object.entries(compiled.values).filter(([, { minus }]) => minus !== null);
    expect(twice.map(([name]) => name).sort()).toEqual(['cash', 'losses.balance']);
  });
});
