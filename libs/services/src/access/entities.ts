import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A firm that takes part in deals. Its chain account signs and pays for it. */
@Entity({ schema: 'weir', name: 'organisation_account' })
export class OrganisationAccount {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId!: string;

  /** Chain account, 0x and 40 hex digits. */
  @Column('text')
  account!: string;
}
