import type { EntityManager } from 'typeorm';
import { addMonths } from '@weir/calendar';
import { selectPool, type LoanStanding, type LoanRecord } from '@weir/collateral';
import { scheduledDate, type Deal } from '@weir/deal';
import {
  type Projectable,
  projectableOf,
  recordLines,
  tapeAgeSentence,
  tapeLines,
  type TapeLines,
} from '@weir/valuation';
import { readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { PoolNeedsLoans } from '../tapes/errors.js';
import { loadLoans } from '../tapes/loan-rows.js';
import { loansOf, storedTape, type StoredTape } from '../tapes/stored-tape.js';
import { importedTape } from '../tapes/tapes.service.js';

/** The loans of a tape that are the deal's: its pool once that was picked, else those that are eligible. */
async function poolOf(
  manager: EntityManager,
  deal: DealRecord,
  loans: readonly LoanStanding[],
): Promise<LoanStanding[]> {
  const rows: { loan_key: string }[] = await manager.query('select loan_key from weir.pool_loan where deal_id = $1', [
    deal.dealId,
  ]);
  if (rows.length === 0) return [...selectPool(loans, readDocument(deal.document).eligibility).pool];
  const keys = new Set(rows.map((row) => row.loan_key));
  return loans.filter(({ key }) => keys.has(key));
}

/** Lines of a tape, with the file that they come from. */
export interface LinesOfTape {
  readonly pool: Projectable;
  readonly fileSha256: string;
  /** What is wrong with the tape's time, if anything; null when nothing is. @see tapeAgeSentence */
  readonly aged: string | null;
}

/** First collection month that is projected, YYYY-MM, after so many payment dates. */
function firstMonthOf({ schedule }: Deal, paid: number): string {
  return scheduledDate(schedule, Math.min(paid, schedule.paymentDates - 1)).collectionFrom.slice(0, 7);
}

/**
 * The deal's loans of an imported tape as lines, from the payment date after `paid` on: a tape of the first projected
 * collection month or later counts by its opening balances, one of an earlier month by its closing ones.
 * @param name what the tape is called where its time is wrong
 * @throws NotFound, TapeNotImported, PoolNeedsLoans
 */
export async function linesOfTape(
  manager: EntityManager,
  deal: DealRecord,
  tapeId: string,
  paid: number,
  name: string,
): Promise<LinesOfTape> {
  const tape = await importedTape(manager, deal.dealId, tapeId);
  const firstMonth = firstMonthOf(readDocument(deal.document), paid);
  const reportingTo = tape.summary?.reportingTo ?? '';
  const aged = tapeAgeSentence(name, reportingTo, firstMonth, 'fromPeriod');
  const side = reportingTo.slice(0, 7) >= firstMonth ? 'opening' : 'closing';
  const asOf = addMonths(`${firstMonth}-01`, -1).slice(0, 7);
  const { fileSha256 } = tape;
  const stored = storedTape(tape);
  if (stored.assetClass.name !== 'auto-loan') {
    const lines = await linesOfClass(manager, deal, stored, side, asOf);
    return { pool: projectableOf(lines), fileSha256, aged };
  }
  const loans = await poolOf(manager, deal, await loadLoans(manager, tapeId));
  return { pool: projectableOf(tapeLines(loans, side, asOf)), fileSha256, aged };
}

/**
 * All loans of a tape of another class than automobile loans, with the terms of the class. @throws PoolNeedsLoans when the deal
 * picks its loans, for its criteria are of automobile loans
 */
async function linesOfClass(
  manager: EntityManager,
  { document }: DealRecord,
  stored: StoredTape,
  side: 'opening' | 'closing',
  asOf: string,
): Promise<TapeLines> {
  const { tapeId, assetClass } = stored;
  if (readDocument(document).eligibility.length > 0) throw new PoolNeedsLoans(tapeId, assetClass.name);
  const records: LoanRecord[] = [];
  for await (const some of loansOf(manager, stored)) records.push(...some);
  return recordLines(records, assetClass, side, asOf);
}
