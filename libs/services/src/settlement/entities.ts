import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Hex } from '@weir/money';
import type { PublishedFigures } from './figures.js';

/** The servicer report of one period, as prepared and signed. */
@Entity({ schema: 'weir', name: 'servicer_report' })
export class ServicerReportRecord {
  @PrimaryColumn('uuid', { name: 'deal_id' })
  dealId!: string;

  @PrimaryColumn('integer')
  period!: number;

  /** How many reports of the period were withdrawn on chain before this one. */
  @Column('integer')
  revision!: number;

  @Column('uuid', { name: 'tape_id' })
  tapeId!: string;

  @Column('jsonb')
  figures!: PublishedFigures;

  /** The program's inputs in slot order, cents as decimal integers. */
  @Column('text', { array: true })
  inputs!: string[];

  @Column('text', { name: 'tape_root' })
  tapeRoot!: Hex;

  @Column('text', { name: 'previous_state_hash' })
  previousStateHash!: Hex;

  /** EIP-712 digest that servicer and trustee sign. */
  @Column('text')
  digest!: Hex;

  @Column('uuid', { name: 'prepared_by' })
  preparedBy!: string;

  @Column('text', { name: 'servicer_signature', nullable: true })
  servicerSignature!: Hex | null;

  @Column('text', { name: 'trustee_signature', nullable: true })
  trusteeSignature!: Hex | null;

  /** Cents held on which trustee and calculation agent agreed to settle; null while nobody did. */
  @Column('numeric', { name: 'joint_cash_held', precision: 38, scale: 0, nullable: true })
  jointCashHeld!: string | null;

  @Column('text', { name: 'joint_trustee_signature', nullable: true })
  jointTrusteeSignature!: Hex | null;

  @Column('text', { name: 'joint_calculation_agent_signature', nullable: true })
  jointCalculationAgentSignature!: Hex | null;

  /** People (not accounts) behind the signatures: the trustee's is neither the preparer nor the servicer's. */
  @Column('uuid', { name: 'servicer_signed_by', nullable: true })
  servicerSignedBy!: string | null;

  @Column('uuid', { name: 'trustee_signed_by', nullable: true })
  trusteeSignedBy!: string | null;

  @Column('uuid', { name: 'joint_trustee_signed_by', nullable: true })
  jointTrusteeSignedBy!: string | null;

  @Column('uuid', { name: 'joint_calculation_agent_signed_by', nullable: true })
  jointCalculationAgentSignedBy!: string | null;

  /** What trustee and calculation agent signed to dismiss a dispute; null while nobody did. */
  @Column('text', { name: 'dismissal_reason_hash', nullable: true })
  dismissalReasonHash!: Hex | null;

  @Column('text', { name: 'dismissal_trustee_signature', nullable: true })
  dismissalTrusteeSignature!: Hex | null;

  @Column('uuid', { name: 'dismissal_trustee_signed_by', nullable: true })
  dismissalTrusteeSignedBy!: string | null;

  @Column('text', { name: 'dismissal_calculation_agent_signature', nullable: true })
  dismissalCalculationAgentSignature!: Hex | null;

  @Column('uuid', { name: 'dismissal_calculation_agent_signed_by', nullable: true })
  dismissalCalculationAgentSignedBy!: string | null;
}

/** A report as the vault has it, until it is settled or withdrawn. */
@Entity({ schema: 'weir', name: 'report_submission' })
export class ReportSubmissionRecord {
  @PrimaryColumn('uuid', { name: 'deal_id' })
  dealId!: string;

  @PrimaryColumn('text')
  digest!: Hex;

  @Column('integer')
  period!: number;

  @Column('integer')
  revision!: number;

  /** Seconds: until then it can be disputed, from then on settled. */
  @Column('bigint', { name: 'settle_after' })
  settleAfter!: string;

  @Column('text')
  dispute!: 'none' | 'standing' | 'dismissed';

  /** keccak256 of the reason of the dispute, null while there is none. */
  @Column('text', { name: 'reason_hash', nullable: true })
  reasonHash!: Hex | null;

  @Column('boolean')
  withdrawn!: boolean;

  @Column('text', { name: 'transaction_hash' })
  transactionHash!: Hex;
}

/** A settled period as the chain tells it; provisional until its block is final. */
@Entity({ schema: 'weir', name: 'payment' })
export class PaymentRecord {
  @PrimaryColumn('uuid', { name: 'deal_id' })
  dealId!: string;

  @PrimaryColumn('integer')
  period!: number;

  @Column('bigint', { name: 'block_number' })
  blockNumber!: string;

  @Column('text', { name: 'transaction_hash' })
  transactionHash!: Hex;

  @Column('text', { name: 'report_digest' })
  reportDigest!: Hex;

  @Column('text', { name: 'result_hash' })
  resultHash!: Hex;

  @Column('text', { name: 'state_hash' })
  stateHash!: Hex;

  @Column('boolean')
  joint!: boolean;

  /** Cents. */
  @Column('numeric', { precision: 38, scale: 0 })
  deposit!: string;

  @Column('text', { array: true })
  inputs!: string[];

  @Column('boolean')
  final!: boolean;
}

/** Account and state words after a period (0 = at closing), in cents: where the next period starts. */
@Entity({ schema: 'weir', name: 'deal_state' })
export class DealStateRecord {
  @PrimaryColumn('uuid', { name: 'deal_id' })
  dealId!: string;

  @PrimaryColumn('integer')
  period!: number;

  @Column('text', { array: true })
  state!: string[];

  @Column('text', { name: 'state_hash' })
  stateHash!: Hex;

  /** The words with which the next period begins, and their hash, where an amendment came in between; else null. */
  @Column('text', { array: true, nullable: true })
  opening!: string[] | null;

  @Column('text', { name: 'opening_hash', nullable: true })
  openingHash!: Hex | null;
}

/** The words and their hash with which the period after a state begins. */
export function openingOf({ state, stateHash, opening, openingHash }: DealStateRecord) {
  return { state: opening ?? state, stateHash: openingHash ?? stateHash };
}
