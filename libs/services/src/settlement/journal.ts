import type { EntityManager } from 'typeorm';
import { reverseEntry, type JournalEntry } from '@weir/ledger';

interface StoredLine {
  entry_id: string;
  entry_date: string;
  description: string;
  account: string;
  debit: string;
  credit: string;
}

/** Suffix of an entry that posts again what was reversed. */
const AGAIN = '/again-';
const REVERSAL = '/reversal';

/**
 * Posts entries of a deal. An entry that stands is not posted twice, so that a repeated event changes nothing; one
 * that was reversed (the chain forgot its block) is posted again under a further id.
 */
export async function postEntries(
  manager: EntityManager,
  dealId: string,
  entries: readonly JournalEntry[],
): Promise<void> {
  for (const entry of entries) {
    const { posted, reversed } = await counts(manager, dealId, entry.id);
    if (posted > reversed) continue;
    await insert(manager, dealId, posted === 0 ? entry : { ...entry, id: `${entry.id}${AGAIN}${posted}` });
  }
}

/** Reverses the entries whose ids start with a prefix and that stand. Nothing is edited or deleted. */
export async function reverseEntries(
  manager: EntityManager,
  dealId: string,
  prefix: string,
  on: { date: string; why: string },
): Promise<void> {
  const entries = (await loadJournal(manager, dealId)).filter(({ id }) => id === prefix || id.startsWith(`${prefix}/`));
  const reversed = new Set(entries.filter(({ id }) => id.endsWith(REVERSAL)).map(({ id }) => id));
  for (const entry of entries) {
    if (entry.id.endsWith(REVERSAL) || reversed.has(`${entry.id}${REVERSAL}`)) continue;
    await insert(manager, dealId, reverseEntry(entry, on.date, on.why));
  }
}

/** A deal's journal in the order of posting. */
export async function loadJournal(manager: EntityManager, dealId: string): Promise<JournalEntry[]> {
  const rows: StoredLine[] = await manager.query(
    `select e.entry_id, to_char(e.entry_date, 'YYYY-MM-DD') as entry_date, e.description, l.account, l.debit, l.credit
       from weir.journal_entry e join weir.journal_line l using (deal_id, entry_id)
      where e.deal_id = $1 order by e.ordinal, l.ordinal`,
    [dealId],
  );
  const entries = new Map<string, JournalEntry>();
  for (const row of rows) {
    const entry = entries.get(row.entry_id) ?? {
      id: row.entry_id,
      date: row.entry_date,
      description: row.description,
      lines: [],
    };
    entry.lines.push({ account: row.account, debit: BigInt(row.debit), credit: BigInt(row.credit) });
    entries.set(row.entry_id, entry);
  }
  return [...entries.values()];
}

async function counts(manager: EntityManager, dealId: string, id: string) {
  const rows: { posted: string; reversed: string }[] = await manager.query(
    `select count(*) filter (where entry_id not like '%${REVERSAL}') as posted,
            count(*) filter (where entry_id like '%${REVERSAL}') as reversed
       from weir.journal_entry
      where deal_id = $1 and (entry_id = $2 or entry_id = $2 || '${REVERSAL}' or starts_with(entry_id, $2 || '${AGAIN}'))`,
    [dealId, id],
  );
  return { posted: Number(rows[0]?.posted ?? 0), reversed: Number(rows[0]?.reversed ?? 0) };
}

async function insert(manager: EntityManager, dealId: string, entry: JournalEntry): Promise<void> {
  await manager.query(
    'insert into weir.journal_entry (deal_id, entry_id, entry_date, description) values ($1, $2, $3, $4)',
    [dealId, entry.id, entry.date, entry.description],
  );
  for (const [ordinal, line] of entry.lines.entries())
    await manager.query(
      `insert into weir.journal_line (deal_id, entry_id, ordinal, account, debit, credit)
       values ($1, $2, $3, $4, $5, $6)`,
      [dealId, entry.id, ordinal, line.account, line.debit.toString(), line.credit.toString()],
    );
}
