import { describe, expect, it } from '@jest/globals';
import {
  InvestorFactsInvalid,
  OnboardingOutOfOrder,
  SameOfficer,
  afterDecision,
  afterScreening,
  checkInvestorFacts,
  countryCode,
  screenName,
  type InvestorFacts,
} from './index.js';

const facts: InvestorFacts = {
  legalName: 'Northlake Pension Fund',
  country: 'US',
  account: '0x00000000000000000000000000000000000000a1',
  kycValidUntil: '2021-06-30',
  lockedUntil: null,
  category: 'qualified-institutional-buyer',
  withholdingBps: 1_500,
};

describe('KYC record', () => {
  it('takes a complete record', () => expect(() => checkInvestorFacts(facts, '2020-07-01')).not.toThrow());

  it('reports every fault at once', () => {
    const bad = {
      ...facts,
      legalName: ' ',
      country: 'usa',
      account: '0x12',
      kycValidUntil: '2020-06-30',
      lockedUntil: 'never',
      withholdingBps: 10_001,
    };
    try {
      checkInvestorFacts(bad, '2020-07-01');
      throw new TypeError('was accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(InvestorFactsInvalid);
      expect((error as InvestorFactsInvalid).faults.map((f) => f.field)).toEqual([
        'legalName',
        'country',
        'account',
        'kycValidUntil',
        'lockedUntil',
        'withholdingBps',
      ]);
    }
  });

  // ISO 3166-1: United States of America 840, Afghanistan 004, Zimbabwe 716.
  it('knows the numeric country codes', () =>
    expect(['US', 'AF', 'ZW', 'XX'].map(countryCode)).toEqual([840, 4, 716, null]));
});

describe('screening', () => {
  const list = [
    { reference: 'SL-001', name: 'Orlov Meridian Capital', country: 'CY' },
    { reference: 'SL-002', name: 'Blue Harbour Shipping', country: null },
  ];
  it('finds the same words in another order and case', () => {
    const result = screenName('MERIDIAN CAPITAL, Orlov', list);
    expect(result.outcome).toBe('hit');
    expect(result.hits).toEqual([{ reference: 'SL-001', name: 'Orlov Meridian Capital', score: 100 }]);
  });
  it('clears a name that resembles nothing', () =>
    expect(screenName('Northlake Pension Fund', list)).toEqual({ outcome: 'clear', hits: [] }));
});

describe('onboarding', () => {
  it('admits after a clear screening, decided by another person', () =>
    expect(afterDecision(afterScreening('entered', 'clear'), 'admit', 'p1', 'p2')).toBe('admitted'));
  it('refuses the officer who entered the record', () =>
    expect(() => afterDecision('screened-clear', 'admit', 'p1', 'p1')).toThrow(SameOfficer));
  it('never admits unscreened or with an open hit', () => {
    expect(() => afterDecision('entered', 'admit', 'p1', 'p2')).toThrow(OnboardingOutOfOrder);
    expect(() => afterDecision('screened-hit', 'admit', 'p1', 'p2')).toThrow(OnboardingOutOfOrder);
  });
  it('decides once', () => {
    expect(() => afterDecision('admitted', 'refuse', 'p1', 'p2')).toThrow(OnboardingOutOfOrder);
    expect(() => afterScreening('refused', 'clear')).toThrow(OnboardingOutOfOrder);
  });
});
