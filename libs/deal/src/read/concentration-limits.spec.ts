import { describe, expect, it } from '@jest/globals';
import { RATE_SCALE } from '@weir/money';
import { parseDeal } from '../parse-deal.js';
import { SMALL_DEAL } from '../small-deal.fixture.js';

const reading = (...limits: string[]) => {
  const block = `collateral:\n  cutOffPool: 1000000.00\n  concentrationLimits:\n${limits.map((limit) => `    - ${limit}\n`).join('')}`;
  const { deal, diagnostics } = parseDeal(SMALL_DEAL.replace('collateral: {cutOffPool: 1000000.00}\n', block));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return { deal, errors: errors.map(({ code, path, message }) => `${code} ${path}: ${message}`) };
};

describe('concentration limits', () => {
  it('bound parts of the pool and means over it', () => {
    const { deal, errors } = reading(
      '{ id: coast, field: region, values: [CA, OR], most: 25 % }',
      '{ id: others, field: region, each: true, except: [CA], most: 0.1 }',
      '{ id: names, field: obligor, largest: 3, most: 2.5 % }',
      '{ id: rates, field: rate, from: 12.5 %, most: 5 % }',
      '{ id: balances, field: balance, from: 1000.00, below: 50000.00, most: 100 % }',
      '{ id: mean, average: creditScore, least: 680, most: 800 }',
    );
    expect(errors).toEqual([]);
    expect(deal?.concentrationLimits.map(({ line: _, column: __, ...limit }) => limit)).toEqual([
      { kind: 'share', id: 'coast', field: 'region', part: { values: ['CA', 'OR'] }, most: RATE_SCALE / 4n },
      { kind: 'share', id: 'others', field: 'region', part: { each: true, except: ['CA'] }, most: RATE_SCALE / 10n },
      { kind: 'share', id: 'names', field: 'obligor', part: { largest: 3, except: [] }, most: RATE_SCALE / 40n },
      { kind: 'share', id: 'rates', field: 'rate', part: { from: '12.5 %', below: null }, most: RATE_SCALE / 20n },
      {
        kind: 'share',
        id: 'balances',
        field: 'balance',
        part: { from: '1000.00', below: '50000.00' },
        most: RATE_SCALE,
      },
      { kind: 'average', id: 'mean', field: 'creditScore', least: '680', most: '800' },
    ]);
  });

  it.each([
    ['{ id: a, field: region, most: 5 % }', /shape .*: a limit is of one part of the pool/],
    ['{ id: a, field: region, values: [CA], each: true, most: 5 % }', /shape .*one part of the pool/],
    ['{ id: a, field: region, values: [CA], except: [NY], most: 5 % }', /unknown-field .*except.*each and largest/],
    ['{ id: a, field: region, from: 5, most: 5 % }', /value .*region is a text/],
    ['{ id: a, field: creditScore, below: 6 %, most: 5 % }', /value .*"6 %" is not a whole number/],
    ['{ id: a, field: rate, below: high, most: 5 % }', /^value .*concentrationLimits\[0\]\.below/],
    ['{ id: a, field: region, each: true }', /missing-field .*"most" is missing/],
    ['{ id: a, field: region, each: true, most: 105 % }', /share .*at most 100 %/],
    ['{ id: a, field: region, each: true, most: 0 % }', /number .*above zero/],
    ['{ id: a, field: region, each: false, most: 5 % }', /choice .*each/],
    ['{ id: a, field: obligor, largest: 0, most: 5 % }', /number .*"0" is no count/],
    ['{ id: a, each: true, most: 5 % }', /missing-field .*"field" is missing/],
    ['{ id: a, field: a b, each: true, most: 5 % }', /name .*"a b" is no field of a loan/],
    ['{ id: a, average: creditScore }', /missing-field .*an average needs "least" or "most"/],
    ['{ id: a, average: creditScore, values: [5], least: 5 }', /unknown-field .*"values" tells a part/],
    ['{ id: a, average: creditScore, field: rate, least: 5 }', /unknown-field .*"field".*or "average"/],
    ['{ id: a, average: region, least: 5 }', /value .*region is a text/],
    ['{ id: a, field: region, each: true, least: 1 %, most: 5 % }', /unknown-field .*"least" goes with average/],
  ])('%s is a fault', (limit, said) => {
    const { errors } = reading(limit);
    expect(errors).toEqual([expect.stringMatching(said)]);
  });

  it('have names of their own', () => {
    const limit = '{ id: a, field: region, each: true, most: 5 % }';
    expect(reading(limit, limit).errors).toEqual([expect.stringMatching(/duplicate-name .*"a" already names/)]);
  });
});
