import { CHART } from './chart.js';
import { credit, debit, entryOf, type JournalEntry, type LedgerContext } from './entry.js';

/** What an amendment does to the books, in cents: accounts that are no more, where their cash goes, and notes issued with it. */
export interface AmendmentFigures {
  date: string;
  fromPeriod: number;
  moves: { from: string; into: string; amount: bigint }[];
  /** Classes of which more was issued, and by how much their balances grew. */
  issues: { tranche: string; balance: bigint }[];
}

/**
 * Entries of an amendment: the cash of accounts that are no more, in those that take it; and notes issued with it. Those are
 * owed for loans of the seller, who has the proceeds; the loans come into the pool by the tape, as an adjustment that moves no cash.
 */
export function journalForAmendment(context: LedgerContext, figures: AmendmentFigures): JournalEntry[] {
  const { date, fromPeriod, moves, issues } = figures;
  const issued = issues.map(({ tranche, balance }) =>
    entryOf(
      `${context.deal}/amendment/${fromPeriod}/issue/${tranche}`,
      date,
      `Notes ${tranche} issued further, from period ${fromPeriod} on`,
      [
        debit(CHART.principalAdjustments, balance * context.unitsPerCent),
        credit(CHART.note(tranche), balance * context.unitsPerCent),
      ],
    ),
  );
  const moved = moves
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
  return [...moved, ...issued];
}
