import { Unbalanced } from './errors.js';

/** One side of an entry in the books' unit; exactly one of debit and credit is above zero, the other is zero. */
export interface JournalLine {
  account: string;
  debit: bigint;
  credit: bigint;
}

/**
 * One balanced double entry. `id` is a natural key ("auto-2020/period/1/step/7"), so posting the same event twice is
 * seen; `date` is YYYY-MM-DD.
 */
export interface JournalEntry {
  id: string;
  date: string;
  description: string;
  lines: JournalLine[];
}

/**
 * What every posting needs to know. `unitsPerCent` turns cents into the books' unit: 10,000 when the books are kept in
 * the base units of a stablecoin with six decimals, as holders' claims require, and 1 for books in cents.
 */
export interface LedgerContext {
  deal: string;
  unitsPerCent: bigint;
}

/** A signed amount as a debit (positive) or credit (negative) line; none when zero. */
export interface Posting {
  account: string;
  amount: bigint;
}

/** A debit of `amount`, or a credit of its magnitude when negative. */
export const debit = (account: string, amount: bigint): Posting => ({ account, amount });

/** A credit of `amount`, or a debit of its magnitude when negative. */
export const credit = (account: string, amount: bigint): Posting => ({ account, amount: -amount });

/** Builds an entry of its non-zero postings. @throws Unbalanced when they do not sum to zero. */
export function entryOf(id: string, date: string, description: string, postings: Posting[]): JournalEntry {
  const lines = postings
    .filter((p) => p.amount !== 0n)
    .map((p) => ({
      account: p.account,
      debit: p.amount > 0n ? p.amount : 0n,
      credit: p.amount < 0n ? -p.amount : 0n,
    }));
  const entry = { id, date, description, lines };
  assertBalanced(entry);
  return entry;
}

/** @throws Unbalanced when debits and credits differ or a line is negative or two-sided. */
export function assertBalanced(entry: JournalEntry): void {
  const debits = entry.lines.reduce((sum, line) => sum + line.debit, 0n);
  const credits = entry.lines.reduce((sum, line) => sum + line.credit, 0n);
  const oneSided = entry.lines.every((l) => l.debit >= 0n && l.credit >= 0n && (l.debit === 0n) !== (l.credit === 0n));
  if (debits !== credits || !oneSided) throw new Unbalanced(entry.id, debits, credits);
}

/** The entry that undoes another: its lines swapped, under an id of its own. Postings are never edited or deleted. */
export function reverseEntry(entry: JournalEntry, date: string, why: string): JournalEntry {
  return {
    id: `${entry.id}/reversal`,
    date,
    description: `Reversal of ${entry.id}: ${why}`,
    lines: entry.lines.map((line) => ({ account: line.account, debit: line.credit, credit: line.debit })),
  };
}
