import type { EntityManager } from 'typeorm';
import type { ChainEvent, Projection } from '@weir/chain';
import { DealContract } from '../deployment/entities.js';

/** Stands for the period in which the loans of a deal that never opened were freed. */
const ABANDONED = 0;

/** Follows the registry of pledges: what is pledged to each deal, which roots are on record, what was released. */
export class PledgeProjection implements Projection {
  async apply(event: ChainEvent, manager: EntityManager): Promise<void> {
    const dealId = await dealOf(event, manager);
    if (dealId === null) return;
    const { args, transactionHash } = event;
    if (event.name === 'Pledged')
      await manager.query(
        `insert into weir.loan_pledge (deal_id, pledge_key, transaction_hash)
         select $1, key, $3 from unnest($2::text[]) as key`,
        [dealId, args['keys'], transactionHash],
      );
    else if (event.name === 'RootRecorded')
      // Anybody may have the same root recorded again.
      await manager.query(
        `insert into weir.pledge_root (deal_id, period, root, transaction_hash, final) values ($1, $2, $3, $4, false)
         on conflict do nothing`,
        [dealId, Number(args['period']), args['root'], transactionHash],
      );
    else if (event.name === 'Released') await this.setReleased(dealId, event, manager, Number(args['period']));
    else if (event.name === 'VaultAbandoned')
      await manager.query(
        `update weir.loan_pledge set released_in = ${ABANDONED} where deal_id = $1 and released_in is null`,
        [dealId],
      );
  }

  async unwind(event: ChainEvent, manager: EntityManager): Promise<void> {
    const dealId = await dealOf(event, manager);
    if (dealId === null) return;
    const { args, transactionHash } = event;
    if (event.name === 'Pledged')
      await manager.query('delete from weir.loan_pledge where deal_id = $1 and pledge_key = any($2)', [
        dealId,
        args['keys'],
      ]);
    else if (event.name === 'RootRecorded')
      await manager.query('delete from weir.pledge_root where deal_id = $1 and period = $2 and transaction_hash = $3', [
        dealId,
        Number(args['period']),
        transactionHash,
      ]);
    else if (event.name === 'Released') await this.setReleased(dealId, event, manager, null);
    else if (event.name === 'VaultAbandoned')
      await manager.query(
        `update weir.loan_pledge set released_in = null where deal_id = $1 and released_in = ${ABANDONED}`,
        [dealId],
      );
  }

  async finalise(event: ChainEvent, manager: EntityManager): Promise<void> {
    if (event.name !== 'RootRecorded') return;
    const dealId = await dealOf(event, manager);
    await manager.query('update weir.pledge_root set final = true where deal_id = $1 and period = $2', [
      dealId,
      Number(event.args['period']),
    ]);
  }

  private async setReleased(
    dealId: string,
    { args }: ChainEvent,
    manager: EntityManager,
    period: number | null,
  ): Promise<void> {
    await manager.query('update weir.loan_pledge set released_in = $3 where deal_id = $1 and pledge_key = $2', [
      dealId,
      args['key'],
      period,
    ]);
  }
}

/** The deal of an event's vault; null when the vault is another deployment's. */
async function dealOf({ args }: ChainEvent, manager: EntityManager): Promise<string | null> {
  const address = args['vault'];
  if (typeof address !== 'string') return null;
  const contract = await manager.findOneBy(DealContract, { address: address as `0x${string}`, name: 'DealVault' });
  return contract?.dealId ?? null;
}
