export {
  AUDIT_GENESIS,
  AUDIT_HEADER,
  auditLine,
  chainRecord,
  exportAuditLog,
  type AuditRecord,
  type ChainedRecord,
} from './log/chain-record.js';
export { SealUnreadable, sealFromJson, sealToJson } from './log/seal-file.js';
export { verifyAuditLog, type AuditLogCheck, type SealedHead } from './log/verify-audit-log.js';
export { ProofMalformed, RowsNotCanonical, SaltInvalid, SumOutOfRange, TreeInputInvalid } from './tree/errors.js';
export {
  LOAN_SUM_COLUMNS,
  loanLeafId,
  loanSalt,
  loanSums,
  namedSums,
  pledgeSalt,
  type LoanSumColumn,
} from './tree/loan-leaf.js';
export type { SumNode } from './tree/node-hash.js';
export {
  leafFromJson,
  leafToJson,
  proofFromJson,
  proofToJson,
  type SumLeafJson,
  type SumProofJson,
} from './tree/proof-json.js';
export { parseRowsCsv, rowsToCsv } from './tree/rows-csv.js';
export { rootOfProof, verifySumProof, type SumLeaf, type SumProof } from './tree/sum-proof.js';
export { buildSumTree, sortLeaves, type SumTree } from './tree/sum-tree.js';
