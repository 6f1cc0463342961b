export { CHAIN_MIGRATIONS } from './migrations/index.js';
export { enqueueTransaction, type TransactionRequest } from './outbox/enqueue-transaction.js';
export { CHAIN_ENTITIES, OutboxTransaction, type OutboxState } from './outbox/outbox-transaction.entity.js';
export type { OutboxOptions } from './outbox/outbox-context.js';
export { handIn } from './outbox/hand-in.js';
export { waitingPayloads, type PayloadView } from './outbox/payload.js';
export { stuckTransactions, type StuckTransaction } from './outbox/stuck.js';
export { trialOf, type Trial } from './outbox/trying.js';
export { OutboxSender } from './outbox/outbox-sender.js';
export {
  NonceGap,
  NothingToSign,
  OutboxConflict,
  RpcAnswerMissing,
  SignedBytesRefused,
  TransactionNotSeen,
  WrongSigner,
} from './outbox/outbox.errors.js';
export { Indexer, type ContractDirectory, type IndexerOptions, type IndexerReport } from './indexer/indexer.js';
export { BlockMissing, ChainMoved } from './indexer/indexer.errors.js';
export type { ArgumentValue, ChainEvent, Projection } from './indexer/projection.js';
export { checkManifest } from './deployment/check.js';
export type { ManifestTick } from './deployment/ticks.js';
export {
  deployWithManifest,
  refuseDevelopmentTerms,
  type ManifestDeployment,
} from './deployment/deploy-with-manifest.js';
export {
  AdminDeploys,
  DevelopmentTerms,
  ManifestDiffers,
  ManifestInUse,
  ManifestUnreadable,
  NobodyNamed,
  NonceTaken,
  SignaturesNeeded,
  StepChanged,
  StepNotMined,
  StepReverted,
} from './deployment/deployment.errors.js';
export { completed, manifestFrom, newManifest, readManifest, type Manifest } from './deployment/manifest.js';
export { deployPlatform, type PlatformContractName, type PlatformTerms } from './deployment/platform.js';
export {
  addressOf,
  calling,
  deploying,
  selectors,
  type Outcomes,
  type Step,
  type StepRunner,
} from './deployment/step.js';
export { isLocalChain } from './rpc/local-chains.js';
export { WrongChain } from './rpc/wrong-chain.js';
export { revertReason } from './rpc/revert-reason.js';
export type { Rpc } from './rpc/rpc.js';
export { KeystoreSigners, type KeystoreOptions } from './signers/keystore-signers.js';
export {
  AddressRefused,
  KeyElsewhere,
  KeystoreLocked,
  SignerExists,
  SignerNameRefused,
  SignerNotFound,
} from './signers/signer.errors.js';
export type { Hex, Signer, SignerSource } from './signers/signer.js';
export { signerOfKeyFile } from './signers/key-file.js';
export { WalletSigner } from './signers/wallet-signer.js';
