import type { EntityManager } from 'typeorm';
import type { ChainEvent, Projection } from '@weir/chain';
import { DealRecord, type DealStatus } from '../deals/entities.js';
import { DealContract } from '../deployment/entities.js';

/** What each event of a Subscription makes of its deal, and what it was before. */
const STATUS_AFTER: Readonly<Record<string, { after: DealStatus; before: DealStatus }>> = {
  OfferOpened: { after: 'offered', before: 'deployed' },
  OfferFailed: { after: 'failed', before: 'offered' },
};

/** Follows the offering of a deal: opened, or failed. The closing is the vault's to tell. */
export class OfferingProjection implements Projection {
  async apply(event: ChainEvent, manager: EntityManager): Promise<void> {
    const change = STATUS_AFTER[event.name];
    if (change !== undefined) await setStatus(event, manager, change.after);
  }

  async unwind(event: ChainEvent, manager: EntityManager): Promise<void> {
    const change = STATUS_AFTER[event.name];
    if (change !== undefined) await setStatus(event, manager, change.before);
  }

  /** Nothing is posted for an offering: proceeds are booked at closing. */
  async finalise(): Promise<void> {}
}

async function setStatus(event: ChainEvent, manager: EntityManager, status: DealStatus): Promise<void> {
  const contract = await manager.findOneBy(DealContract, { address: event.address, name: 'Subscription' });
  if (contract !== null) await manager.update(DealRecord, { dealId: contract.dealId }, { status });
}
