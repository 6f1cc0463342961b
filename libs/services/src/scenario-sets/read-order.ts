import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { namesKnownTo, parseScenarioSet, type SetRequest } from '@weir/valuation';
import { dealInPeriod } from '../amendments/eras.js';
import { readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { ScenarioSetRefused } from './errors.js';
import { placed, refusalOf } from './order-faults.js';
import { OrderReader } from './order-reader.js';
import type { SetBasis, SetOrder } from './set-order.js';
import { startAfter } from './set-start.js';

const sha256 = (text: string | null): string | null =>
  text === null ? null : createHash('sha256').update(text).digest('hex');

/** A set's request with what of the platform's data it was made from. */
export interface ReadOrder {
  readonly request: SetRequest;
  readonly basis: SetBasis;
  /** What does not stop the set, but should be known of its collateral. */
  readonly warnings: readonly string[];
}

/**
 * Reads all that a set is asked with, as it now is. @throws ScenarioSetRefused with the faults of all its files together
 * @throws PoolNotChosen, OutOfOrder, NotFound, TapeNotImported
 */
export async function readOrder(manager: EntityManager, record: DealRecord, order: SetOrder): Promise<ReadOrder> {
  try {
    return await readAll(manager, record, order);
  } catch (error) {
    throw refusalOf(error);
  }
}

async function readAll(manager: EntityManager, closed: DealRecord, order: SetOrder): Promise<ReadOrder> {
  const record = await dealInPeriod(manager, closed, order.fromPeriod + 1);
  const reader = new OrderReader(manager, order);
  const { faults } = reader;
  const { document } = record;
  const deal = readDocument(document);
  const start = await startAfter(manager, record, order.fromPeriod);
  const { data, tapeId, tapeSha256 } = await reader.collateral({ name: '', deal, record, start }, order);
  reader.tellUnused();
  const { set, fixings, assumeZero, collections } = order;
  if (fixings !== null) faults.fixings(deal, fixings);
  const parsed = { ...data, document, cutOffPool: '0', state: start.state };
  if (faults.found.length === 0 || deal.underlying.length === 0)
    faults.add(...placed('the set file', parseScenarioSet(set, namesKnownTo(parsed)).diagnostics));
  const cutOffPool = reader.cutOffPool('the deal', deal, [record.cutOffPool], data);
  if (faults.found.length > 0) throw new ScenarioSetRefused(faults.found);
  return {
    request: { ...data, document, cutOffPool, set, state: start.state, fixings, assumeZero },
    basis: {
      ...{ fromPeriod: start.period, stateHash: start.stateHash, tapeId, tapeSha256 },
      ...{ fixingsSha256: sha256(fixings), collectionsSha256: sha256(collections), underlying: reader.owned },
    },
    warnings: reader.warnings,
  };
}
