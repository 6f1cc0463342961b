import { describe, expect, it } from '@jest/globals';
import { AbiCoder, id, Interface } from 'ethers';
import { isRevert, revertReason } from './revert-reason.js';
import { rpcFault } from './rpc-fault.js';

const errors = [new Interface(['error TransferRefused(uint8 code, address account)'])];
const coder = AbiCoder.defaultAbiCoder();
const encode = (signature: string, types: string[], values: unknown[]) =>
  id(signature).slice(0, 10) + coder.encode(types, values).slice(2);
const reason = (data: string | null) => revertReason({ code: 3, message: 'execution reverted', data }, errors);

describe('revertReason', () => {
  it('reads reason strings, panics and custom errors', () => {
    expect(reason(encode('Error(string)', ['string'], ['closed']))).toBe('closed');
    // Solidity documentation: 0x12 is a division or modulo by zero.
    expect(reason(encode('Panic(uint256)', ['uint256'], [0x12]))).toBe('panic: division by zero');
    const account = '0x00000000000000000000000000000000000000AA';
    expect(reason(encode('TransferRefused(uint8,address)', ['uint8', 'address'], [5, account]))).toBe(
      `TransferRefused(code: 5, account: ${account})`,
    );
  });

  it('shows what it cannot read', () => {
    expect(reason('0xdeadbeef')).toBe('reverted with an error unknown to Weir: 0xdeadbeef');
    expect(reason(null)).toBe('execution reverted');
  });
});

describe('rpcFault', () => {
  it('finds the node error inside what a provider threw, and revert data one level deeper', () => {
    const inner = { code: 3, message: 'execution reverted', data: { data: '0xdeadbeef' } };
    const fault = { code: 3, message: 'execution reverted', data: '0xdeadbeef' };
    expect(rpcFault({ code: 'CALL_EXCEPTION', message: 'x', info: { error: inner } })).toEqual(fault);
    expect(rpcFault({ code: 'UNKNOWN_ERROR', message: 'x', error: inner })).toEqual(fault);
  });

  it('takes a lost connection for no answer of the node', () => {
    expect(rpcFault(Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' }))).toBeNull();
  });

  it('tells a revert from other refusals', () => {
    expect(isRevert({ code: -32000, message: 'insufficient funds for gas * price + value', data: null })).toBe(false);
    expect(isRevert({ code: -32000, message: 'execution reverted', data: null })).toBe(true);
  });
});
