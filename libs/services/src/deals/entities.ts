import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a deal stands in its life (`failed`: the offering was called off or missed its minimum). */
export type DealStatus =
  'draft' | 'structured' | 'approved' | 'deploying' | 'deployed' | 'offered' | 'closed' | 'failed';

/** A securitisation: its document, the program compiled from it, and who approved that program. */
@Entity({ schema: 'weir', name: 'deal' })
export class DealRecord {
  @PrimaryColumn('uuid', { name: 'deal_id' })
  dealId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  status!: DealStatus;

  /** The deal document, as written (YAML). */
  @Column('text')
  document!: string;

  @Column('text', { name: 'document_hash' })
  documentHash!: string;

  /** Balance of the pool at the cut-off date, decimal string; null until the pool is selected. */
  @Column('numeric', { name: 'cut_off_pool', precision: 24, scale: 2, nullable: true })
  cutOffPool!: string | null;

  @Column('text', { name: 'program_hash', nullable: true })
  programHash!: string | null;

  /** The emergency stop holds. */
  @Column('boolean', { default: false })
  stopped!: boolean;

  /** Person who brought the document. */
  @Column('uuid', { name: 'author_id' })
  authorId!: string;

  /** Person who last edited the document or selected the pool. */
  @Column('uuid', { name: 'editor_id' })
  editorId!: string;

  @Column('uuid', { name: 'approver_id', nullable: true })
  approverId!: string | null;

  /** Program hash that was approved; any edit sets it back to null. */
  @Column('text', { name: 'approved_hash', nullable: true })
  approvedHash!: string | null;
}
