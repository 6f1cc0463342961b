import { describe, expect, it } from '@jest/globals';
import { RATE_SCALE } from '@weir/money';
import { consumerRecord } from '../../testing/loan-record.js';
import { scoreTape } from '../quality/score.js';
import { mortgageRecord } from '../../testing/mortgage-record.js';
import { COMMERCIAL_MORTGAGE } from '../model/commercial-mortgage.js';
import { AUTO_EXPOSURE } from '../model/auto-exposure.js';
import { CONSUMER_LOAN } from '../model/consumer-loan.js';
import type { TapeResult } from '../tape-reader.js';
import { LimitsInvalid } from '../errors.js';
import { assetClassNamed } from '../model/asset-classes.js';
import { ConcentrationCheck } from './concentration.js';
import type { AverageStanding, PoolPart, ShareStanding } from './limit.js';
import { limitsFor, parseLimits } from './limits-file.js';
import { unusableLimits, type WrittenLimit } from './limits-of-class.js';
import { Stratifier } from './stratify.js';

const loans = [
  consumerRecord('1', {
    closingBalance: 600_000n,
    interestRate: RATE_SCALE / 10n,
    creditScore: 700,
    region: 'NC',
    borrowerNumber: 'x',
  }),
  consumerRecord('2', {
    closingBalance: 300_000n,
    interestRate: RATE_SCALE / 20n,
    creditScore: 649,
    region: 'SC',
    borrowerNumber: 'x',
  }),
  consumerRecord('3', {
    closingBalance: 100_000n,
    interestRate: null,
    creditScore: null,
    region: 'NC',
    borrowerNumber: 'y',
  }),
  consumerRecord('4', {
    closingBalance: 0n,
    interestRate: RATE_SCALE,
    creditScore: 800,
    region: 'VA',
    borrowerNumber: 'z',
  }),
];

describe('stratification tables', () => {
  const stratifier = new Stratifier(CONSUMER_LOAN, ['region', 'creditScore', 'closingBalance', 'loanPurpose']);
  for (const loan of loans) stratifier.add(loan);
  const tables = new Map(stratifier.result().map((table) => [table.field, table.strata]));

  it('by value, the largest first, weigh means by balance', () => {
    // NC: 10 % on 6,000.00 and no rate on 1,000.00.
    expect(tables.get('region')).toEqual([
      { label: 'NC', loans: 2, balance: 700_000n, share: 0.7, meanRate: 0.1, meanRemainingTerm: null, meanScore: 700 },
      { label: 'SC', loans: 1, balance: 300_000n, share: 0.3, meanRate: 0.05, meanRemainingTerm: null, meanScore: 649 },
    ]);
  });

  it('reckon the remaining term where the tape states none, and say so', () => {
    // A European tape: 2025-06 to 2028-03 is 33 months, to 2025-05 none, whatever the day.
    const exposures = new Stratifier(AUTO_EXPOSURE);
    const add = (matures: string | null, balance: bigint) =>
      exposures.add({
        ...{ row: 2, key: 'x', blocked: false, loan: null, period: { from: '2025-06-30', to: '2025-06-30' } },
        values: { currentPrincipalBalance: balance, maturityDate: matures },
      });
    add('2028-03-01', 300_00n);
    add('2025-05-31', 100_00n);
    const terms = exposures.result().find(({ field }) => field === 'remainingTerm');
    expect(terms?.title).toBe('remaining term (months from the reporting date to maturity)');
    expect(terms?.strata.map(({ label, loans: count }) => [label, count])).toEqual([
      ['0 to under 12', 1],
      ['24 to under 36', 1],
    ]);
    expect(terms?.strata.map(({ meanRemainingTerm }) => meanRemainingTerm)).toEqual([0, 33]);
    const stated = new Stratifier(CONSUMER_LOAN, ['remainingTerm']);
    stated.add(consumerRecord('1', { closingBalance: 100n, remainingTerm: 7 }));
    expect(stated.result()[0]).toMatchObject({ title: 'remaining term', strata: [{ meanRemainingTerm: 7 }] });
  });

  it('of codes say what their code list says', () => {
    const mortgages = new Stratifier(COMMERCIAL_MORTGAGE, ['propertyTypeCode', 'paymentStatusLoanCode']);
    const add = (closing: bigint, propertyTypeCode: string, paymentStatusLoanCode: string) =>
      mortgages.add(mortgageRecord('1', '2020-01', { closing }, { propertyTypeCode, paymentStatusLoanCode }));
    // A loan of three properties names the type of each.
    add(200_00n, 'OF;OF;RT', '0');
    add(100_00n, 'XY', '0');
    expect(mortgages.result().map(({ strata }) => strata.map(({ label, words }) => [label, words]))).toEqual([
      [['0', 'current']],
      [
        ['OF;OF;RT', 'office, retail'],
        ['XY', undefined],
      ],
    ]);
  });

  it('by range, in order, with what is not stated last', () => {
    const lines = tables.get('creditScore')?.map(({ label, balance }) => [label, balance]);
    expect(lines).toEqual([
      ['600 to under 650', 300_000n],
      ['700 to under 750', 600_000n],
      ['not stated', 100_000n],
    ]);
    expect(tables.get('closingBalance')?.map(({ label }) => label)).toEqual(['0 to under 5000', '5000 to under 10000']);
  });

  it('leave out a field of which nothing is stated', () => expect(tables.has('loanPurpose')).toBe(false));
});

describe('concentration limits', () => {
  const limit = (id: string, field: string, part: PoolPart, percent: bigint) => ({
    kind: 'share' as const,
    id,
    field,
    part,
    most: (RATE_SCALE * percent) / 100n,
  });
  const check = new ConcentrationCheck(CONSUMER_LOAN, [
    limit('carolina', 'region', { values: ['NC'] }, 70n),
    limit('any state', 'region', { each: true }, 69n),
    limit('borrowers', 'borrowerNumber', { largest: 1 }, 89n),
    limit('low scores', 'creditScore', { from: null, below: 650n }, 29n),
    limit('high rates', 'interestRate', { from: RATE_SCALE / 10n, below: null }, 60n),
  ]);
  for (const loan of loans) check.add(loan);

  it('are met at the limit and breached above it', () => {
    expect(
      check
        .result()
        .map((standing) => standing as ShareStanding)
        .map(({ id, amount, share, breached, values }) => [id, amount, share, breached, values]),
    ).toEqual([
      ['carolina', 700_000n, (RATE_SCALE * 7n) / 10n, false, ['NC']],
      ['any state', 700_000n, (RATE_SCALE * 7n) / 10n, true, ['NC']],
      ['borrowers', 900_000n, (RATE_SCALE * 9n) / 10n, true, ['x']],
      ['low scores', 300_000n, (RATE_SCALE * 3n) / 10n, true, []],
      ['high rates', 600_000n, (RATE_SCALE * 6n) / 10n, false, []],
    ]);
  });
});

describe('limits of parts without some values, and of means', () => {
  // 6,000.00 at 10 % and 700, 3,000.00 at 5 % and 649, 1,000.00 that states neither.
  const written: WrittenLimit[] = [
    {
      kind: 'share',
      id: 'others',
      field: 'region',
      part: { each: true, except: ['NC'] },
      most: (RATE_SCALE * 3n) / 10n,
    },
    { kind: 'share', id: 'next two', field: 'region', part: { largest: 2, except: ['NC'] }, most: RATE_SCALE / 4n },
    // (6000 × 700 + 3000 × 649) ÷ 9000 = 683; (600 + 150) ÷ 9000 = 8.3333 %
    { kind: 'average', id: 'score', field: 'creditScore', least: '683', most: null },
    { kind: 'average', id: 'higher score', field: 'creditScore', least: '684', most: null },
    { kind: 'average', id: 'rate', field: 'rate', least: null, most: '8.3333 %' },
    { kind: 'average', id: 'balance', field: 'balance', least: '4600.00', most: '4600.00' },
    { kind: 'share', id: 'purpose', field: 'loanPurpose', part: { values: ['boat'] }, most: RATE_SCALE },
  ];
  const check = new ConcentrationCheck(CONSUMER_LOAN, limitsFor(written, CONSUMER_LOAN));
  for (const loan of loans) check.add(loan);
  const results = new Map(check.result().map((result) => [result.id, result]));

  it('leave what is excepted out of the part, not out of the pool', () => {
    expect(results.get('others')).toMatchObject({
      amount: 300_000n,
      pool: 1_000_000n,
      breached: false,
      values: ['SC'],
    });
    expect(results.get('next two')).toMatchObject({ amount: 300_000n, breached: true, values: ['SC'] });
  });

  it('weigh means by balance, of the loans that state them, and compare them exactly', () => {
    expect(results.get('score')).toMatchObject({ average: 683, unstated: 100_000n, breached: false });
    expect(results.get('higher score')).toMatchObject({ breached: true });
    // 750 ÷ 9000 is a third of a ten-thousandth of a percent above 8.3333 %.
    expect((results.get('rate') as AverageStanding).average).toBeCloseTo(83_333_333_333.333, 2);
    expect(results.get('rate')).toMatchObject({ breached: true, unstated: 100_000n });
    // (6000² + 3000² + 1000²) ÷ 10000 = 4600.00
    expect(results.get('balance')).toMatchObject({ average: 460_000, breached: false, unstated: 0n });
  });

  it('are not known when no loan states what they are of', () => {
    expect(results.get('purpose')).toMatchObject({ unknown: true, unstated: 1_000_000n });
    expect(results.get('score')).toMatchObject({ unknown: false });
  });

  it('find the field by what it is, whatever the asset class calls it', () => {
    const auto = assetClassNamed('auto-loan') ?? CONSUMER_LOAN;
    const usable = written.filter(({ id }) => id !== 'purpose');
    expect(limitsFor(usable, auto).map(({ field }) => field)).toEqual([
      'obligorGeographicLocation',
      'obligorGeographicLocation',
      'obligorCreditScore',
      'obligorCreditScore',
      'reportingPeriodInterestRatePercentage',
      'reportingPeriodActualEndBalanceAmount',
    ]);
    expect(() => limitsFor(written, auto)).toThrow(LimitsInvalid);
    expect(() => limitsFor(written, auto)).toThrow(/purpose: automobile loans .* have no field "loanPurpose"/);
  });

  it('that no asset class can be held against are told', () => {
    const of = (id: string, field: string): WrittenLimit => ({ kind: 'average', id, field, least: '1', most: null });
    const limits = [...written, of('misspelt', 'creditScor'), of('text', 'loanPurpose')];
    expect(unusableLimits(limits).map(({ id }) => id)).toEqual(['misspelt', 'text']);
  });
});

describe('limits from a file', () => {
  it('are read on the scale of their field', () => {
    const text = JSON.stringify([
      { id: 'a', field: 'region', values: ['NC'], most: '20 %' },
      { id: 'b', field: 'interestRate', from: '12.5 %', most: '0.1' },
      { id: 'c', field: 'closingBalance', from: '100.00', below: '200.00', most: '5 %' },
      { id: 'd', average: 'creditScore', least: '650' },
    ]);
    expect(parseLimits(text, CONSUMER_LOAN)).toEqual([
      { kind: 'share', id: 'a', field: 'region', part: { values: ['NC'] }, most: RATE_SCALE / 5n },
      {
        kind: 'share',
        id: 'b',
        field: 'interestRate',
        part: { from: RATE_SCALE / 8n, below: null },
        most: RATE_SCALE / 10n,
      },
      {
        kind: 'share',
        id: 'c',
        field: 'closingBalance',
        part: { from: 10_000n, below: 20_000n },
        most: RATE_SCALE / 20n,
      },
      { kind: 'average', id: 'd', field: 'creditScore', least: 650n, most: null },
    ]);
  });

  it('name all that is wrong', () => {
    const entries = [
      { id: 'a', field: 'x', each: true, most: '1 %' },
      { id: 'b', field: 'region', each: true },
      { id: 'c', field: 'region', most: '1 %' },
      { id: 'd', average: 'creditScore', least: 5 },
      { id: 'e', average: 'creditScore', least: '5 %' },
      { id: 'f', each: true, most: '1 %' },
      7,
    ];
    const read = () => parseLimits(JSON.stringify(entries), CONSUMER_LOAN);
    const said = [
      'b needs "most" like "20 %"',
      'c needs values, each, largest, or from and below',
      'd needs its figures as texts, like "650" or "12.5 %"',
      'f needs a "field", or an "average"',
      'needs an "id"',
      'a: unsecured consumer loans have no field "x"',
      'e: "5 %" is no figure of creditScore; write it like 650',
    ];
    for (const words of said) expect(read).toThrow(words);
    expect(() => parseLimits('[', CONSUMER_LOAN)).toThrow('not JSON');
  });
});

describe('the quality score', () => {
  const result: TapeResult = {
    ...{ rows: 100, reportingFrom: '', reportingTo: '', blocked: [], findings: [], sums: {}, noData: {} },
    tally: [],
    lacking: [],
    findingCounts: { 'not-a-number': 10, 'does-not-roll': 20, 'missing-cell': 5 },
    missing: { a: 100, b: 100 },
    distinctKeys: 90,
    keyed: 100,
    unread: 0,
    fields: 10,
    history: null,
    several: null,
  };

  it('is the weighted mean of its parts', () => {
    const { score, parts } = scoreTape(result);
    expect(Object.values(parts).map((part) => part.score)).toEqual([99, 80, 80, 90]);
    // 10 of 1,000 cells; 200 of 1,000; 20 in 100 rows; 90 of 100: 0.35 × 99 + 0.25 × 80 + 0.25 × 80 + 0.15 × 90 = 88.15
    expect(score).toBe(88.2);
    expect(Object.values(parts).map(({ because }) => because)).toEqual([
      '10 of 1000 cells do not read or are implausible',
      '200 of 1000 cells state no value',
      '20 figures in 100 rows do not fit the others',
      '90 loan keys in 100 rows that state one',
    ]);
  });

  it('counts by cell: one bad column of ten takes a tenth, and a row that could not be read only its own cells', () => {
    const validity = (findingCounts: TapeResult['findingCounts'], unread = 0) =>
      scoreTape({ ...result, findingCounts, unread }).parts.validity;
    expect(validity({ 'unknown-code': 100 })).toEqual({
      ...{ score: 90, because: '100 of 1000 cells do not read or are implausible' },
    });
    expect(validity({ 'unit-in-doubt': 1 }).score).toBe(90);
    // 2 rows of 10 cells and 1 cell: 21 of 1,000.
    expect(validity({ 'not-a-date': 1, 'row-shape': 2 }, 2)).toEqual({
      score: 97.9,
      because: '21 of 1000 cells do not read or are implausible, 2 rows that could not be read counted whole',
    });
    expect(validity({ 'encoding-guessed': 1 }).score).toBe(100);
    expect(validity({ 'not-a-date': 1 }).because).toBe('1 of 1000 cells does not read or is implausible');
  });

  it('does not hold rows against completeness and uniqueness that could not be read', () => {
    // One of five rows was not read: 4 × 10 cells, of which 2 state nothing, and 4 keys in the 4 rows that state one.
    const counts = {
      rows: 5,
      unread: 1,
      keyed: 4,
      distinctKeys: 4,
      missing: { a: 2 },
      findingCounts: { 'row-shape': 1 },
    };
    const { parts } = scoreTape({ ...result, ...counts });
    expect(parts.completeness).toEqual({ score: 95, because: '2 of 40 cells state no value' });
    expect(parts.uniqueness).toEqual({ score: 100, because: '4 loan keys in 4 rows that state one' });
    expect(parts.validity.score).toBe(80);
  });

  it('of a tape without fault is 100', () => {
    expect(scoreTape({ ...result, findingCounts: {}, missing: {}, distinctKeys: 100 }).score).toBe(100);
  });
});
