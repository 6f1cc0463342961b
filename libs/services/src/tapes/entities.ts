import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TapeSummary } from './summary.js';

/** A servicer's tape as it was handed in, and what became of it. */
@Entity({ schema: 'weir', name: 'tape' })
export class TapeRecord {
  @PrimaryColumn('uuid', { name: 'tape_id' })
  tapeId!: string;

  @Column('uuid', { name: 'deal_id' })
  dealId!: string;

  /** Payment period whose collection period the tape reports, counted from 1. */
  @Column('integer')
  period!: number;

  @Column('text', { name: 'file_sha256' })
  fileSha256!: string;

  @Column('text', { name: 'loan_key', array: true })
  loanKey!: string[];

  /** A rejected tape leaves its findings and no loans. */
  @Column('text')
  status!: 'received' | 'imported' | 'rejected';

  /** Why the file was not read or not taken. */
  @Column('jsonb', { nullable: true })
  failure!: { code: string; message: string } | null;

  @Column('jsonb', { nullable: true })
  summary!: TapeSummary | null;
}
