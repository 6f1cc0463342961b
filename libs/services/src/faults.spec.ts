import { describe, expect, it } from '@jest/globals';
import { Contract, Interface, JsonRpcProvider, makeError } from 'ethers';
import { abis } from '@weir/bindings';
import {
  AddressRefused,
  KeyElsewhere,
  NothingToSign,
  SignedBytesRefused,
  SignerNotFound,
  TransactionNotSeen,
} from '@weir/chain';
import { EligibilityValueInvalid } from '@weir/collateral';
import { InputsError, RunArgumentError } from '@weir/waterfall';
import { freePort } from '../../../test/postgres.js';
import { asProblem, answered } from './faults.js';
import { NotFound } from './problem.js';

const problemOf = (error: unknown) => {
  const { kind, code, message } = asProblem(error) as { kind: string; code: string; message: string };
  return { kind, code, message };
};

describe('failures of the libraries below', () => {
  it('are problems with a code of their own', () => {
    const faults = [
      new EligibilityValueInvalid('minimum', 'creditScore', 'abc', 'a whole number'),
      new InputsError(['x'], [], []),
      new RunArgumentError('state', 'has 3 words and needs 4'),
      new SignerNotFound('0xaa'),
      new KeyElsewhere('0xaa'),
      new AddressRefused('0xaa'),
      new TransactionNotSeen('a'),
      new NothingToSign('a', 'final'),
      new SignedBytesRefused('a', ['b']),
    ];
    expect(faults.map(problemOf).map(({ kind, code }) => [kind, code])).toEqual([
      ['invalid', 'eligibility-value-invalid'],
      ['conflict', 'report-does-not-fit'],
      ['conflict', 'run-argument'],
      ['unavailable', 'signer-unavailable'],
      ['conflict', 'key-elsewhere'],
      ['invalid', 'address-invalid'],
      ['not-found', 'transaction-not-found'],
      ['conflict', 'nothing-to-sign'],
      ['invalid', 'signed-bytes-refused'],
    ]);
  });

  it('say in words why a contract refuses', () => {
    const data = new Interface(abis.DealVault).encodeErrorResult('NotNextPeriod', [2, 1]);
    const transaction = { to: null, data: '0x' };
    const error = makeError('execution reverted', 'CALL_EXCEPTION', {
      ...{ action: 'call', data, reason: null, transaction, invocation: null, revert: null },
    });
    expect(problemOf(error)).toEqual({
      kind: 'conflict',
      code: 'contract-refuses',
      message: 'The contract refuses: NotNextPeriod(next: 2, given: 1).',
    });
  });

  it('are no answer when the node is down', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const provider = new JsonRpcProvider(url, 31_337, { staticNetwork: true });
    const vault = new Contract(`0x${'a'.repeat(40)}`, abis.DealVault, provider);
    const asked = answered(vault.getFunction('unit').staticCall());
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable', code: 'unavailable' });
    provider.destroy();
  });

  it('leave problems, and what nobody foresaw, as they are', () => {
    const [known, unknown] = [new NotFound('deal', '1'), new TypeError('x is not a function')];
    expect([asProblem(known), asProblem(unknown), asProblem('text')]).toEqual([known, unknown, 'text']);
  });
});
