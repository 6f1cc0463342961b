import { CHART } from './chart.js';
import { credit, debit, entryOf, type JournalEntry, type LedgerContext, type Posting } from './entry.js';

/** A collected amount and what of it was returned, both zero or more, in cents. */
export interface GrossAndReversed {
  gross: bigint;
  reversed: bigint;
}

/** The servicer report's figures in cents that the books need. */
export interface CollectionFigures {
  poolOpening: bigint;
  poolClosing: bigint;
  interestCollected: GrossAndReversed;
  principalCollected: GrossAndReversed;
  recoveries: GrossAndReversed;
  repurchaseProceeds: GrossAndReversed;
  chargeOffs: GrossAndReversed;
  /** Signed, lowers the pool when positive: closing − opening = −principal − this − charge-offs − repurchased. */
  otherPrincipalAdjustment: bigint;
  /** Principal that left the pool by repurchase, where the tape does not count it in the other two. */
  repurchasedPrincipal: bigint;
}

/**
 * Entries of one collection period, dated its last day: what the servicer collected becomes a receivable, the pool rolls
 * from opening to closing. What the roll leaves unexplained is an entry of its own. Zero entries are left out.
 */
export function journalForCollections(
  context: LedgerContext & { period: number; date: string },
  figures: CollectionFigures,
): JournalEntry[] {
  const { servicerReceivable: receivable, loans } = CHART;
  const parts: [string, string, Posting[]][] = [];
  const collected = (name: string, text: string, amounts: GrossAndReversed, against: string): void => {
    parts.push([name, `${text} collected`, [debit(receivable, amounts.gross), credit(against, amounts.gross)]]);
    const back = amounts.reversed;
    parts.push([`${name}-reversed`, `${text} returned`, [debit(against, back), credit(receivable, back)]]);
  };
  collected('interest', 'Interest', figures.interestCollected, CHART.interestIncome);
  collected('principal', 'Principal', figures.principalCollected, loans);
  collected('recoveries', 'Recoveries', figures.recoveries, CHART.recoveryIncome);
  parts.push(repurchase(figures));
  const { gross, reversed } = figures.chargeOffs;
  parts.push(['charge-offs', 'Loans charged off', [debit(CHART.chargeOffs, gross), credit(loans, gross)]]);
  parts.push([
    'charge-offs-reversed',
    'Charge-offs undone',
    [debit(loans, reversed), credit(CHART.chargeOffs, reversed)],
  ]);
  const adjusted = figures.otherPrincipalAdjustment;
  parts.push([
    'other-adjustments',
    'Other principal adjustments',
    [debit(CHART.principalAdjustments, adjusted), credit(loans, adjusted)],
  ]);
  const rest = unexplainedRoll(figures);
  parts.push([
    'roll-difference',
    'Pool roll that does not tie',
    [debit(CHART.rollDifference, rest), credit(loans, rest)],
  ]);
  return parts
    .map(([name, description, postings]) =>
      entryOf(
        `${context.deal}/period/${context.period}/collections/${name}`,
        context.date,
        description,
        postings.map((p) => ({ ...p, amount: p.amount * context.unitsPerCent })),
      ),
    )
    .filter((entry) => entry.lines.length > 0);
}

function repurchase(figures: CollectionFigures): [string, string, Posting[]] {
  const proceeds = figures.repurchaseProceeds.gross - figures.repurchaseProceeds.reversed;
  const principal = figures.repurchasedPrincipal;
  return [
    'repurchases',
    'Loans repurchased',
    [
      debit(CHART.servicerReceivable, proceeds),
      credit(CHART.loans, principal),
      credit(CHART.repurchaseIncome, proceeds - principal),
    ],
  ];
}

/** Cents by which the pool fell more than the report explains; zero when the roll ties. */
export function unexplainedRoll(figures: CollectionFigures): bigint {
  const { principalCollected: principal, chargeOffs } = figures;
  const explained =
    principal.gross -
    principal.reversed +
    (chargeOffs.gross - chargeOffs.reversed) +
    figures.otherPrincipalAdjustment +
    figures.repurchasedPrincipal;
  return figures.poolOpening - figures.poolClosing - explained;
}
