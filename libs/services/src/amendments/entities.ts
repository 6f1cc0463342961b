import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Hex } from '@weir/money';
import type { PayeeTerms } from '../deployment/payees.js';

/** How far an amendment is: on its way, proposed or approved on chain, given up, or in force. */
export type AmendmentStanding = 'queued' | 'proposed' | 'approved' | 'cancelled' | 'applied';

/** An amendment as the contracts take it (IAmendments.Amendment); dates are instants in seconds. */
export interface AmendmentOnChain {
  readonly fromPeriod: number;
  readonly programHash: Hex;
  readonly documentHash: Hex;
  readonly mappingHash: Hex;
  readonly payees: readonly PayeeTerms[];
  readonly paymentDates: readonly number[];
}

/** A further issue as its contract takes it (IFurtherIssue.IssueTerms); instants in seconds, lots and cents as decimal texts. */
export interface IssueOnChain {
  readonly vault: Hex;
  readonly issuer: Hex;
  readonly seller: Hex;
  readonly tranche: number;
  readonly fromPeriod: number;
  readonly issueDate: number;
  readonly deadline: number;
  readonly lot: string;
  readonly lots: string;
  readonly maximum: string;
  readonly perInvestor: string;
  readonly price: string;
  readonly accrued: string;
}

/** An amendment of a deal: the new document, and from which period it pays. */
@Entity({ schema: 'weir', name: 'deal_amendment' })
export class AmendmentRecord {
  @PrimaryColumn('uuid', { name: 'amendment_id' })
  amendmentId!: string;

  @Column('uuid', { name: 'deal_id' })
  dealId!: string;

  @Column('integer', { name: 'from_period' })
  fromPeriod!: number;

  @Column('text')
  document!: string;

  @Column('text', { name: 'document_hash' })
  documentHash!: Hex;

  @Column('text', { name: 'program_hash' })
  programHash!: Hex;

  @Column('text', { name: 'mapping_hash' })
  mappingHash!: Hex;

  @Column('jsonb')
  terms!: AmendmentOnChain;

  /** By which hash the control knows it. */
  @Column('text')
  proposal!: Hex;

  @Column('text')
  standing!: AmendmentStanding;

  /** Seconds: from then on it can be applied; null before its approval. */
  @Column('bigint', { name: 'ready_at', nullable: true })
  readyAt!: string | null;

  /** Where on chain it came in force. */
  @Column('bigint', { name: 'applied_block', nullable: true })
  appliedBlock!: string | null;

  @Column('integer', { name: 'applied_log', nullable: true })
  appliedLog!: number | null;

  /** With what issue of a class it comes in force; null without one. */
  @Column('jsonb', { nullable: true })
  issue!: IssueOnChain | null;

  /** The issue's contract; null until it is deployed. */
  @Column('text', { name: 'issue_address', nullable: true })
  issueAddress!: Hex | null;

  @Column('uuid', { name: 'proposed_by' })
  proposedBy!: string;

  @Column('uuid', { name: 'approved_by', nullable: true })
  approvedBy!: string | null;
}
