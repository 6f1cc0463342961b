import { TypedDataEncoder, recoverAddress } from 'ethers';
import type { Hex } from './hex.js';

/** EIP-712 domain of a vault. */
export interface ReportDomain {
  name: 'Weir';
  version: '1';
  chainId: bigint;
  verifyingContract: string;
}

/** What servicer and trustee sign for a period; `inputs` are the program's input words in slot order. */
export interface ServicerReportMessage {
  programHash: Hex;
  period: number;
  /** How many reports of the period were withdrawn before this one. */
  revision: number;
  previousStateHash: Hex;
  tapeRoot: Hex;
  inputs: readonly bigint[];
}

/** What trustee and calculation agent sign to settle a report on the cash held, in cents. */
export interface JointSettlementMessage {
  reportDigest: Hex;
  cashHeld: bigint;
}

/** EIP-712 types of a servicer report, as contracts/src/vault/ReportHashes.sol hashes them. */
export const reportTypes = {
  ServicerReport: [
    { name: 'programHash', type: 'bytes32' },
    { name: 'period', type: 'uint32' },
    { name: 'revision', type: 'uint32' },
    { name: 'previousStateHash', type: 'bytes32' },
    { name: 'tapeRoot', type: 'bytes32' },
    { name: 'inputs', type: 'uint256[]' },
  ],
};

/** EIP-712 types of a joint settlement. */
export const jointTypes = {
  JointSettlement: [
    { name: 'reportDigest', type: 'bytes32' },
    { name: 'cashHeld', type: 'uint256' },
  ],
};

/** What trustee and calculation agent sign to dismiss a dispute of a report. */
export interface DisputeDismissalMessage {
  reportDigest: Hex;
  /** keccak256 of the reason, which is published elsewhere. */
  reasonHash: Hex;
}

/** EIP-712 types of the dismissal of a dispute. */
export const dismissalTypes = {
  DisputeDismissal: [
    { name: 'reportDigest', type: 'bytes32' },
    { name: 'reasonHash', type: 'bytes32' },
  ],
};

/** The domain in which a vault's reports are signed. */
export function reportDomain(chainId: bigint | number, vault: string): ReportDomain {
  return { name: 'Weir', version: '1', chainId: BigInt(chainId), verifyingContract: vault };
}

/** The digest that servicer and trustee sign. */
export function reportDigest(domain: ReportDomain, report: ServicerReportMessage): Hex {
  return TypedDataEncoder.hash(domain, reportTypes, report) as Hex;
}

/** The digest that trustee and calculation agent sign. */
export function jointDigest(domain: ReportDomain, joint: JointSettlementMessage): Hex {
  return TypedDataEncoder.hash(domain, jointTypes, joint) as Hex;
}

/** The digest that trustee and calculation agent sign to dismiss a dispute. */
export function dismissalDigest(domain: ReportDomain, dismissal: DisputeDismissalMessage): Hex {
  return TypedDataEncoder.hash(domain, dismissalTypes, dismissal) as Hex;
}

/** Checksummed address whose key signed a digest; a malformed signature throws ethers' error. */
export function recoverSigner(digest: Hex, signature: string): string {
  return recoverAddress(digest, signature);
}

/** Checksummed address whose key signed the report; a malformed signature throws ethers' error. */
export function recoverReportSigner(domain: ReportDomain, report: ServicerReportMessage, signature: string): string {
  return recoverAddress(reportDigest(domain, report), signature);
}

/** Checksummed address whose key signed the joint settlement; a malformed signature throws ethers' error. */
export function recoverJointSigner(domain: ReportDomain, joint: JointSettlementMessage, signature: string): string {
  return recoverAddress(jointDigest(domain, joint), signature);
}
