import type { EntityManager } from 'typeorm';
import { reconcile, trialBalance } from '@weir/ledger';
import type { Hex } from '@weir/money';
import type { CompiledDeal } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import { chainBalances } from '../settlement/chain-balances.js';
import { loadJournal } from '../settlement/journal.js';
import { sameFigures, type Finding } from './invariants.js';

/**
 * What the books stand on: null while events of the deal are not final, since these are not posted; else something that
 * changes whenever an event or an entry is added or falls.
 */
export async function booksMark(
  manager: EntityManager,
  dealId: string,
  contracts: readonly Hex[],
): Promise<string | null> {
  const rows: { provisional: string; events: string; entries: string; last: string | null }[] = await manager.query(
    `select count(*) filter (where not final) as provisional, count(*) as events,
        (select count(*) from weir.journal_entry where deal_id = $2) as entries, max(block_number) as last
      from weir.chain_event where address = any($1)`,
    [contracts, dealId],
  );
  const row = rows[0];
  if (row === undefined || row.provisional !== '0') return null;
  return `${row.events} events to block ${row.last ?? '-'}, ${row.entries} entries`;
}

/** K: accounts on which books and contracts differ, none when they agree. Asks the contracts as they are now. */
export async function ledgerFindings(
  context: ServiceContext,
  manager: EntityManager,
  dealId: string,
  compiled: CompiledDeal,
): Promise<Finding[]> {
  const trial = trialBalance(await loadJournal(manager, dealId));
  const chain = await chainBalances(context, manager, dealId, compiled);
  return reconcile(trial, chain).map((line) => sameFigures('K', line.account, line.books, line.chain));
}
