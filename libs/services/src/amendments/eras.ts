import type { EntityManager } from 'typeorm';
import type { ChainEvent } from '@weir/chain';
import type { DealRecord } from '../deals/entities.js';
import { AmendmentRecord } from './entities.js';

/** A place in the chain. */
type Place = Pick<ChainEvent, 'blockNumber' | 'logIndex'>;

/** Amendments that came in force, in order. */
export function appliedAmendments(manager: EntityManager, dealId: string): Promise<AmendmentRecord[]> {
  return manager.find(AmendmentRecord, { where: { dealId, standing: 'applied' }, order: { fromPeriod: 'ASC' } });
}

/** The deal with the document and program that pay a period; of periods to come, as it stands now. */
export async function dealInPeriod<T extends DealRecord>(manager: EntityManager, deal: T, period: number): Promise<T> {
  const amendments = await appliedAmendments(manager, deal.dealId);
  return amended(
    deal,
    amendments.filter(({ fromPeriod }) => fromPeriod <= period),
  );
}

/** The deal as it stands now. */
export const currentDeal = <T extends DealRecord>(manager: EntityManager, deal: T): Promise<T> =>
  dealInPeriod(manager, deal, Number.MAX_SAFE_INTEGER);

/** The deal as its vault stood at a place in the chain, what happened there included. */
export async function dealAt<T extends DealRecord>(manager: EntityManager, deal: T, place: Place): Promise<T> {
  const amendments = await appliedAmendments(manager, deal.dealId);
  return amended(
    deal,
    amendments.filter(({ appliedBlock, appliedLog }) => {
      const block = Number(appliedBlock);
      return block < place.blockNumber || (block === place.blockNumber && (appliedLog ?? 0) <= place.logIndex);
    }),
  );
}

function amended<T extends DealRecord>(deal: T, amendments: readonly AmendmentRecord[]): T {
  const last = amendments.at(-1);
  if (last === undefined) return deal;
  const { document, documentHash, programHash } = last;
  return { ...deal, document, documentHash, programHash };
}
