import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A published file of a deal; its bytes are a blob. Period 0 has the files that belong to no single period. */
@Entity({ schema: 'weir', name: 'report_file' })
export class ReportFileRecord {
  @PrimaryColumn('uuid', { name: 'deal_id' })
  dealId!: string;

  @PrimaryColumn('integer')
  period!: number;

  /** Name without a folder, e.g. "loans.csv". */
  @PrimaryColumn('text')
  name!: string;

  @Column('text', { name: 'media_type' })
  mediaType!: string;

  /** SHA-256 of the clear bytes, 64 hex digits: the blob's address. */
  @Column('text')
  sha256!: string;

  /** Length of the clear bytes. */
  @Column('integer')
  bytes!: number;
}
