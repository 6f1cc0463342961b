import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TapeQuality } from '@weir/collateral';
import type { TapeSummary } from './summary.js';

/**
 * What a tape is to the others of its month: the first one, a servicer's restatement of it, a correction of an earlier
 * period, or figures that were estimated because none came. They stand beside each other.
 */
export const TAPE_KINDS = ['original', 'restatement', 'correction', 'estimate'] as const;
export type TapeKind = (typeof TAPE_KINDS)[number];

/** How far a tape is. */
export const TAPE_STATUSES = ['received', 'imported', 'rejected', 'divided'] as const;
export type TapeStatus = (typeof TAPE_STATUSES)[number];

/** Why a file was not read or not taken. */
export interface TapeFailure {
  readonly code: string;
  readonly message: string;
  /** What the columns probably are, for a person to confirm. */
  readonly proposalId?: string;
}

/** A servicer's tape as it was handed in, and what became of it. */
@Entity({ schema: 'weir', name: 'tape' })
export class TapeRecord {
  @PrimaryColumn('uuid', { name: 'tape_id' })
  tapeId!: string;

  @Column('uuid', { name: 'deal_id' })
  dealId!: string;

  /** Payment period whose collection period the tape reports, counted from 1; null for months before the first. */
  @Column('integer', { nullable: true })
  period!: number | null;

  @Column('text', { name: 'file_sha256' })
  fileSha256!: string;

  @Column('text', { name: 'loan_key', array: true })
  loanKey!: string[];

  /** What the sender said: asset class, kind and month (its first day); null where the file is to tell. */
  @Column('text', { name: 'requested_class', nullable: true })
  requestedClass!: string | null;

  @Column('text', { name: 'requested_kind', nullable: true })
  requestedKind!: TapeKind | null;

  @Column('date', { name: 'requested_month', nullable: true })
  requestedMonth!: string | null;

  /** The originator's confirmed mapping when the tape came; `readBy` is the one that its columns were read by. */
  @Column('uuid', { name: 'mapping_id', nullable: true })
  mappingId!: string | null;

  @Column('uuid', { name: 'read_by', nullable: true })
  readBy!: string | null;

  /** A rejected tape leaves its findings and no loans. The file of several months is divided into a tape a month. */
  @Column('text')
  status!: TapeStatus;

  /** The file of several months that this tape is a month of; null of one that was handed in. */
  @Column('uuid', { name: 'part_of', nullable: true })
  partOf!: string | null;

  @Column('jsonb', { nullable: true })
  failure!: TapeFailure | null;

  @Column('jsonb', { nullable: true })
  summary!: TapeSummary | null;

  @Column('text', { name: 'asset_class', nullable: true })
  assetClass!: string | null;

  /** From here on null until the tape is imported. */
  @Column('text', { nullable: true })
  kind!: TapeKind | null;

  /** First day of the month reported. */
  @Column('date', { nullable: true })
  month!: string | null;

  /** Counted from 1 among the deal's tapes of the month. */
  @Column('integer', { nullable: true })
  version!: number | null;

  /** Fields that `others` of its loans holds, in order. */
  @Column('text', { name: 'other_fields', array: true, nullable: true })
  otherFields!: string[] | null;

  @Column('jsonb', { nullable: true })
  quality!: TapeQuality | null;

  @Column({ type: 'timestamptz', name: 'received_at', insert: false, update: false })
  receivedAt!: Date;
}
