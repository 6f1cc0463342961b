import { describe, expect, it } from '@jest/globals';
import { RATE_SCALE } from '@weir/money';
import { consumerRecord } from '../../testing/loan-record.js';
import { scoreTape } from '../quality/score.js';
import { CONSUMER_LOAN } from '../model/consumer-loan.js';
import type { TapeResult } from '../tape-reader.js';
import { ConcentrationCheck, type ConcentrationLimit } from './concentration.js';
import { parseLimits } from './limits-file.js';
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
  const limit = (id: string, field: string, part: ConcentrationLimit['part'], percent: bigint) => ({
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
      check.result().map(({ id, amount, share, breached, values }) => [id, amount, share, breached, values]),
    ).toEqual([
      ['carolina', 700_000n, (RATE_SCALE * 7n) / 10n, false, ['NC']],
      ['any state', 700_000n, (RATE_SCALE * 7n) / 10n, true, ['NC']],
      ['borrowers', 900_000n, (RATE_SCALE * 9n) / 10n, true, ['x']],
      ['low scores', 300_000n, (RATE_SCALE * 3n) / 10n, true, []],
      ['high rates', 600_000n, (RATE_SCALE * 6n) / 10n, false, []],
    ]);
  });
});

describe('limits from a file', () => {
  it('are read on the scale of their field', () => {
    const text = JSON.stringify([
      { id: 'a', field: 'region', values: ['NC'], most: '20 %' },
      { id: 'b', field: 'interestRate', from: '12.5 %', most: '0.1' },
      { id: 'c', field: 'closingBalance', from: '100.00', below: '200.00', most: '5 %' },
    ]);
    expect(parseLimits(text, CONSUMER_LOAN)).toEqual([
      { id: 'a', field: 'region', part: { values: ['NC'] }, most: RATE_SCALE / 5n },
      { id: 'b', field: 'interestRate', part: { from: RATE_SCALE / 8n, below: null }, most: RATE_SCALE / 10n },
      { id: 'c', field: 'closingBalance', part: { from: 10_000n, below: 20_000n }, most: RATE_SCALE / 20n },
    ]);
  });

  it('name all that is wrong', () => {
    const text = JSON.stringify([{ id: 'a', field: 'x', most: '1 %' }, { id: 'b', field: 'region', each: true }, 7]);
    const read = () => parseLimits(text, CONSUMER_LOAN);
    expect(read).toThrow(/"x" is no field of consumer-loan; b needs "most" like "20 %"; needs an "id"/);
    expect(() => parseLimits('[', CONSUMER_LOAN)).toThrow('not JSON');
  });
});

describe('the quality score', () => {
  const result: TapeResult = {
    ...{ rows: 100, reportingFrom: '', reportingTo: '', blocked: [], findings: [], sums: {}, noData: {} },
    findingCounts: { 'not-a-number': 10, 'does-not-roll': 20, 'missing-cell': 5 },
    missing: { a: 100, b: 100 },
    distinctKeys: 90,
    fields: 10,
    history: null,
  };

  it('is the weighted mean of its parts', () => {
    const { score, parts } = scoreTape(result);
    expect(Object.values(parts).map((part) => part.score)).toEqual([90, 80, 80, 90]);
    // 0.35 × 90 + 0.25 × 80 + 0.25 × 80 + 0.15 × 90 = 31.5 + 20 + 20 + 13.5
    expect(score).toBe(85);
  });

  it('of a tape without fault is 100', () => {
    expect(scoreTape({ ...result, findingCounts: {}, missing: {}, distinctKeys: 100 }).score).toBe(100);
  });
});
