import { describe, expect, it } from '@jest/globals';
import { imprecision } from './single-precision.js';

describe('amounts that went through single-precision numbers', () => {
  it.each<[string, (bigint | null)[], bigint]>([
    // 45,429,932 ÷ 2^23 = 5.4157
    ['45,429,932.00 may be off by 5.42', [4_542_993_200n], 542n],
    // 1,533,028.2 ÷ 2^23 = 0.1828
    ['1,533,028.20 may be off by 0.19', [153_302_820n], 19n],
    ['-1,533,028.20 as well, and both together by 5.61', [-153_302_820n, null, 4_542_993_200n], 561n],
    // such numbers are 4 apart at 45,429,934.70
    ['45,429,934.70 is none of them', [4_542_993_470n], 0n],
    // and 0.0625 apart at 999,000.11: the nearest, 999,000.125, is written 999000.1
    ['nor is 999,000.11, and then 45,429,932.00 is not either', [99_900_011n, 4_542_993_200n], 0n],
    ['131,071.99 is held to the cent', [13_107_199n], 0n],
    ['131,072.00 may be off by 0.02', [13_107_200n], 2n],
    ['zero is zero, and so is nothing', [0n, null], 0n],
  ])('%s', (_, amounts, most) => expect(imprecision(amounts)).toBe(most));
});
