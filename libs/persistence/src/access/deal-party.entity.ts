import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an organisation is in one deal. It decides what that organisation sees of the deal. */
export type PartyRole = 'issuer' | 'servicer' | 'calculation-agent' | 'trustee' | 'investor';

/**
 * Membership of an organisation in a deal. The first party of a deal is written by the organisation itself, before the
 * deal row; later ones by any party that may change the deal.
 */
@Entity({ name: 'deal_party', schema: 'weir' })
export class DealParty {
  @PrimaryColumn({ type: 'uuid', name: 'deal_id' })
  dealId!: string;

  @PrimaryColumn({ type: 'uuid', name: 'organisation_id' })
  organisationId!: string;

  @PrimaryColumn({ type: 'text' })
  role!: PartyRole;

  @Column({ type: 'timestamptz', name: 'since', insert: false, update: false, default: () => 'now()' })
  since!: Date;
}
