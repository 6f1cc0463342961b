import type { EntityManager } from 'typeorm';
import { addMonths } from '@weir/calendar';
import { selectPool, type LoanMonth } from '@weir/collateral';
import { scheduledDate } from '@weir/deal';
import { tapeLines, type GroupedLine } from '@weir/valuation';
import { readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { loadLoans } from '../tapes/loan-rows.js';
import { importedTape } from '../tapes/tapes.service.js';

/** The loans of a tape that are the deal's: its pool once that was picked, else those that are eligible. */
async function poolOf(manager: EntityManager, deal: DealRecord, loans: readonly LoanMonth[]): Promise<LoanMonth[]> {
  const rows: { loan_key: string }[] = await manager.query('select loan_key from weir.pool_loan where deal_id = $1', [
    deal.dealId,
  ]);
  if (rows.length === 0) return [...selectPool(loans, readDocument(deal.document).eligibility).pool];
  const keys = new Set(rows.map((row) => row.loan_key));
  return loans.filter(({ key }) => keys.has(key));
}

/**
 * The deal's loans of an imported tape as lines, from closing on: a tape of the first collection period or later counts by
 * its opening balances, one of an earlier month by its closing ones. @throws NotFound, TapeNotImported
 */
export async function linesOfTape(manager: EntityManager, deal: DealRecord, tapeId: string): Promise<GroupedLine[]> {
  const tape = await importedTape(manager, deal.dealId, tapeId);
  const firstMonth = scheduledDate(readDocument(deal.document).schedule, 0).collectionFrom.slice(0, 7);
  const side = (tape.summary?.reportingTo ?? '').slice(0, 7) >= firstMonth ? 'opening' : 'closing';
  const asOf = addMonths(`${firstMonth}-01`, -1).slice(0, 7);
  const pool = await poolOf(manager, deal, await loadLoans(manager, tapeId));
  return [...tapeLines(pool, side, asOf).lines];
}
