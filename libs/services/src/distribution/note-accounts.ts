import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { dealAddress, tokenName } from '../deployment/contracts.js';

const NOBODY = `0x${'0'.repeat(40)}`;

/** Accounts that ever got notes of a class, by its token's transfers, which parties of the deal do not read. */
export function noteAccounts(context: Pick<ServiceContext, 'uow'>, dealId: string, tranche: string): Promise<Hex[]> {
  return context.uow.read(SYSTEM_ACTOR, async (manager) => {
    const rows: { account: Hex }[] = await manager.query(
      `select distinct args->>'to' as account from weir.chain_event
        where address = $1 and name = 'Transfer' and args->>'to' <> $2 order by 1`,
      [await dealAddress(manager, dealId, tokenName(tranche)), NOBODY],
    );
    return rows.map(({ account }) => account);
  });
}
