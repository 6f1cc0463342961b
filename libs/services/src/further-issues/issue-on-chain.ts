import { AbiCoder, Interface, keccak256 } from 'ethers';
import { artifacts } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { AmendmentOnChain } from '../amendments/entities.js';
import { controlAbi } from '../amendments/on-chain.js';

export const issueAbi = new Interface(artifacts.FurtherIssue.abi);

/** The name under which an issue is kept among a deal's contracts. */
export const issueName = (amendmentId: string): string => `FurtherIssue:${amendmentId}`;

/** By which hash a control knows a further issue (FurtherIssues._idOf). */
export function issueProposalOf(issue: Hex, vault: Hex, amendment: AmendmentOnChain): Hex {
  const tuple = controlAbi.getFunction('applyIssue')?.inputs ?? [];
  return keccak256(
    AbiCoder.defaultAbiCoder().encode(['address', 'address', ...tuple], [issue, vault, amendment]),
  ) as Hex;
}
