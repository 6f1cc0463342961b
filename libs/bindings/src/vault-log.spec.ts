import { describe, expect, it } from '@jest/globals';
import { Interface } from 'ethers';
import { abis, decodeVaultLog } from './index.js';

const vault = new Interface(abis.DealVault);
const account = '0x0000000000000000000000000000000000000012';
const word = (byte: string) => `0x${byte.repeat(32)}`;

describe('logs of the vault', () => {
  it('Settled is decoded with every field', () => {
    const log = vault.encodeEventLog('Settled', [
      3n,
      word('01'),
      word('02'),
      word('03'),
      word('04'),
      true,
      11_000_000n,
      [5n, 6n],
      [7n, 8n, 9n],
    ]);
    expect(decodeVaultLog(log)).toEqual({
      name: 'Settled',
      period: 3,
      reportDigest: word('01'),
      resultHash: word('02'),
      stateHash: word('03'),
      tapeRoot: word('04'),
      joint: true,
      deposit: 11_000_000n,
      inputs: [5n, 6n],
      outputs: [7n, 8n, 9n],
    });
  });

  it('the other events are decoded', () => {
    expect(decodeVaultLog(vault.encodeEventLog('Opened', [word('01'), [1n, 2n]]))).toEqual({
      name: 'Opened',
      stateHash: word('01'),
      initialState: [1n, 2n],
    });
    expect(decodeVaultLog(vault.encodeEventLog('Deposited', [account, 10n, 30n]))).toEqual({
      name: 'Deposited',
      by: account,
      amount: 10n,
      pendingAfter: 30n,
    });
    expect(decodeVaultLog(vault.encodeEventLog('Withdrawn', [1n, account, 6n]))).toEqual({
      name: 'Withdrawn',
      payee: 1,
      to: account,
      amount: 6n,
    });
  });

  it('a log of another contract is null', () => {
    const token = new Interface(abis.TrancheToken);
    expect(decodeVaultLog(token.encodeEventLog('Transfer', [account, account, 1n]))).toBeNull();
  });
});
