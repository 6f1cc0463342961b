import { AbiCoder, Interface, hexlify, keccak256 } from 'ethers';
import { artifacts } from '@weir/bindings';
import type { Hex } from '@weir/money';
import { programPages, type CompiledAmendment, type CompiledDeal } from '@weir/waterfall';
import { paymentInstants } from '../deployment/deal-terms.js';
import { payeeTerms, type PartyAccounts } from '../deployment/payees.js';
import type { AmendmentOnChain } from './entities.js';

export const controlAbi = new Interface(artifacts.DealControl.abi);

/** The amendment as the contracts take it. @throws PayeeWithoutAccount */
export function amendmentOnChain(
  next: CompiledDeal,
  mapping: CompiledAmendment,
  accounts: PartyAccounts,
): AmendmentOnChain {
  return {
    fromPeriod: mapping.fromPeriod,
    programHash: next.program.hash,
    documentHash: next.documentHash as Hex,
    mappingHash: mapping.program.hash,
    payees: payeeTerms(next.payees, accounts),
    paymentDates: paymentInstants(next),
  };
}

/** By which hash a control knows an amendment of a vault (DealControl._idOf). */
export function proposalOf(vault: Hex, amendment: AmendmentOnChain): Hex {
  const inputs = controlAbi.getFunction('proposeAmendment')?.inputs ?? [];
  return keccak256(AbiCoder.defaultAbiCoder().encode(inputs, [vault, amendment])) as Hex;
}

/** Calls of the program store that store a program: whole, or its pages and then all of them. */
export function storingCalls(bytes: Uint8Array): { method: string; args: unknown[] }[] {
  const pages = programPages(bytes);
  if (pages.length === 1) return [{ method: 'register', args: [hexlify(bytes)] }];
  return [
    ...pages.map((page) => ({ method: 'storePage', args: [hexlify(page)] })),
    { method: 'registerPages', args: [pages.map((page) => keccak256(page))] },
  ];
}
