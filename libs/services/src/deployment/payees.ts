import type { Hex } from '@weir/money';
import type { CompiledDeal } from '@weir/waterfall';
import { PayeeWithoutAccount } from './errors.js';

/** Accounts of the deal's parties. */
export interface PartyAccounts {
  readonly issuer: Hex;
  readonly servicer: Hex;
  readonly trustee: Hex;
  readonly calculationAgent: Hex;
  /** Accounts of parties that the document names beside the five roles. */
  readonly others?: Readonly<Record<string, Hex>>;
}

/** A payee as the vault is made with it (IDealVault.Payee). */
export interface PayeeTerms {
  readonly to: Hex;
  readonly mustBeRegistered: boolean;
}

/**
 * The vault's payees in the program's order. Sponsor and issuing entity act through the issuer's account. The residual,
 * whoever has it, goes to an account that is admitted in the registry; fees go to whoever the deal names.
 * @throws PayeeWithoutAccount for a party that no account was given of
 */
export function payeeTerms(payees: CompiledDeal['payees'], accounts: PartyAccounts): PayeeTerms[] {
  return payees.map(({ name, party }) => {
    return { to: accountOfParty(name, party, accounts), mustBeRegistered: name === 'residual' };
  });
}

/**
 * The account of a party of the deal.
 * @param what for whose sake it is asked, for the message. @throws PayeeWithoutAccount when no account is known of the party
 */
export function accountOfParty(what: string, party: string, accounts: PartyAccounts): Hex {
  const { issuer, servicer, trustee, calculationAgent, others } = accounts;
  const roles = { sponsor: issuer, issuingEntity: issuer, servicer, trustee, calculationAgent };
  const account = new Map<string, Hex>(Object.entries({ ...others, ...roles })).get(party);
  if (account === undefined) throw new PayeeWithoutAccount(what, party);
  return account;
}
