export { ROLES, SYSTEM_ACTOR, type Actor, type Role } from './access/actor.js';
export { AppUser } from './access/app-user.entity.js';
export { DealParty, type PartyRole } from './access/deal-party.entity.js';
export { Organisation, type OrganisationKind } from './access/organisation.entity.js';
export { Person } from './access/person.entity.js';
export { signInLookup, type SignInAccount } from './access/sign-in.js';
export type { AuditEntry } from './audit/audit-entry.js';
export { sealedHead, sealedRecords, type SealedRecord } from './audit/audit-export.js';
export { AuditSealer, type AuditChain } from './audit/audit-sealer.js';
export { BlobDamaged, BlobKeyLength, BlobNotFound } from './blobs/blob.errors.js';
export { BlobStore, type Blob } from './blobs/blob-store.js';
export type { ReadOnce } from './blobs/blob-pieces.js';
export { openAppDataSource, type DataSourceChoice, type Entities } from './database/data-source.js';
export { AppRoleNotOurs, UnprotectedTables, UnsafeDatabaseRole } from './database/database.errors.js';
export { withLease } from './database/lease.js';
export { migrate, type MigrateOptions, type MigrationClass } from './database/migrate.js';
export {
  APP_ROLE,
  dealVisible,
  everyoneReads,
  organisationVisible,
  protectTable,
  systemOnly,
  type TableRules,
} from './database/row-security.js';
export { PERSISTENCE_ENTITIES } from './entities.js';
export type { QueueDefinition } from './jobs/install-jobs.js';
export { JobQueue, type Job, type JobQueueOptions, type WorkOptions } from './jobs/job-queue.js';
export { UnknownQueue } from './jobs/jobs.errors.js';
export { unfinishedJobs } from './jobs/unfinished-jobs.js';
export { systemTransaction } from './work/system-transaction.js';
export type { Change, Command } from './work/command.js';
export { UnitOfWork, type Tx } from './work/unit-of-work.js';
export type { Idempotency } from './work/idempotency.js';
export { IdempotencyInFlight, IdempotencyMismatch, NotJson } from './work/work.errors.js';
