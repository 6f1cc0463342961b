import { CHART } from './chart.js';
import { credit, debit, entryOf, type JournalEntry, type LedgerContext } from './entry.js';

/** What closing does, in cents. `accounts` are the accounts funded from proceeds, by name, such as the reserve. */
export interface ClosingFigures {
  date: string;
  tranches: { name: string; original: bigint }[];
  accounts: { name: string; funded: bigint }[];
  /** Unpaid principal of the pool that the issuing entity buys. */
  cutOffPool: bigint;
}

/**
 * Entries of closing: notes issued for the proceeds, accounts funded from them, and the pool bought from the seller for
 * the rest. Pool and funded accounts beyond the notes are the residual holder's equity.
 */
export function journalForClosing(context: LedgerContext, figures: ClosingFigures): JournalEntry[] {
  const unit = context.unitsPerCent;
  const id = (name: string): string => `${context.deal}/closing/${name}`;
  const entries = figures.tranches.map((tranche) =>
    entryOf(id(`notes/${tranche.name}`), figures.date, `Notes ${tranche.name} issued at face`, [
      debit(CHART.proceeds, tranche.original * unit),
      credit(CHART.note(tranche.name), tranche.original * unit),
    ]),
  );
  for (const account of figures.accounts.filter((a) => a.funded !== 0n)) {
    entries.push(
      entryOf(id(`fund/${account.name}`), figures.date, `Account ${account.name} funded from proceeds`, [
        debit(CHART.cash(account.name), account.funded * unit),
        credit(CHART.proceeds, account.funded * unit),
      ]),
    );
  }
  const proceeds = figures.tranches.reduce((sum, tranche) => sum + tranche.original, 0n);
  const price = proceeds - figures.accounts.reduce((sum, account) => sum + account.funded, 0n);
  entries.push(
    entryOf(id('pool'), figures.date, 'Pool bought; the price goes to the seller', [
      debit(CHART.loans, figures.cutOffPool * unit),
      credit(CHART.proceeds, price * unit),
      credit(CHART.residualEquity, (figures.cutOffPool - price) * unit),
    ]),
  );
  return entries;
}
