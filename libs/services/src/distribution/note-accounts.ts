import type { EntityManager } from 'typeorm';
import type { ChainEvent, Projection } from '@weir/chain';
import type { Hex } from '@weir/money';
import { DealContract } from '../deployment/entities.js';

const NOBODY = `0x${'0'.repeat(40)}`;

/** Keeps every account that ever got notes. One of a block that is gone stays: nothing is pushed to it, it has no balance. */
export class NoteAccounts implements Projection {
  async apply({ name, args, address }: ChainEvent, manager: EntityManager): Promise<void> {
    if (name !== 'Transfer' || args['to'] === NOBODY) return;
    const contract = await manager.findOneBy(DealContract, { address });
    if (contract === null) return;
    await manager.query('insert into weir.note_account values ($1, $2, $3) on conflict do nothing', [
      contract.dealId,
      contract.name,
      args['to'],
    ]);
  }

  async unwind(): Promise<void> {}

  async finalise(): Promise<void> {}
}

/** Accounts that ever held a class, by its token's name. */
export async function noteAccounts(manager: EntityManager, dealId: string, token: string): Promise<Hex[]> {
  const rows: { account: Hex }[] = await manager.query(
    'select account from weir.note_account where deal_id = $1 and token = $2 order by account',
    [dealId, token],
  );
  return rows.map(({ account }) => account);
}
