import { describe, expect, it } from '@jest/globals';
import type { Hex } from '@weir/money';
import { PayeeWithoutAccount } from './errors.js';
import { payeeTerms } from './payees.js';

const account = (digit: string): Hex => `0x${digit.repeat(40)}`;
const ACCOUNTS = {
  issuer: account('1'),
  servicer: account('2'),
  trustee: account('3'),
  calculationAgent: account('4'),
};

describe('payees of the vault', () => {
  it('pay every party that a document may name, in order', () => {
    const payees = (['sponsor', 'issuingEntity', 'servicer', 'trustee', 'calculationAgent'] as const).map((party) => ({
      name: `${party}Fee`,
      party,
    }));
    const [issuer, ...others] = Object.values(ACCOUNTS);
    expect(payeeTerms(payees, ACCOUNTS)).toEqual(
      [issuer, issuer, ...others].map((to) => ({ to, mustBeRegistered: false })),
    );
  });

  it('must be admitted for the residual, whoever has it, and for no fee', () => {
    const payees = [
      { name: 'advisory', party: 'sponsor' as const },
      { name: 'residual', party: 'servicer' as const },
    ];
    expect(payeeTerms(payees, ACCOUNTS)).toEqual([
      { to: ACCOUNTS.issuer, mustBeRegistered: false },
      { to: ACCOUNTS.servicer, mustBeRegistered: true },
    ]);
  });

  it('need an account of every party beside the roles', () => {
    const payees = [{ name: 'swap', party: 'swapBank' }];
    expect(() => payeeTerms(payees, ACCOUNTS)).toThrow(PayeeWithoutAccount);
    expect(payeeTerms(payees, { ...ACCOUNTS, others: { swapBank: account('5') } })).toEqual([
      { to: account('5'), mustBeRegistered: false },
    ]);
  });
});
