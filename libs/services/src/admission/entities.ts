import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InvestorCategory, OnboardingState, ScreeningResult } from '@weir/compliance';

/** An investor's KYC record and how far its admission has come. */
@Entity({ schema: 'weir', name: 'investor' })
export class InvestorRecord {
  @PrimaryColumn('uuid', { name: 'investor_id' })
  investorId!: string;

  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;

  @Column('text', { name: 'legal_name' })
  legalName!: string;

  @Column('text')
  country!: string;

  @Column('text')
  account!: string;

  @Column('date', { name: 'kyc_valid_until' })
  kycValidUntil!: string;

  @Column('date', { name: 'locked_until', nullable: true })
  lockedUntil!: string | null;

  @Column('text')
  category!: InvestorCategory;

  /** Tax withheld from interest, in basis points. */
  @Column('integer', { name: 'withholding_bps' })
  withholdingBps!: number;

  @Column('text')
  state!: OnboardingState;

  /** Person (not account) who entered the record; the decision must be another's. */
  @Column('uuid', { name: 'entered_by' })
  enteredBy!: string;

  @Column('jsonb', { nullable: true })
  screening!: ScreeningResult | null;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;

  @Column('text', { name: 'decision_reason', nullable: true })
  decisionReason!: string | null;

  /** Outbox id of the registry entry, once admitted. */
  @Column('text', { name: 'registry_transaction', nullable: true })
  registryTransaction!: string | null;
}

/** One entry of the screening list in force. */
@Entity({ schema: 'weir', name: 'screening_entry' })
export class ScreeningEntry {
  @PrimaryColumn('text')
  reference!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  country!: string | null;
}
