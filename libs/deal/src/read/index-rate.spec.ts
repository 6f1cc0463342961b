import { describe, expect, it } from '@jest/globals';
import type { Deal } from '../model.js';
import { parseDeal } from '../parse-deal.js';
import { printDeal } from '../print/print-deal.js';
import { SMALL_DEAL } from '../small-deal.fixture.js';

const withIndex = (index: string, unit = 'signed rate'): string =>
  SMALL_DEAL.replace('  sofr: signed rate', `  sofr: {unit: ${unit}, index: {${index}}}`);

const faultsOf = (text: string): string[] =>
  parseDeal(text).diagnostics.flatMap(({ severity, path, code }) => (severity === 'error' ? [`${path} ${code}`] : []));

describe('the index of a report item', () => {
  it('has no lookback, no rounding and the payment dates from closing unless it says so', () => {
    const { deal } = parseDeal(withIndex('method: simple, calendar: target + london'));
    expect(deal?.report.find(({ name }) => name === 'sofr')?.index).toEqual({
      method: 'simple',
      calendar: 'target+london',
      lookback: 0,
      observationShift: false,
      lockout: 0,
      basis: 360,
      decimals: null,
      fallback: 0,
      accrual: 'adjusted',
      firstAccrualFrom: null,
    });
  });

  it('is printed and read again', () => {
    const text = withIndex(
      'method: compounded, calendar: london, basis: ACT/365F, lookback: 5, lockout: 1 business day, decimals: 4',
    );
    const { deal } = parseDeal(text);
    const again = parseDeal(printDeal(deal as Deal)).deal;
    const indexOf = (of: Deal | null) => of?.report.find(({ name }) => name === 'sofr')?.index;
    expect(indexOf(again)).toEqual(indexOf(deal));
    expect(indexOf(again)).toMatchObject({ basis: 365, lookback: 5, lockout: 1, decimals: 4 });
  });

  it.each([
    ['method: daily, calendar: target', 'report.sofr.index.method choice'],
    ['method: simple', 'report.sofr.index missing-field'],
    ['method: simple, calendar: mars', 'report.sofr.index.calendar choice'],
    ['method: simple, calendar: target, lookback: 5 days', 'report.sofr.index.lookback number'],
    ['method: simple, calendar: target, decimals: 11', 'report.sofr.index.decimals number'],
    ['method: set in advance, calendar: target, lockout: 1', 'report.sofr.index.lockout choice'],
  ])('{%s} is refused', (index, fault) => {
    expect(faultsOf(withIndex(index))).toEqual([fault]);
  });

  it('is of rates only', () => {
    expect(faultsOf(withIndex('method: simple, calendar: target', 'signed ratio'))).toContain('report.sofr.index unit');
  });
});

describe('classes of other deals', () => {
  const owning = (underlying: string, from: string): string =>
    SMALL_DEAL.replace(
      'collateral: {cutOffPool: 1000000.00}',
      `collateral: {cutOffPool: 1000000.00, underlying: {${underlying}}}`,
    ).replace('  collected: money', `  collected: {unit: money, from: ${from}}`);

  it('give their flows to from: formulas', () => {
    const text = owning('home: {deal: home.yaml, class: B, share: 60 %}', 'home.interest + home.principal');
    const { deal } = parseDeal(text);
    expect(deal?.underlying).toMatchObject([
      { name: 'home', deal: 'home.yaml', tranche: 'B', share: 600_000_000_000n },
    ]);
    expect(parseDeal(printDeal(deal as Deal)).deal?.underlying).toMatchObject([{ name: 'home', tranche: 'B' }]);
  });

  it.each([
    ['home: {deal: home.yaml, class: B, share: 101 %}', 'home.interest', 'collateral.underlying.home.share share'],
    ['home: {deal: home.yaml}', 'home.interest', 'collateral.underlying.home missing-field'],
    ['home: {deal: home.yaml, class: B}', 'home.coupon', 'report.collected.from unknown-name'],
    ['A: {deal: home.yaml, class: B}', 'A.interest', 'tranches[0].name duplicate-name'],
  ])('{%s} and %s are refused', (underlying, from, fault) => {
    expect(faultsOf(owning(underlying, from))).toContain(fault);
  });
});
