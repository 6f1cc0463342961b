import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { curveAt } from '@weir/collateral';
import { parseScenario } from './parse-scenario.js';
import { rateOn, type Scenario, tabulatedFor, valueIn } from './scenario.js';

const example = readFileSync(new URL('../../scenarios/example.yaml', import.meta.url), 'utf8');

function read(text: string): Scenario {
  const { scenarios, diagnostics } = parseScenario(text);
  expect(diagnostics).toEqual([]);
  return scenarios[0] as Scenario;
}

describe('the example of a scenario file', () => {
  const { scenarios, diagnostics } = parseScenario(example, {
    rates: ['SOFR30A', 'SOFR1M', 'SOFR3M'],
    inputs: ['specialServicingFee', 'delinquencyRatio', 'eventOfDefault'],
    calls: ['cleanUp'],
    classes: ['A', 'B'],
    groups: ['new', 'used'],
    steps: ['buyLoans'],
  });
  const [base, toMaturity, slow, delinquent, late, stress] = scenarios as [
    Scenario,
    Scenario,
    Scenario,
    Scenario,
    Scenario,
    Scenario,
  ];

  it('reads without a diagnostic, scenarios in order', () => {
    expect(diagnostics).toEqual([]);
    expect(scenarios.map(({ name }) => name)).toEqual(['base', 'toMaturity', 'slow', 'delinquent', 'late', 'stress']);
  });

  it('gives a bare name all that stands at the top', () => {
    expect(base.assumptions).toMatchObject({
      prepayment: { model: 'ABS', speed: 0.013 },
      severity: 0.5,
      recoveryLag: 4,
      defaultedLoans: 'charged-off',
    });
    expect(base.settlement).toBe('2020-07-15');
    expect(base.calls).toEqual({ cleanUp: { when: 'asap' } });
    expect(base.groups).toEqual({});
  });

  it('expands ramps and repeats: 0.5 % to 2 % over 12 months, 24 at 2 %, then 1 %', () => {
    const { model, speed } = base.assumptions.default;
    expect(model).toBe('CDR');
    const at = [1, 2, 12, 13, 36, 37, 400].map((month) => curveAt(speed, month, month + 9));
    const ramp = 0.005 + 0.015 / 11;
    [0.005, ramp, 0.02, 0.02, 0.02, 0.01, 0.01].forEach((value, i) => expect(at[i]).toBeCloseTo(value, 12));
  });

  it('reads indices by payment date and by dates', () => {
    const { SOFR1M, SOFR3M } = base.rates;
    expect([0, 1, 3, 4, 90].map((period) => rateOn(SOFR1M!, period, '2020-08-17'))).toEqual([
      0.001, 0.0012, 0.0012, 0.0015, 0.0015,
    ]);
    const dates = ['2020-01-01', '2020-07-01', '2021-06-30', '2021-07-01', '2030-01-01'];
    expect(dates.map((date) => rateOn(SOFR3M!, 0, date))).toEqual([0.0025, 0.0025, 0.0025, 0.005, 0.005]);
  });

  it('reads report items as money, shares and flags', () => {
    expect(base.inputs.specialServicingFee).toEqual([1250]);
    expect(valueIn(base.inputs.delinquencyRatio!, 5)).toBeCloseTo(0.03, 12);
    expect(valueIn(base.inputs.delinquencyRatio!, 6)).toBeCloseTo(0.02, 12);
    expect(base.inputs.eventOfDefault).toEqual([0]);
  });

  it('tabulates a class by its own figures, else by those of every class', () => {
    expect(tabulatedFor(base, 'A').prices).toEqual([99.75, 100, 100.25]);
    expect(tabulatedFor(base, 'B')).toEqual({ prices: [100], yields: [0.005, 0.01], margins: [0.002, 0.003] });
  });

  it('reads roll rates, advances, speeds by status and multipliers', () => {
    expect(delinquent.assumptions.delinquency).toEqual({
      kind: 'rolls',
      rates: {
        current: { '30': 0.015 },
        '30': { current: 0.55, '60': 0.25 },
        '60': { current: 0.2, '90': 0.5 },
        '90': { current: 0.05, '120': 0.75 },
        '120': { default: 0.9 },
      },
    });
    expect(delinquent.assumptions.advances).toEqual({ of: 'principal-and-interest', recoverable: 0.85 });
    expect(late.assumptions.delinquency).toEqual({ kind: 'lagged', months: 3 });
    expect(late.assumptions.defaultByStatus).toEqual({
      '60': { model: 'MDR', speed: 0.05 },
      '90': { model: 'MDR', speed: 0.15 },
    });
    expect(stress.assumptions.multipliers).toEqual({ prepayment: 0.8, default: 1.5 });
    expect(base.assumptions.recoveryTiming).toEqual([0.6, 0.4]);
    expect(curveAt(base.assumptions.prepaymentPenalty ?? 9, 1, 12)).toBe(0.03);
    expect(curveAt(base.assumptions.prepaymentPenalty ?? 9, 1, 13)).toBe(0.01);
  });

  it('reads what a step buys; assumptions that it leaves out are those of the scenario', () => {
    expect(base.reinvestment.buyLoans).toMatchObject({
      price: 0.99,
      line: { grossRate: 0.084, netRate: 0.074, remainingTerm: 60, age: 0, amortisation: 'level' },
      averageBalance: 24000,
      assumptions: { prepayment: { model: 'ABS', speed: 0.01 }, severity: 0.5 },
    });
    expect(stress.reinvestment.buyLoans?.assumptions).toMatchObject({ severity: 0.65, default: { speed: 0.08 } });
  });

  it('lets a scenario go before the file, entry by entry', () => {
    expect(toMaturity.calls).toEqual({ cleanUp: { when: 'never' } });
    expect(slow.assumptions.prepayment.speed).toBe(0.005);
    expect(slow.assumptions.default).toEqual(base.assumptions.default);
    expect(stress.rates.SOFR30A).toEqual({ kind: 'by-period', values: [0.03] });
    expect(stress.rates.SOFR1M).toEqual(base.rates.SOFR1M);
    expect(stress.groups.used).toMatchObject({
      default: { speed: 0.12 },
      severity: 0.65,
      prepayment: { speed: 0.013 },
    });
  });
});

describe('a file without scenarios', () => {
  it('is one, named base, as scheduled where it says nothing', () => {
    const scenario = read('prepayment: 150 % PSA');
    expect(scenario.name).toBe('base');
    expect(scenario.assumptions.prepayment).toEqual({ model: 'PSA', speed: 1.5 });
    expect(scenario.assumptions.default.speed).toBe(0);
    expect(scenario.settlement).toBeNull();
  });

  it('reads vectors by age, severities by month, calls by date, prices in 32nds', () => {
    const scenario = read(`
prepayment: { model: SMM, by: age, values: [1 %, 2 %] }
default: none
severity: [40 %, 30 %]
calls: { tax: 2027-03-15 }
prices: [99-16, 99-16+, 99-164, 101-317]
`);
    expect(scenario.assumptions.prepayment).toEqual({ model: 'SMM', speed: { by: 'age', values: [0.01, 0.02] } });
    expect(scenario.assumptions.severity).toEqual({ by: 'month', values: [0.4, 0.3] });
    expect(scenario.calls.tax).toEqual({ when: 'from', from: '2027-03-15' });
    // 16/32; 16.5/32; 31 and 7/8 thirty-seconds
    expect(scenario.prices['*']).toEqual([99.5, 99.515625, 99.515625, 101.99609375]);
  });

  it('is JSON as well, with negative rates', () => {
    expect(read('{"rates": {"EURIBOR3M": "-0.5 %"}}').rates.EURIBOR3M).toEqual({ kind: 'by-period', values: [-0.005] });
  });
});

describe('diagnostics', () => {
  const faults = (text: string, known = {}) => {
    const { scenarios, diagnostics } = parseScenario(text, known);
    if (diagnostics.some(({ severity }) => severity === 'error')) expect(scenarios).toEqual([]);
    return diagnostics.map(({ line, column, code, message }) => `${line}:${column} ${code}: ${message}`);
  };

  it('come all at once, with line, column and what would be right', () => {
    const found = faults(
      `prepayement: 6 % CPR
prepayment: 6 CPR
default: 120 % CDR
severity: 1.2
recoveryLag: soon
settlement: 2020-02-30
rates:
  SOFR1M: 5.3
inputs:
  losses: [1 for 0, 1,000.00]
calls: { cleanUp: later }
`,
    );
    expect(found).toEqual([
      '1:1 unknown-field: "prepayement" is no field here; did you mean "prepayment"?',
      '2:13 value: "6" does not read here: write a rate with its unit, like 5.3 % or 45 bp',
      '3:10 value: "120 %" does not read here: write 0 % to 100 %',
      '4:11 value: "1.2" does not read here: write a rate with its unit, like 5.3 % or 45 bp',
      '5:14 number: "soon" is not a whole number from 0 to 600',
      expect.stringMatching(/^6:13 date: "2020-02-30" is not a date/),
      '8:11 value: "5.3" does not read here: write a rate with its unit, like 5.3 % or 45 bp',
      '10:12 value: "1 for 0" does not read here: write a count from 1 to 1200',
      '10:23 value: "000.00" does not read here: write a number without separators, a percentage, true or false',
      expect.stringMatching(/^11:19 call: "later" is not a date/),
    ]);
  });

  it('suggest the nearest of the names that the deal knows', () => {
    const known = {
      rates: ['SOFR30A'],
      inputs: ['chargeOffs'],
      calls: ['cleanUp'],
      classes: ['A'],
      groups: ['new'],
      steps: ['buyLoans'],
    };
    const text = `rates: { SOFR30: 1 % }
inputs: { chargeOff: 5 }
calls: { cleenUp: asap }
prices: { B: [100] }
groups: { old: { severity: 10 % } }
reinvestment: { buyLoan: { grossRate: 8 %, remainingTerm: 9 } }
`;
    expect(parseScenario(text, known).scenarios).toHaveLength(1);
    expect(parseScenario(text, known).diagnostics.map(({ severity }) => severity)).toEqual(
      new Array(6).fill('warning'),
    );
    expect(faults(text, known)).toEqual([
      '1:10 unknown-name: the deal has no index "SOFR30", which is not used; did you mean "SOFR30A"?',
      '2:11 unknown-name: the deal has no report item "chargeOff", which is not used; did you mean "chargeOffs"?',
      '3:10 unknown-name: the deal has no call "cleenUp", which is not used; did you mean "cleanUp"?',
      '4:11 unknown-name: the deal has no class "B", which is not used; did you mean "A"?',
      '5:11 unknown-name: the deal has no collateral group "old", which is not used',
      '6:17 unknown-name: the deal has no step "buyLoan", which is not used; did you mean "buyLoans"?',
    ]);
    expect(faults(text)).toEqual([]);
  });

  it('tell what a purchase lacks, a price of nothing, and terms that do not go together', () => {
    const line = (terms: string): string[] => faults(`reinvestment: { buy: { ${terms} } }`);
    expect(line('grossRate: 8 %')).toEqual([expect.stringContaining('missing-field: "remainingTerm"')]);
    expect(line('grossRate: 8 %, remainingTerm: 9, price: 0 %')).toEqual([
      '1:65 value: "0 %" does not read here: write a price above zero, like 100 % or 98.5 % of the balance',
    ]);
    expect(line('grossRate: 8 %, netRate: 9 %, remainingTerm: 9')).toEqual([
      '1:22 value: netRate is 0.09: a fraction not above grossRate',
    ]);
  });

  it('tell a speed without its model, a model that is not one, and a ramp over one month', () => {
    expect(faults('prepayment: 6 %')[0]).toContain('write a speed like 6 % SMM, 6 % CPR, 6 % PSA, 6 % ABS, or none');
    expect(faults('default: 6 % CPR')[0]).toContain('write a speed like 6 % MDR, 6 % CDR, 6 % SDA, or none');
    expect(faults('severity: [1 % to 2 % over 1]')[0]).toContain('write a ramp over at least 2');
    expect(faults('prices: [0]')[0]).toContain('a price in percent');
  });

  it('tell what does not fit together, at the scenario that puts it together', () => {
    const text = `default: 2 % CDR
recoveryTiming: [50 %, 30 %]
severity: 40 %
scenarios:
  a:
    delinquency: { rolls: { current: { 30: 2 % } } }
  b:
    recoveryTiming: [50 %, 50 %]
    advances: { of: interest, recoverable: 90 % }
`;
    expect(faults(text)).toEqual([
      '5:3 assumption: recoveryTiming is 0.8; give shares that add up to 1; ' +
        'default is 0.02; give no default speed beside roll rates: they say what defaults',
      '7:3 assumption: advances is 0.9; give a delinquency as well: rolls or lagged',
    ]);
  });

  it('tell a status that is none, and a delinquency of no kind', () => {
    expect(faults('delinquency: { rolls: { current: { 45: 1 % } } }')).toEqual([
      '1:36 unknown-field: "45" is no status here; the nearest are 30, 60, 90',
    ]);
    expect(faults('delinquency: {}')).toEqual(['1:14 shape: give either lagged: months, or rolls: by status']);
  });

  it('let a group follow the one that it is part of, field by field', () => {
    const scenario = read(`
prepayment: 1 % SMM
groups:
  used: { default: 3 % CDR, severity: 50 % }
  used/prime: { default: 2 % CDR }
`);
    expect(scenario.groups['used/prime']).toMatchObject({
      prepayment: { model: 'SMM', speed: 0.01 },
      default: { model: 'CDR', speed: 0.02 },
      severity: 0.5,
    });
  });

  it('warn of defaults that lose nothing, in the scenario concerned', () => {
    const text = 'scenarios:\n  a:\n    default: 1 % CDR\n    severity: 10 %\n  b:\n    default: 1 % CDR\n';
    expect(faults(text)).toEqual([
      '5:3 severity: loans default and all of their balance is recovered: give a severity, like severity: 40 %',
    ]);
    expect(parseScenario(text).scenarios).toHaveLength(2);
  });

  it('report broken YAML and nothing that follows from it', () => {
    const found = faults('prepayment: [1 %\ndefault: x');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((fault) => fault.includes(' yaml: '))).toBe(true);
    expect(faults('scenarios: {}')).toEqual([
      '1:12 shape: at least one scenario is needed here: its name and its fields',
    ]);
  });
});
