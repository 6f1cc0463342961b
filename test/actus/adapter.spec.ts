import { describe, expect, it } from '@jest/globals';
import { type Case, parseKeepingDigits, printed, readCases } from './case-file.js';
import { runCase } from './compare-case.js';
import { readContract } from './read-contract.js';
import type { Raw } from './term-reader.js';

/** 1,000 at 12 % over 360 days for two months, interest of 10 each month: a case of our own in the published form. */
const CASE = `{"own01": {
  "identifier": "own01",
  "terms": {
    "contractType": "PAM", "contractID": "own01", "contractRole": "RPA", "currency": "USD",
    "statusDate": "2023-12-31T00:00:00", "contractDealDate": "2023-12-30", "initialExchangeDate": "2024-01-01T00:00",
    "maturityDate": "2024-02-29T24:00:00", "notionalPrincipal": "  1000", "nominalInterestRate": 0.12,
    "cycleOfInterestPayment": "P1ML1", "dayCountConvention": "30E360"
  },
  "to": "", "dataObserved": {}, "eventsObserved": [],
  "results": [
    {"eventDate": "2024-01-01T00:00", "eventType": "IED", "payoff": -1000.0, "notionalPrincipal": 1000, "nominalInterestRate": 0.12, "accruedInterest": 0, "extra": "x"},
    {"eventDate": "2024-02-01T00:00:00", "eventType": "IP", "payoff": "10", "notionalPrincipal": 1000, "nominalInterestRate": 0.12},
    {"eventDate": "2024-03-01", "eventType": "IP", "payoff": 10.0, "notionalPrincipal": 1000, "nominalInterestRate": 0.12, "accruedInterest": 0.0},
    {"eventDate": "2024-03-01T00:00", "eventType": "MD", "payoff": 1000, "notionalPrincipal": 0, "nominalInterestRate": 0.12, "accruedInterest": 0}
  ]}}`;

const outcomeOf = (json: string) => readCases(json).map(runCase)[0];
const termsOf = (json: string) => (parseKeepingDigits(json) as { own01: { terms: Raw } }).own01.terms;

describe('a case', () => {
  it('passes with numbers as text, days with and without a time, and fields beside those it needs', () => {
    expect(outcomeOf(CASE)).toMatchObject({ name: 'own01', type: 'PAM', failure: undefined });
  });

  it.each([
    ['"payoff": "10"', '"payoff": "10.00001"', ', expected 10.00001'],
    ['"eventType": "MD"', '"eventType": "STD"', 'event 4: MD of 2024-03-01, expected STD of 2024-03-01'],
    ['2024-03-01T00:00', '2024-03-02T00:00', 'event 4: MD of 2024-03-01, expected MD of 2024-03-02'],
    ['"contractRole": "RPA"', '"contractRole": "XXX"', 'contractRole is "XXX"'],
    ['"contractRole": "RPA"', '"contractRole": "RPA", "colour": "red"', 'colour is "red": no term of the dictionary'],
    ['"PAM"', '"STK"', 'contract type STK: not supported'],
    ['"contractType": "PAM",', '', 'contract type missing: not supported'],
  ])('with %s as %s tells its first difference', (from, to, failure) => {
    expect(outcomeOf(CASE.replace(from, to))?.failure).toContain(failure);
  });

  it('with an event too many, or too few, says which', () => {
    const results = CASE.indexOf('{"eventDate": "2024-03-01T00:00"');
    const short = `${CASE.slice(0, results).replace(/,\s*$/, '')}]}}`;

    expect(outcomeOf(short)?.failure).toBe('event 4: MD of 2024-03-01 is one too many');
  });
});

describe('a case file', () => {
  const own = (parseKeepingDigits(CASE) as { own01: Raw }).own01;

  it('holds cases under their names, in a list, or one alone, and may say more', () => {
    for (const file of [[own], own, { version: '1.1', own01: own, note: null }]) {
      const outcomes = readCases(JSON.stringify(file)).map(runCase);

      expect(outcomes).toMatchObject([{ name: 'own01', type: 'PAM', failure: undefined, supported: true }]);
    }
  });

  it('may leave figures out, print them as text, or as null', () => {
    const sparse = CASE.replaceAll('1000, "nominalInterestRate": 0.12', '1000')
      .replace('"payoff": 10.0, "notionalPrincipal": 1000', '"payoff": null, "notionalPrincipal": ""')
      .replace('"accruedInterest": 0}', '"accruedInterest": "0.0"}');

    expect(outcomeOf(sparse)?.failure).toBeUndefined();
    expect(outcomeOf(sparse.replace('"payoff": 1000', '"payoff": 1001'))?.failure).toContain('payoff 1000');
  });

  it('observes several series, and events of a contract without an end', () => {
    const [read] = readCases(
      JSON.stringify({
        ump: {
          terms: {
            contractType: 'UMP',
            contractRole: 'RPL',
            statusDate: '2023-12-31',
            initialExchangeDate: '2024-01-01',
            notionalPrincipal: '1000',
            premiumDiscountAtIED: '50',
            xDayNotice: 'P1M',
          },
          dataObserved: {
            'A.1': { identifier: 'A.1', data: [{ timestamp: '2024-02-01T00:00:00', value: '0.1' }] },
            B: {
              identifier: 'B',
              data: [
                { timestamp: '2024-03-01', value: 0.2 },
                { timestamp: '2024-01-01', value: 3e-1 },
              ],
            },
          },
          eventsObserved: [
            { time: '2024-02-01T00:00:00', type: 'PI', value: -500, contractId: 'x' },
            { time: '2024-03-01', type: 'PR', value: '200' },
          ],
          results: [
            { eventDate: '2024-01-01', eventType: 'IED', payoff: 1000, notionalPrincipal: -1000 },
            { eventDate: '2024-02-01', eventType: 'PD', payoff: 500, notionalPrincipal: -1500 },
            { eventDate: '2024-03-01', eventType: 'PR', payoff: -200, notionalPrincipal: -1300 },
          ],
        },
      }),
    );
    const { observations, until, contract } = (read as Case).read();

    expect(Object.fromEntries(observations.series)).toEqual({
      'A.1': [{ at: '2024-02-01', value: 0.1 }],
      B: [
        { at: '2024-01-01', value: 0.3 },
        { at: '2024-03-01', value: 0.2 },
      ],
    });
    expect(until).toBe('2024-03-01');
    // Called, drawn and repaid at will: no premium.
    expect(contract).toMatchObject({ kind: 'open-ended', side: 'liability', initialPremium: undefined });
    expect(runCase(read as Case).failure).toBeUndefined();
  });
});

describe('a printed figure', () => {
  it.each([
    ['0.1105679012', 5e-11],
    ['25.4794520547945', 5e-14],
    ['500', 0],
    ['0.05', 0],
    ['12345678', 0],
  ])('%s leaves %d open', (text, allowed) => {
    expect(printed(text).allowed).toBeCloseTo(allowed, 20);
  });
});

describe('terms', () => {
  it('of a swap are read into its two legs', () => {
    const terms = {
      contractType: 'SWPPV',
      contractID: 's',
      contractRole: 'PFL',
      statusDate: '2024-01-01',
      currency: 'USD',
      notionalPrincipal: '1000',
      initialExchangeDate: '2024-01-02',
      maturityDate: '2025-01-02',
      dayCountConvention: 'A360',
      nominalInterestRate: '0.05',
      nominalInterestRate2: '0.04',
      cycleOfInterestPayment: 'P1QL0',
      cycleOfRateReset: 'P1Q+',
      marketObjectCodeOfRateReset: 'SOFR',
      deliverySettlement: 'S',
      accruedInterest: '1.5',
      accruedInterest2: '-2',
    };

    expect(readContract(terms)).toMatchObject({
      kind: 'interest-rate-swap',
      side: 'liability',
      fixedRate: 0.05,
      floatingRate: 0.04,
      settlement: 'net',
      accrued: 1.5,
      floatingAccrued: -2,
      payments: { cycle: { count: 3, unit: 'month', lastPeriod: 'long' } },
      rateReset: { index: 'SOFR', spread: 0, multiplier: 1, cycle: { count: 3, unit: 'month', lastPeriod: 'long' } },
    });
  });

  it('of business days and day counts are read into the rule', () => {
    const base = termsOf(CASE) as { [name: string]: Raw };
    const read = (more: { [name: string]: Raw }) => readContract({ ...base, ...more });

    expect(read({ calendar: 'MF', businessDayConvention: 'CSMP', dayCountConvention: 'AA' })).toMatchObject({
      conventions: {
        dayCount: 'ACT/ACT ISDA',
        businessDays: { convention: 'modified-preceding', calendar: 'weekdays', interestTo: 'scheduled' },
      },
    });
    expect(read({ calendar: 'MF', dayCountConvention: 'BUS252' })).toMatchObject({
      conventions: { dayCount: 'BUS/252', businessDays: { convention: 'unadjusted', calendar: 'weekdays' } },
    });
  });

  it.each([
    ['RPA', 'asset'],
    ['RPL', 'liability'],
    ['RFL', 'asset'],
    ['PFL', 'liability'],
    ['RF', 'asset'],
    ['PF', 'liability'],
    ['LG', 'asset'],
    ['ST', 'liability'],
    ['BUY', 'asset'],
    ['SEL', 'liability'],
    ['COL', 'asset'],
    ['CNO', 'asset'],
    ['OBL', 'asset'],
    ['GUA', 'liability'],
    ['UDL', 'asset'],
    ['UDLP', 'asset'],
    ['UDLM', 'liability'],
  ])('of the role %s hold the %s', (contractRole, side) => {
    expect(readContract({ ...(termsOf(CASE) as { [name: string]: Raw }), contractRole })).toMatchObject({ side });
  });

  it.each([
    ['SCF', 'following', 'moved'],
    ['SCMF', 'modified-following', 'moved'],
    ['CSF', 'following', 'scheduled'],
    ['CSMF', 'modified-following', 'scheduled'],
    ['SCP', 'preceding', 'moved'],
    ['SCMP', 'modified-preceding', 'moved'],
    ['CSP', 'preceding', 'scheduled'],
    ['CSMP', 'modified-preceding', 'scheduled'],
  ])('of %s move %s and reckon to the %s date', (businessDayConvention, convention, interestTo) => {
    const base = termsOf(CASE) as { [name: string]: Raw };

    expect(readContract({ ...base, calendar: 'MF', businessDayConvention })).toMatchObject({
      conventions: { businessDays: { convention, calendar: 'weekdays', interestTo } },
    });
    expect(readContract({ ...base, calendar: 'MF', businessDayConvention: 'NOS' })).toMatchObject({
      conventions: { businessDays: undefined },
    });
  });

  it('that do not apply to the type say nothing, those that would change its flows in an unknown way are refused', () => {
    const base = termsOf(CASE) as { [name: string]: Raw };

    expect(readContract({ ...base, amortizationDate: '2030-01-01', seniority: 'S', quantity: '1' })).toEqual(
      readContract(base),
    );
    expect(() => readContract({ ...base, cyclePointOfInterestPayment: 'B' })).toThrow(
      /cyclePointOfInterestPayment is "B"/,
    );
    expect(() => readContract({ ...base, cyclePointOfRateReset: 'E' })).toThrow(/cyclePointOfRateReset is "E"/);
    expect(readContract({ ...base, settlementCurrency: 'EUR' })).toMatchObject({ settlementCurrency: 'EUR' });
  });

  it('of arrays may be lists, single values or text', () => {
    const base = { ...(termsOf(CASE) as { [name: string]: Raw }), contractType: 'LAX' };
    const steps = {
      arrayCycleAnchorDateOfPrincipalRedemption: '[2024-02-01, 2024-03-01]',
      arrayCycleOfPrincipalRedemption: 'P1ML1',
      arrayNextPrincipalRedemptionPayment: ['20', '30'],
      arrayIncreaseDecrease: ['INC', 'DEC'],
    };

    expect(readContract({ ...base, ...steps })).toMatchObject({
      principalSteps: [
        { from: '2024-02-01', amount: 20, direction: 'drawn', cycle: { count: 1 } },
        { from: '2024-03-01', amount: 30, direction: 'repaid', cycle: { count: 1 } },
      ],
    });
  });
});
