import type { EntityManager } from 'typeorm';
import { parseMoney, type Hex } from '@weir/money';
import { writeState, type StateFile } from '@weir/valuation';
import { compiledDeal, readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { OutOfOrder } from '../problem.js';
import { DealStateRecord, PaymentRecord, ServicerReportRecord, openingOf } from '../settlement/entities.js';

/** Where a set takes its deal up: after a settled period, on the tape that this was paid on. */
export interface SetStart {
  /** The last payment date that was paid; 0 at closing. */
  readonly period: number;
  readonly state: StateFile | null;
  /** Hash of the state as the vault has it; null at closing. */
  readonly stateHash: Hex | null;
  /** The tape of the period's servicer report; null at closing. */
  readonly tapeId: string | null;
}

/** A deal before its first payment date. */
export const CLOSING: SetStart = { period: 0, state: null, stateHash: null, tapeId: null };

/**
 * The deal's actual state after a period, as the chain finally has it; `deal` is the one that pays the period after it. @throws OutOfOrder when the period is not settled, or
 * its block not final yet, so that a set never starts from what the chain may take back
 */
export async function startAfter(manager: EntityManager, deal: DealRecord, period: number): Promise<SetStart> {
  if (period === 0) return CLOSING;
  const { dealId } = deal;
  const payment = await manager.findOneBy(PaymentRecord, { dealId, period });
  const after = await manager.findOneBy(DealStateRecord, { dealId, period });
  const report = await manager.findOneBy(ServicerReportRecord, { dealId, period });
  if (payment === null || after === null || report === null)
    throw new OutOfOrder(`Period ${period} is not settled; a set starts from closing or from a settled period.`, {
      period,
    });
  if (!payment.final)
    throw new OutOfOrder(`The settlement of period ${period} is not final yet; ask for the set again in a while.`, {
      period,
    });
  const compiled = compiledDeal(deal);
  const opening = openingOf(after);
  const words = { period, words: opening.state.map(BigInt) };
  const of = { dealName: readDocument(deal.document).name, cutOffPool: parseMoney(deal.cutOffPool ?? '0') };
  return { period, state: writeState(compiled, words, of), stateHash: opening.stateHash, tapeId: report.tapeId };
}
