import { Column, Entity, PrimaryColumn } from 'typeorm';

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

  /** The tape whose loans it runs over; null for lines that were given. */
  @Column('uuid', { name: 'tape_id', nullable: true })
  tapeId!: string | null;

  /** Blob of all that the outcomes depend on. */
  @Column('text', { name: 'request_sha256' })
  requestSha256!: string;

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
