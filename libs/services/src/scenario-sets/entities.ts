import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OwnedBasis } from './set-order.js';

/** Where a set stands: while it is running its shards wait, run or are done; the others are ends. */
export type SetStatus = 'running' | 'done' | 'cancelled' | 'failed';

/** A file of a set's results; its bytes are a blob. */
export interface StoredSetFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A set of scenarios over a deal. Its shards are rows of their own. */
@Entity({ schema: 'weir', name: 'scenario_set' })
export class ScenarioSetRecord {
  @PrimaryColumn('uuid', { name: 'set_id' })
  setId!: string;

  @Column('uuid', { name: 'deal_id' })
  dealId!: string;

  @Column('text')
  kind!: 'list' | 'grid' | 'monte-carlo';

  @Column('text')
  status!: SetStatus;

  @Column('integer')
  scenarios!: number;

  /** Hash of the deal document that it runs over, whatever becomes of the deal. */
  @Column('text', { name: 'document_hash' })
  documentHash!: string;

  /** Hash of the program that the document was compiled to; null of sets of before it was kept. */
  @Column('text', { name: 'program_hash', nullable: true })
  programHash!: string | null;

  /** The last payment date that was paid where it takes the deal up; 0 at closing. */
  @Column('integer', { name: 'from_period' })
  fromPeriod!: number;

  /** Hash of the deal's state after that period, as the vault has it; null at closing. */
  @Column('text', { name: 'state_hash', nullable: true })
  stateHash!: string | null;

  /** The tape whose loans it runs over; null for other collateral. */
  @Column('uuid', { name: 'tape_id', nullable: true })
  tapeId!: string | null;

  /** SHA-256 of the tape's file, and of the text of the fixings and of the collections. */
  @Column('text', { name: 'tape_sha256', nullable: true })
  tapeSha256!: string | null;

  @Column('text', { name: 'fixings_sha256', nullable: true })
  fixingsSha256!: string | null;

  @Column('text', { name: 'collections_sha256', nullable: true })
  collectionsSha256!: string | null;

  /** The deals whose classes it owns, likewise. */
  @Column('jsonb')
  underlying!: readonly OwnedBasis[];

  /** Blob of all that the outcomes depend on. */
  @Column('text', { name: 'request_sha256' })
  requestSha256!: string;

  /** What did not stop it, but should be known of its collateral. */
  @Column('jsonb')
  warnings!: readonly string[];

  /** Why it failed. */
  @Column('text', { nullable: true })
  failure!: string | null;

  @Column('jsonb')
  files!: StoredSetFile[];

  @Column('timestamptz', { name: 'asked_at' })
  askedAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
