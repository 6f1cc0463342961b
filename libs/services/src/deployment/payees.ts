import type { Hex } from '@weir/money';
import type { CompiledDeal } from '@weir/waterfall';

/** Accounts of the deal's parties. */
export interface PartyAccounts {
  readonly issuer: Hex;
  readonly servicer: Hex;
  readonly trustee: Hex;
  readonly calculationAgent: Hex;
}

/** A payee as the vault is made with it (IDealVault.Payee). */
export interface PayeeTerms {
  readonly to: Hex;
  readonly mustBeRegistered: boolean;
}

/**
 * The vault's payees in the program's order. Sponsor and issuing entity act through the issuer's account. The residual,
 * whoever has it, goes to an account that is admitted in the registry; fees go to whoever the deal names.
 */
export function payeeTerms(payees: CompiledDeal['payees'], accounts: PartyAccounts): PayeeTerms[] {
  const { issuer, servicer, trustee, calculationAgent } = accounts;
  const accountOfParty = { sponsor: issuer, issuingEntity: issuer, servicer, trustee, calculationAgent };
  return payees.map(({ name, party }) => ({ to: accountOfParty[party], mustBeRegistered: name === 'residual' }));
}
