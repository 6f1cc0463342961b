import { describe, expect, it } from '@jest/globals';
import { parseKeepingDigits, printed, readCases } from './case-file.js';
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
    ['"contractRole": "RPA"', '"contractRole": "RPA", "colour": "red"', 'colour is "red": no term of PAM is called so'],
  ])('with %s as %s tells its first difference', (from, to, failure) => {
    expect(outcomeOf(CASE.replace(from, to))?.failure).toContain(failure);
  });

  it('with an event too many, or too few, says which', () => {
    const results = CASE.indexOf('{"eventDate": "2024-03-01T00:00"');
    const short = `${CASE.slice(0, results).replace(/,\s*$/, '')}]}}`;

    expect(outcomeOf(short)?.failure).toBe('event 4: MD of 2024-03-01 is one too many');
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
    };

    expect(readContract(terms)).toMatchObject({
      kind: 'interest-rate-swap',
      side: 'liability',
      fixedRate: 0.05,
      floatingRate: 0.04,
      settlement: 'net',
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
