import { describe, expect, it } from '@jest/globals';
import { qualityTable, type TapeScore } from './quality.js';

const scored = (month: number, score: number): TapeScore => {
  const part = { score, because: '' };
  const parts = { validity: part, completeness: part, consistency: part, uniqueness: part };
  return { file: 'x.csv', reportingTo: `month ${month}`, rows: 1, quality: { score, parts } };
};

describe('the data quality of many tapes', () => {
  it('is told by the first, the last and the worst, with how many there are', () => {
    // Month 30 is the last; 3, 7, 11, 20 and 29 are the worst between, 29 by 1 against month 28.
    const worst = new Map([3, 7, 11, 20].map((month, at) => [month, 50 + at] as const)).set(29, 89);
    const scores = Array.from({ length: 30 }, (_, at) => scored(at + 1, worst.get(at + 1) ?? 90));
    const lines = qualityTable(scores).join('\n').split('\n');
    expect(lines[2]).toBe(
      '7 of 30 tapes: the first, the last, and the 5 worst between them; --quality FILE writes all',
    );
    expect(lines.slice(5).map((line) => line.trim().split(/ {2,}/).slice(0, 4))).toEqual([
      ['month 1', '1', '90.0', '90.0'],
      ['month 3', '1', '50.0', '-40.0'],
      ['month 7', '1', '51.0', '-39.0'],
      ['month 11', '1', '52.0', '-38.0'],
      ['month 20', '1', '53.0', '-37.0'],
      ['month 29', '1', '89.0', '-1.0'],
      ['month 30', '1', '90.0', '+1.0'],
    ]);
  });

  it('is told of each while there are few', () => {
    const lines = qualityTable(Array.from({ length: 12 }, (_, at) => scored(at + 1, 90)))
      .join('\n')
      .split('\n');
    expect(lines.filter((line) => line.includes('month'))).toHaveLength(12);
  });
});
