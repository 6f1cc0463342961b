import { describe, expect, it } from '@jest/globals';
import { monthsOf, unitsOf } from './plain-pool.js';
import { recordsOf } from './projected.js';
import { tableOf } from './replayed.js';

const FOLDER = 'standard-formulas';
const ADVANCED = 'severity: 20 %\nrecoveryLag: 12\ndefaultedLoans: advanced\n';
const SCENARIOS: Readonly<Record<string, string>> = {
  'published-a': `prepayment: 1 % SMM\ndefault: 1 % MDR\n${ADVANCED}`,
  'published-b': `prepayment: 150 % PSA\ndefault: 100 % SDA\n${ADVANCED}`,
};
const NEW_LOANS = '100000000.00,8 %,8 %,360,0';

describe.each(Object.entries(SCENARIOS))(
  'Uniform Practices SF, sample cash flow %s, what defaulted loans miss',
  (name, text) => {
    const { flows } = monthsOf(NEW_LOANS, text);
    const { scheduledPrincipal, defaultedPrincipal, grossInterest, defaultedInterest } = flows;
    const less = (all: Float64Array, part: Float64Array) => all.map((value, at) => value - (part[at] ?? 0));

    it('has the published dollars', () => {
      const columns = {
        amortizationFromDefaults: defaultedPrincipal,
        actualAmortization: less(scheduledPrincipal, defaultedPrincipal),
        interestLost: defaultedInterest,
        actualInterest: less(grossInterest, defaultedInterest),
      };
      const published = recordsOf(tableOf(FOLDER, 'published-defaulted')).filter(({ cashFlow }) => cashFlow === name);
      expect(published.length).toBeGreaterThan(4);
      for (const row of published) {
        const month = Number(row['month']);
        const found = Object.entries(columns).map(([column, values]) => [column, unitsOf(values, month)]);
        expect([month, ...found]).toEqual([
          month,
          ...Object.keys(columns).map((column) => [column, Number(row[column])]),
        ]);
      }
    });

    it('has the published performing balance and loans in foreclosure apart', () => {
      const { closingBalance, defaultedBalance } = flows;
      const performing = less(closingBalance, defaultedBalance);
      const rows = recordsOf(tableOf(FOLDER, name)).filter(({ month }) => month !== 'total');
      expect(rows.map(({ month }) => unitsOf(performing, Number(month)))).toEqual(
        rows.map((row) => Number(row['performing'])),
      );
      expect(rows.map(({ month }) => unitsOf(defaultedBalance, Number(month)))).toEqual(
        rows.map((row) => Number(row['inForeclosure'])),
      );
    });
  },
);

describe('Uniform Practices SF, B.1: the first month of a new pool of 9.5 % passed through at 9 %', () => {
  it('has the published parts of one unit, to eight decimals', () => {
    // Printed of a balance of 1, so that a balance of 100,000,000 has them as dollars. 0.00025022 prepays: 100 % PSA would be
    // 0.00016; the SMM that the page does not name is 0.00025022 ÷ (1 − 0.00049188).
    const smm = (0.00025022 / (1 - 0.00049188)) * 100;
    const { flows } = monthsOf('100000000.00,9.5 %,9 %,360,0', `prepayment: ${smm.toFixed(10)} % SMM\n`);
    const found = [
      'scheduledPrincipal',
      'prepayments',
      'grossInterest',
      'servicing',
      'principal',
      'netInterest',
    ] as const;
    expect(found.map((column) => unitsOf(flows[column], 1))).toEqual([
      49_188, 25_022, 791_667, 41_667, 74_210, 750_000,
    ]);
  });
});

describe('Uniform Practices SF, B.2: a pool of 9.5 % passed through at 9 %, in its seventeenth month at 150 % PSA', () => {
  it('has the published factor, amortization and prepayments', () => {
    const { flows } = monthsOf('85150625.00,9.5 %,9 %,344,16', 'prepayment: 150 % PSA\n');
    // 0.85150625 − 0.00047916 − 0.00370427 = 0.84732282
    expect(unitsOf(flows.scheduledPrincipal, 1)).toBe(47_916);
    expect(unitsOf(flows.prepayments, 1)).toBe(370_427);
    expect(unitsOf(flows.closingBalance, 1)).toBe(84_732_282);
  });
});

describe('Uniform Practices SF, B.4: 36-month car loans of 10 % with 34 months left', () => {
  it('have the published factor after nine months at 1.70 % ABS', () => {
    const { flows } = monthsOf('100000000.00,10 %,10 %,34,2', 'prepayment: 1.7 % ABS\n');
    expect(unitsOf(flows.closingBalance, 9)).toBe(64_140_448);
  });

  it('prepay 2.5000 % in their eleventh month at 2 % ABS', () => {
    const { flows } = monthsOf('100000000.00,10 %,10 %,26,10', 'prepayment: 2 % ABS\n');
    const [opening = 0, scheduled = 0, prepaid = 0] = [
      flows.openingBalance[0],
      flows.scheduledPrincipal[0],
      flows.prepayments[0],
    ];
    expect(((100 * prepaid) / (opening - scheduled)).toFixed(4)).toBe('2.5000');
  });
});

/** SMM in percent, to two decimals, of a pool without interest: what prepays of what the schedule leaves. */
function smmIn(scenario: string, months: number): string[] {
  const { flows } = monthsOf(`100000000.00,0 %,0 %,360,0`, scenario);
  return Array.from({ length: months }, (_, at) => {
    const left = (flows.openingBalance[at] ?? 0) - (flows.scheduledPrincipal[at] ?? 0);
    return ((100 * (flows.prepayments[at] ?? 0)) / left).toFixed(2);
  });
}

describe.each([
  ['ABS', 'published-abs'],
  ['PSA', 'published-psa'],
])('Uniform Practices SF, months of %s speeds', (model, name) => {
  const rows = recordsOf(tableOf(FOLDER, name));
  const speeds = Object.keys(rows[0] ?? {}).filter((column) => column !== 'month');

  it.each(speeds)('%s has the published SMM', (speed) => {
    const found = smmIn(`prepayment: ${speed} % ${model}\n`, Number(rows.at(-1)?.['month']));
    expect(rows.map(({ month }) => [month, found[Number(month) - 1]])).toEqual(
      rows.map((row) => [row['month'], row[speed]]),
    );
  });
});

describe('Uniform Practices SF, C.4: cumulative defaults of new loans of 8 %', () => {
  const rows = recordsOf(tableOf(FOLDER, 'published-cumulative-defaults'));

  it.each(rows.map((row) => [row['psa'], row] as const))('at %s %% PSA', (psa, row) => {
    const speeds = Object.keys(row).filter((column) => column !== 'psa');
    const found = speeds.map((sda) => {
      const { totals } = monthsOf(NEW_LOANS, `prepayment: ${psa} % PSA\ndefault: ${sda} % SDA\n${ADVANCED}`);
      return (totals.defaults / 100_000_000).toFixed(2);
    });
    expect(found).toEqual(speeds.map((sda) => row[sda]));
  });
});
