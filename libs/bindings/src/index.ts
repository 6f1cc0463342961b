export { abis, artifacts, RESTRICTED_FUNCTIONS, ROLES, type ContractName } from './artifacts.js';
export type { Hex } from './hex.js';
export { REASONS } from './reasons.js';
export { EntryFieldTooWide, packEntry, type RegistryEntry } from './registry-entry.js';
export {
  jointDigest,
  jointTypes,
  recoverJointSigner,
  recoverReportSigner,
  reportDigest,
  reportDomain,
  reportTypes,
  type JointSettlementMessage,
  type ReportDomain,
  type ServicerReportMessage,
} from './report.js';
export { decodeVaultLog, type RawLog, type VaultEvent } from './vault-log.js';
