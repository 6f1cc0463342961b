import { describe, expect, it } from '@jest/globals';
import { parseMoney } from '@weir/money';
import { encodeInputs, executeRemitted, explainRun, type RunResult, summarise } from '@weir/waterfall';
import { type Template, templates } from './template-lives.js';

type Amounts = Readonly<Record<string, string>>;

/** A template on one payment date: where it stands and what is reported, both by name; what is not named is as at closing, or zero. */
class Standing {
  private state: readonly bigint[];

  constructor(
    private readonly template: Template,
    given: Amounts,
  ) {
    const { accounts, state, initialState } = template.compiled;
    const words = [...accounts, ...state];
    this.state = initialState.map((word, index) => {
      const amount = given[words[index] ?? ''];
      return amount === undefined ? word : parseMoney(amount);
    });
  }

  pay(period: number, report: Amounts): RunResult {
    const { compiled } = this.template;
    const zero = Object.fromEntries(compiled.inputs.map(({ name }) => [name, 0n]));
    const inputs = encodeInputs(compiled, { ...zero, ...report });
    const result = executeRemitted(compiled.program, { period, inputs, state: this.state });
    this.state = result.state;
    return result;
  }

  /** What a step paid in all. */
  paid(result: RunResult, id: string): bigint {
    return explainRun(this.template.compiled, result).reduce(
      (sum, step) => (step.id === id ? sum + step.paid : sum),
      0n,
    );
  }

  summary(result: RunResult) {
    return summarise(this.template.compiled, result);
  }
}

function templateOf(name: string): Template {
  const found = templates().find((template) => template.name === name);
  if (!found) throw new RangeError(`there is no template ${name}`);
  return found;
}

describe('the prime auto template', () => {
  const template = templateOf('prime-auto');
  // The pool is far above the notes: nothing but maturity makes principal a priority.
  const plenty = { poolOpening: '1100000000.00', poolClosing: '1100000000.00' };

  it('retires class A-1 on its final scheduled payment date, 2025-04-15, before class B has its interest', () => {
    // Costs: servicing 1 % ÷ 12 of 1,100,000,000.00 = 916,666.67; trustee 1,250.00; owner trustee 500.00; reviewer 416.67.
    // Interest: A-1 5.512 % of 600,000.00 for 29 of 360 days (17 March to 15 April) = 2,664.13; A-2a 5.33 % ÷ 12 of 230m =
    // 1,021,583.33; A-2b 0.35 % of 120m for 29 of 360 days = 33,833.33; A-3 4.94 % ÷ 12 of 330m = 1,358,500.00; A-4 4.90 %
    // ÷ 12 of 65m = 265,416.67. Together 3,600,830.80; what is left of 3,752,250.00 is 151,419.20.
    const interest = '3752250.00';
    const before = new Standing(template, { 'balance.A1': '600000.00', reserve: '0.00' });
    const early = before.pay(11, { ...plenty, interestCollected: interest });
    expect(before.paid(early, 'firstPriorityPrincipal')).toBe(0n);
    const onTheDate = new Standing(template, { 'balance.A1': '600000.00', reserve: '0.00' });
    const late = onTheDate.pay(12, { ...plenty, interestCollected: interest });
    const { tranches } = onTheDate.summary(late);
    expect(onTheDate.paid(late, 'firstPriorityPrincipal')).toBe(15_141_920n);
    expect(tranches.A1?.principalPaid).toBe(15_141_920n);
    expect(tranches.B?.interestPaid).toBe(0n);
  });

  it('pays the trustee 150,000.00 a calendar year before the notes, and the rest after them', () => {
    const deal = new Standing(template, {});
    const paidIn = (period: number, trusteeExpenses: string): bigint[] => {
      const result = deal.pay(period, { ...plenty, interestCollected: '20000000.00', trusteeExpenses });
      return [deal.paid(result, 'trusteeFee'), deal.paid(result, 'trusteeExcess')];
    };
    // November: 98,750 + 1,250 = 100,000. December: 100,000 again, of which the cap has 50,000. January: a new year.
    expect(paidIn(7, '98750.00')).toEqual([10_000_000n, 0n]);
    expect(paidIn(8, '98750.00')).toEqual([5_000_000n, 5_000_000n]);
    expect(paidIn(9, '98750.00')).toEqual([10_000_000n, 0n]);
  });
});

describe('the UK template', () => {
  it('asks for principal, interest and senior costs less the cash at hand, and that redeems every class', () => {
    const deal = new Standing(templateOf('rmbs-uk'), {
      liquidityReserve: '1500000.00',
      'balance.A': '100000000.00',
    });
    const result = deal.pay(21, {
      poolOpening: '148000000.00',
      revenueReceipts: '2000000.00',
      principalReceipts: '3000000.00',
      // The swap's fixed rate: neither side pays.
      sonia: '4.10 %',
      'redemption.exercised': 'true',
    });
    // 2029-04-20 to 2029-07-20, 91 of 365 days. A 4.75 % of 100m = 1,184,246.58; B 5.30 % of 18m = 237,846.58;
    // C 6.00 % of 12m = 179,506.85; D 6.70 % of 8m = 133,632.88. Trustee 6,000.00, expenses 24,000.00, servicing 0.12 % of 148m
    // = 44,278.36. With notes of 148,000,000.00: 149,809,511.25, less 2m + 3m collected and 1.5m in the reserve.
    const { tranches, accounts, residual, values } = deal.summary(result);
    expect(values['redemption.price']?.value).toBe(14_330_951_125n);
    expect(Object.values(tranches).map(({ closing }) => closing)).toEqual([0n, 0n, 0n, 0n, 0n]);
    expect(Object.values(tranches).map(({ interestPaid }) => interestPaid)).toEqual([
      118_424_658n,
      23_784_658n,
      17_950_685n,
      13_363_288n,
      0n,
    ]);
    expect([residual, ...Object.values(accounts).map(({ closing }) => closing)]).toEqual([0n, 0n, 0n, 0n, 0n]);
  });
});
