import type { EntityManager } from 'typeorm';
import { ZeroAddress } from 'ethers';
import { abis } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { ServiceContext } from '../context.js';
import { reader } from '../deployment/contracts.js';

/** Bits of a registry entry's word (IInvestorRegistry.statusOf): registered, and replaced by another wallet. */
const ADMITTED_ONCE = (1n << 192n) | (1n << 195n);

/** Where a deal's holders are told of. */
export interface HolderSources {
  readonly tokens: readonly Hex[];
  readonly offering: Hex;
  readonly registry: Hex;
  readonly block: number;
}

/**
 * Every account that ever got tokens of the deal or subscribed, and was admitted: entered by these services, or known to
 * the registry at the block. What an account of neither kind holds is then missing from the supply.
 */
export async function admittedHolders(
  context: Pick<ServiceContext, 'provider'>,
  manager: EntityManager,
  { tokens, offering, registry, block }: HolderSources,
): Promise<string[]> {
  const rows: { account: string; known: boolean }[] = await manager.query(
    `select account, account in (select lower(i.account) from weir.investor i where i.registry_transaction is not null
        union select lower(o.account) from weir.organisation_account o) as known
      from (select args->>'to' as account from weir.chain_event where address = any($1) and name = 'Transfer'
        union select args->>'account' from weir.chain_event where address = $2 and name = 'Subscribed') as met
      where account <> $3 order by account`,
    [tokens, offering, ZeroAddress],
  );
  const entries = reader(context, registry, abis.InvestorRegistry).getFunction('statusOf');
  const admitted: string[] = [];
  for (const { account, known } of rows) {
    const status = known ? ADMITTED_ONCE : ((await entries.staticCall(account, { blockTag: block })) as bigint);
    if ((status & ADMITTED_ONCE) !== 0n) admitted.push(account);
  }
  return admitted;
}
