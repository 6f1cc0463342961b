import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an organisation is to the platform; only `investor` organisations are hidden from the other parties. */
export type OrganisationKind = 'sponsor' | 'servicer' | 'trustee' | 'calculation-agent' | 'investor' | 'operator';

/** A company or fund that takes part in deals. */
@Entity({ name: 'organisation', schema: 'weir' })
export class Organisation {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  kind!: OrganisationKind;
}
