import { describe, expect, it } from '@jest/globals';
import { EntryFieldTooWide, packEntry } from './index.js';

const entry = { kycExpiry: 1, lockedUntil: 2, country: 840, categories: 4, withholding: 1_500, investor: 7n };

describe('an entry of the registry as a word', () => {
  it('has its fields in their places', () => {
    // 40 bits are ten hex digits, 16 are four: 840 = 0x348, 1,500 = 0x5dc.
    expect(packEntry(entry)).toBe(BigInt('0x7' + '05dc' + '0004' + '0348' + '0000000002' + '0000000001'));
  });

  it('refuses what would spill into the next field', () => {
    expect(() => packEntry({ ...entry, country: 65_536 })).toThrow(EntryFieldTooWide);
    expect(() => packEntry({ ...entry, lockedUntil: -1 })).toThrow(EntryFieldTooWide);
    expect(() => packEntry({ ...entry, investor: 2n ** 64n })).toThrow(EntryFieldTooWide);
    expect(packEntry({ ...entry, investor: 2n ** 64n - 1n }) >> 128n).toBe(2n ** 64n - 1n);
  });
});
