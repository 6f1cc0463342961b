import type { EntityManager } from 'typeorm';
import type { ChainEvent } from '@weir/chain';
import type { Hex } from '@weir/money';
import { AmendmentRecord } from '../amendments/entities.js';
import type { DealRecord } from '../deals/entities.js';
import { DealStateRecord } from './entities.js';
import { AmendmentUnknown } from './errors.js';

/**
 * Follows an amendment in force: its document pays from its period on, which begins with the words of the event.
 * @throws AmendmentUnknown when it was not proposed here, so that its document is not known
 */
export async function comeInForce({ dealId }: DealRecord, event: ChainEvent, manager: EntityManager): Promise<void> {
  const { args, blockNumber, logIndex } = event;
  const fromPeriod = Number(args['fromPeriod']);
  const [programHash, mappingHash] = [args['programHash'] as Hex, args['mappingHash'] as Hex];
  const where = { dealId, fromPeriod, programHash, mappingHash, standing: 'approved' as const };
  const record = await manager.findOneBy(AmendmentRecord, where);
  if (record === null) throw new AmendmentUnknown(fromPeriod, programHash);
  const applied = { standing: 'applied' as const, appliedBlock: String(blockNumber), appliedLog: logIndex };
  await manager.update(AmendmentRecord, { amendmentId: record.amendmentId }, applied);
  const opening = { opening: args['state'] as string[], openingHash: args['stateHash'] as Hex };
  await manager.update(DealStateRecord, { dealId, period: fromPeriod - 1 }, opening);
}

/** Takes back an amendment whose block is no longer part of the chain. */
export async function fallOutOfForce(dealId: string, event: ChainEvent, manager: EntityManager): Promise<void> {
  const fromPeriod = Number(event.args['fromPeriod']);
  const approved = { standing: 'approved' as const, appliedBlock: null, appliedLog: null };
  await manager.update(AmendmentRecord, { dealId, fromPeriod, standing: 'applied' }, approved);
  await manager.update(DealStateRecord, { dealId, period: fromPeriod - 1 }, { opening: null, openingHash: null });
}
