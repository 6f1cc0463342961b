export {
  attestationDigest,
  attestationDomain,
  attestationTypes,
  type AttestationDomain,
  type AttestationMessage,
} from './attestation.js';
export { abis, artifacts, build, RESTRICTED_FUNCTIONS, ROLES, type ContractName } from './artifacts.js';
export {
  decodeDistributorLog,
  unpackDust,
  unpackPayments,
  type CarriedDust,
  type CashUnits,
  type DistributorEvent,
  type HolderPayment,
} from './distributor-log.js';
export type { Hex } from './hex.js';
export { REASONS } from './reasons.js';
export { EntryFieldTooWide, packEntry, type RegistryEntry } from './registry-entry.js';
export {
  dismissalDigest,
  dismissalTypes,
  jointDigest,
  jointTypes,
  recoverJointSigner,
  recoverReportSigner,
  recoverSigner,
  reportDigest,
  reportDomain,
  reportTypes,
  type DisputeDismissalMessage,
  type JointSettlementMessage,
  type ReportDomain,
  type ServicerReportMessage,
} from './report.js';
export { PARTIES, inSignerOrder, signersOf, type ReportSigner, type SignerSignature } from './signatures.js';
export { decodeVaultLog, type RawLog, type VaultEvent } from './vault-log.js';
