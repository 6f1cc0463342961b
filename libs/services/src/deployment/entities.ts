import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Hex } from '@weir/money';

/** A contract that all deals of the platform share. */
@Entity({ schema: 'weir', name: 'platform_contract' })
export class PlatformContract {
  @PrimaryColumn('text')
  name!: PlatformContractName;

  @Column('text')
  address!: Hex;
}

/**
 * The platform's contracts: who may do what, who is admitted, stored programs, what makes deals' Distributors, what
 * says whether deals are sound, which loans are pledged, the settlement stablecoin.
 */
export type PlatformContractName =
  | 'AccessManager'
  | 'InvestorRegistry'
  | 'ProgramStore'
  | 'DistributorFactory'
  | 'DealHealth'
  | 'PledgeRegistry'
  | 'Cash';

/** A contract of one deal: its Subscription, DealVault and Distributor, and one token a tranche (`Token:A`). */
@Entity({ schema: 'weir', name: 'deal_contract' })
export class DealContract {
  @PrimaryColumn('uuid', { name: 'deal_id' })
  dealId!: string;

  @PrimaryColumn('text')
  name!: string;

  @Column('text')
  address!: Hex;
}
