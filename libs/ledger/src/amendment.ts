import { CHART } from './chart.js';
import { credit, debit, entryOf, type JournalEntry, type LedgerContext } from './entry.js';

/** What an amendment does to the cash, in cents: accounts that are no more, and where their cash goes. */
export interface AmendmentFigures {
  date: string;
  fromPeriod: number;
  moves: { from: string; into: string; amount: bigint }[];
}

/** Entries of an amendment: the cash of accounts that are no more, in those that take it. */
export function journalForAmendment(context: LedgerContext, figures: AmendmentFigures): JournalEntry[] {
  const { date, fromPeriod, moves } = figures;
  return moves
    .filter(({ from, into, amount }) => from !== into && amount > 0n)
    .map(({ from, into, amount }) =>
      entryOf(
        `${context.deal}/amendment/${fromPeriod}/${from}`,
        date,
        `Account ${from} merged into ${into} by the amendment from period ${fromPeriod}`,
        [
          debit(CHART.cash(into), amount * context.unitsPerCent),
          credit(CHART.cash(from), amount * context.unitsPerCent),
        ],
      ),
    );
}
