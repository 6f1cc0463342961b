import { describe, expect, it } from '@jest/globals';
import { parseDeal } from '@weir/deal';
import { compileDeal } from '@weir/waterfall';
import { InputInvalid } from '../errors.js';
import { readReport, readReportTable } from '../files/report-file.js';
import { feedInputs } from '../project/feed-inputs.js';
import { parseScenario } from '../../scenario/parse-scenario.js';
import { readCsv } from '../text/csv.js';
import { readFixings } from './fixings-file.js';
import { indexInputs } from './index-inputs.js';

/** Payment on the last day of July, August … 2019, from 1 July or from `from`. */
const documentOf = (index: string, from = '2019-07-01', paymentDay = 'last'): string => `weir: 1
deal: { name: Floater, currency: USD, rounding: half-up }
parties: { sponsor: S, issuingEntity: I, servicer: V, trustee: T, calculationAgent: C }
dates:
  cutOff: 2019-06-01
  closing: 2019-06-15
  firstCollectionPeriod: 2019-06
  firstCollectionFrom: 2019-06-02
  paymentMonthsAfter: 1
  paymentDay: ${paymentDay}
  businessDays: unadjusted
  calendar: us-federal-reserve
  recordDate: 1 business day before the payment date
  paymentDates: 2
collateral: { cutOffPool: 1000.00 }
report:
  sofr: { unit: signed rate, index: { calendar: us-government-securities, firstAccrualFrom: ${from}, ${index} } }
  cash: money
accounts: { collection: {}, suspense: {} }
collections: { items: [cash], account: collection, suspense: suspense }
tranches:
  - { name: A, amount: 1000.00 USD, coupon: 'max(0, sofr)', dayCount: ACT/360, accrual: unadjusted }
priorityOfPayments:
  - { step: interestA, interest: A, from: [collection] }
  - { step: principal, principal: cash, to: A, from: [collection] }
  - { step: residual, residual: sponsor, from: [collection] }
`;

function opened(text: string) {
  const { deal, diagnostics } = parseDeal(text);
  if (!deal) throw new TypeError(diagnostics.map(({ message }) => message).join('\n'));
  return { deal, compiled: compileDeal(deal) };
}

function rateOf(index: string, csv: string, from?: string, paymentDay?: string) {
  const { deal, compiled } = opened(documentOf(index, from, paymentDay));
  return indexInputs(deal, compiled, readFixings(deal, readCsv(csv, 'fixings'))).get('sofr')?.[0];
}

// SOFR as published by the Federal Reserve Bank of New York.
const SUMMER_2019 = `date,rate
2019-06-24,2.39 %
2019-06-25,2.41 %
2019-06-26,2.43 %
2019-06-27,2.42 %
2019-06-28,2.50 %
2019-07-01,2.42 %
2019-07-02,2.51 %
2019-07-03,2.56 %
2019-07-05,2.59 %
2019-07-08,2.48 %
2019-07-09,2.45 %
2019-07-10,2.46 %
2019-07-11,2.41 %
2019-07-12,2.36 %
2019-07-15,2.46 %
2019-07-16,2.47 %
2019-07-17,2.47 %
2019-07-18,2.46 %
2019-07-19,2.41 %
2019-07-22,2.40 %
2019-07-23,2.40 %
`;

// Monday 8 to Friday 12 July 2019, rates that are easy to add; the interest period is Thursday 11 to Monday 15 July.
const EASY = 'date,sofr\n2019-07-08,1 %\n2019-07-09,2 %\n2019-07-10,3 %\n2019-07-11,0.04\n2019-07-12,500 bp\n';
const easy = (index: string) => rateOf(index, EASY, '2019-07-11', '15');

describe('the index rate of a payment date', () => {
  // ARRC-BWLG-Examples-Other-Lookback-Options.xlsx (ARRC, 2020), with twelve decimals as tests of QuantLib restate them.
  it.each([
    ['lookback: 5 business days, observationShift: true', 24_603_611_707n],
    ['lookback: 5 business days, observationShift: true, lockout: 3', 24_693_783_702n],
    // 2.4603611707 % to five decimals
    ['lookback: 5 business days, observationShift: true, decimals: 5', 24_603_600_000n],
  ])('is that of the ARRC’s example, 1 to 31 July 2019: {%s}', (index, rate) => {
    expect(rateOf(`method: compounded, ${index}`, SUMMER_2019)).toMatchObject({
      from: '2019-07-01',
      to: '2019-07-31',
      rate,
      missing: [],
    });
  });

  it.each([
    // (1 + 0.04 × 1/360) × (1 + 0.05 × 3/360) − 1 = 0.19/360 + 0.006/129,600; × 360/4 = 0.0475 + 0.006/1,440
    ['method: compounded', 47_504_166_667n],
    ['method: compounded, decimals: 3', 47_500_000_000n],
    // (4 × 1 + 5 × 3) ÷ 4, and each once: (4 + 5) ÷ 2
    ['method: simple', 47_500_000_000n],
    ['method: average', 45_000_000_000n],
    // one day back, Wednesday's 3 for Thursday and Thursday's 4 for the weekend: (3 + 4 × 3) ÷ 4; (3 + 4) ÷ 2
    ['method: simple, lookback: 1', 37_500_000_000n],
    ['method: average, lookback: 1', 35_000_000_000n],
    // Friday bears Thursday's 4
    ['method: simple, lockout: 1', 40_000_000_000n],
    // two business days before Thursday 11 July: Tuesday
    ['method: set in advance, lookback: 2', 20_000_000_000n],
    ['method: set in advance', 40_000_000_000n],
  ])('by hand, Thursday 11 to Monday 15 July: {%s}', (index, rate) => {
    expect(easy(index)?.rate).toBe(rate);
  });

  it('names the days that are missing, unless the fallback reaches an earlier one', () => {
    const withoutFriday = EASY.replace('2019-07-12,500 bp\n', '');
    expect(rateOf('method: simple', withoutFriday, '2019-07-11', '15')).toMatchObject({
      rate: null,
      missing: ['2019-07-12'],
    });
    expect(rateOf('method: simple, fallback: 1', withoutFriday, '2019-07-11', '15')?.rate).toBe(40_000_000_000n);
    // four business days before Thursday 11 July is Friday 5 July; neither it nor Wednesday 3 July is there
    expect(easy('method: set in advance, lookback: 4, fallback: 1')).toMatchObject({ missing: ['2019-07-05'] });
  });
});

describe('a file of fixings', () => {
  const { deal } = opened(documentOf('method: simple'));
  it.each([
    ['date,rate\n2019-07-08,5.33\n', /line 2, rate: "5\.33" .*write 5\.33 %/s],
    ['date,sfor\n2019-07-08,5 %\n', /no report item with an index; did you mean "sofr"/],
    ['day,rate\n2019-07-08,5 %\n', /needs a column "date"/],
    ['date,rate\n2019-07-08,5 %\n2019-07-08,5 %\n', /line 3: 2019-07-08 stands twice/],
  ])('%j is refused', (text, message) => {
    expect(() => readFixings(deal, readCsv(text, 'fixings'))).toThrow(message);
  });
});

describe('index rates in reports and projections', () => {
  const { deal, compiled } = opened(documentOf('method: simple', '2019-07-11', '15'));
  const indices = indexInputs(deal, compiled, readFixings(deal, readCsv(EASY, 'fixings')));
  const filled = { indices, period: 1 };

  it('fill the item that a report leaves out', () => {
    expect(readReport(compiled, { values: { cash: '10.00' } }, 'the report', filled).values).toEqual({
      cash: 1_000n,
      sofr: 47_500_000_000n,
    });
    const table = readCsv('period,cash,sofr\n1,10.00,\n', 'reports');
    expect(readReportTable(compiled, table, 'reports', filled)[0]?.values['sofr']).toBe(47_500_000_000n);
  });

  it('must be the same as the report’s own', () => {
    const given = (sofr: string) => readReport(compiled, { values: { cash: '10.00', sofr } }, 'the report', filled);
    expect(given('4.75 %').values['sofr']).toBe(47_500_000_000n);
    expect(() => given('4.76 %')).toThrow(/sofr is 0\.0476, but its fixings make it 0\.0475/);
  });

  it('say by date what is missing', () => {
    const second = () => readReport(compiled, { period: 2, values: { cash: '10.00' } }, 'the report', filled);
    expect(second).toThrow(InputInvalid);
    expect(second).toThrow(
      /sofr of payment date 2 \(2019-07-15 to 2019-08-15\): .* no rate for 2019-07-15, 2019-07-16/,
    );
  });

  it('go before the scenario’s as far as they reach', () => {
    const [scenario] = parseScenario('prepayment: none\nrates: { sofr: 6 % }').scenarios;
    if (!scenario) throw new TypeError('the scenario has errors');
    const table = { firstPeriod: 1, rows: 2, columns: { cash: new Float64Array([1_000, 1_000]) } };
    const { inputs } = feedInputs(deal, compiled, table, scenario, { indices });
    // sofr+, sofr−, cash
    expect([...inputs]).toEqual([47_500_000_000, 0, 1_000, 60_000_000_000, 0, 1_000]);
    const without = { ...scenario, rates: {} };
    expect(() => feedInputs(deal, compiled, table, without, { indices })).toThrow(/payment date 2 .*2019-07-15/);
  });
});
