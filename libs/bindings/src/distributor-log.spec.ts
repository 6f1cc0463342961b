import { describe, expect, it } from '@jest/globals';
import { Interface } from 'ethers';
import { abis, decodeDistributorLog } from './index.js';

const distributor = new Interface(abis.Distributor);
const account = '0x0000000000000000000000000000000000000012';
const other = '0x0000000000000000000000000000000000000021';
/** A coin of eight decimals: a cent is 10^6 base units, and a grain, a millionth of the coin, is 100. */
const units = { unit: 1_000_000n, grain: 100n };
const decoded = (name: string, args: unknown[]) => decodeDistributorLog(distributor.encodeEventLog(name, args), units);

describe('logs of the Distributor', () => {
  it('a claim is one payment, already in base units', () => {
    expect(decoded('Claimed', [2n, 1n, account, 4n, 5n, 3n])).toEqual({
      name: 'HoldersPaid',
      tranche: 2,
      period: 1,
      payments: [{ account, interest: 4n, principal: 5n, tax: 3n }],
    });
  });

  it('a batch is many, unpacked from two words each', () => {
    const words = [BigInt(account) | (7n << 160n), 11n | (13n << 128n), BigInt(other), 17n];
    expect(decoded('Pushed', [0n, 3n, words])).toEqual({
      name: 'HoldersPaid',
      tranche: 0,
      period: 3,
      payments: [
        // 11 and 13 grains of 100; 7 cents of 10^6.
        { account, interest: 1_100n, principal: 1_300n, tax: 7_000_000n },
        { account: other.toLowerCase(), interest: 1_700n, principal: 0n, tax: 0n },
      ],
    });
  });

  it('carried dust is that of the classes that had some, four of them in a word', () => {
    // Class 1: interest 5; class 3: principal 6; class 4, the first of the second word: 7 and 8.
    const words = [(5n << 64n) | (6n << 224n), 7n | (8n << 32n)];
    expect(decoded('DustCarried', [9n, words])).toEqual({
      name: 'DustCarried',
      period: 9,
      classes: [
        { tranche: 1, interestCents: 5n, principalCents: 0n },
        { tranche: 3, interestCents: 0n, principalCents: 6n },
        { tranche: 4, interestCents: 7n, principalCents: 8n },
      ],
    });
  });

  it('the other events are decoded', () => {
    expect(decoded('Forwarded', [account, other, 6n])).toEqual({ name: 'Forwarded', account, to: other, amount: 6n });
    const place = { tranche: 1, period: 2 };
    expect(decoded('Skipped', [1n, 2n, account, 5n])).toEqual({ name: 'Skipped', ...place, account, code: 5 });
    expect(decoded('TaxRemitted', [1n, 2n, 9n])).toEqual({ name: 'TaxRemitted', ...place, amount: 9n });
    const moved = { name: 'UnclaimedMoved', ...place, to: other, interest: 3n, principal: 4n };
    expect(decoded('UnclaimedMoved', [1n, 2n, other, 3n, 4n])).toEqual(moved);
  });

  it('anything else is none of them', () => {
    expect(decoded('UnclaimedCancelled', [1n, 2n, account])).toBeNull();
    expect(decodeDistributorLog({ topics: [`0x${'ab'.repeat(32)}`], data: '0x' }, units)).toBeNull();
  });
});
