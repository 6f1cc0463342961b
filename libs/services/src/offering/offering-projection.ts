import type { EntityManager } from 'typeorm';
import type { ChainEvent, Projection } from '@weir/chain';
import { DealRecord, type DealStatus } from '../deals/entities.js';
import type { ServiceContext } from '../context.js';
import { DealContract } from '../deployment/entities.js';
import { queueAbandon } from '../pledges/abandon.js';

/** What each event of a Subscription makes of its deal. */
const STATUS_AFTER: Readonly<Record<string, DealStatus>> = { OfferOpened: 'offered', OfferFailed: 'failed' };

/** Follows the offering of a deal: opened, or failed. The closing is the vault's to tell. */
export class OfferingProjection implements Projection {
  constructor(private readonly context: ServiceContext) {}

  async apply(event: ChainEvent, manager: EntityManager): Promise<void> {
    const status = STATUS_AFTER[event.name];
    if (status !== undefined) await setStatus(event, manager, status);
    if (event.name === 'OfferFailed') await this.freeLoans(event, manager);
  }

  async unwind(event: ChainEvent, manager: EntityManager): Promise<void> {
    if (STATUS_AFTER[event.name] !== undefined) await setStatus(event, manager, await statusBefore(event, manager));
  }

  /** Nothing is posted for an offering: proceeds are booked at closing. */
  async finalise(): Promise<void> {}

  private async freeLoans(event: ChainEvent, manager: EntityManager): Promise<void> {
    const contract = await manager.findOneBy(DealContract, { address: event.address, name: 'Subscription' });
    if (contract !== null) await queueAbandon(this.context, manager, contract.dealId);
  }
}

/** An offering may be called off before it was opened, so that what was before a failure is asked of the events. */
async function statusBefore(event: ChainEvent, manager: EntityManager): Promise<DealStatus> {
  if (event.name === 'OfferOpened') return 'deployed';
  const opened: unknown[] = await manager.query(
    `select 1 from weir.chain_event where address = $1 and name = 'OfferOpened'
        and (block_number, log_index) < ($2, $3)`,
    [event.address, event.blockNumber, event.logIndex],
  );
  return opened.length > 0 ? 'offered' : 'deployed';
}

async function setStatus(event: ChainEvent, manager: EntityManager, status: DealStatus): Promise<void> {
  const contract = await manager.findOneBy(DealContract, { address: event.address, name: 'Subscription' });
  if (contract !== null) await manager.update(DealRecord, { dealId: contract.dealId }, { status });
}
