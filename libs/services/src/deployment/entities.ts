import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Manifest, PlatformContractName } from '@weir/chain';
import type { Hex } from '@weir/money';

/** A contract that all deals of the platform share. */
@Entity({ schema: 'weir', name: 'platform_contract' })
export class PlatformContract {
  @PrimaryColumn('text')
  name!: PlatformContractName;

  @Column('text')
  address!: Hex;
}

/** The manifest of the platform's deployment: one row. */
@Entity({ schema: 'weir', name: 'platform_manifest' })
export class PlatformManifest {
  @PrimaryColumn('text')
  id!: 'platform';

  @Column('jsonb')
  manifest!: Manifest;
}

/** A contract of one deal: its Subscription, DealVault and Distributor, and one token a tranche (`Token:A`), and one contract a further issue. */
@Entity({ schema: 'weir', name: 'deal_contract' })
export class DealContract {
  @PrimaryColumn('uuid', { name: 'deal_id' })
  dealId!: string;

  @PrimaryColumn('text')
  name!: string;

  @Column('text')
  address!: Hex;
}
