import { describe, expect, it } from '@jest/globals';
import { lineStartsOf, placeAt } from './build.js';

describe('lines and columns of offsets', () => {
  // line 1 is "ab", line 2 is empty, line 3 is "c"
  const starts = lineStartsOf('ab\n\nc');

  it('begin after each line break', () => {
    expect(starts).toEqual([0, 3, 4]);
    expect(lineStartsOf('\nx')).toEqual([0, 1]);
    expect(lineStartsOf('')).toEqual([0]);
  });

  it('are counted from 1', () => {
    expect([0, 1, 2, 3, 4, 5].map((offset) => placeAt(starts, offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 3, column: 2 },
    ]);
    expect(placeAt([0], 4)).toEqual({ line: 1, column: 5 });
  });
});
