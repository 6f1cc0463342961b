/**
 * What must hold of every deal, by letter: A to J as the contract DealHealth has them (contracts/README.md), K to N, Y and Z of
 * the database beside them; the letters between are those of the contracts' campaigns (contracts/README.md).
 */
export const INVARIANTS = {
  A: 'The vault’s cash covers its accounts, the pending deposit and what payees are owed.',
  B: 'The Distributor’s cash covers what holders and the tax account are owed, carried dust included.',
  C: 'No more is paid than came in: of a class and period at most what was booked; of the deal, paid and owed are deposited.',
  D: 'Supply × factor is the program’s balance of the class.',
  E: 'No path gives tokens to an account that was never admitted: those that were hold the whole supply.',
  F: 'A claim pays exactly once.',
  G: 'Balances at a record date add up to the supply at it.',
  H: 'The offering’s cash covers its positions and what is to be refunded.',
  I: 'A loan that is pledged to a deal is pledged to it alone.',
  J: 'Nothing is booked that was not settled.',
  K: 'The books are what the contracts say, account by account.',
  L: 'The payments recorded are those settled: their number, the state after them, and what each class was booked.',
  M: 'The claims recorded are those paid.',
  N: 'No transaction has come no further for too long, and none that frees pledged loans goes on failing.',
  Y: 'Nobody has a power that was not given: roles, functions and agents are as deployed, by the document or the manifest.',
  Z: 'A loan pledged to a deal is one of its pool under the salt in use, so that it can be freed when it ends.',
} as const;

export type Letter = keyof typeof INVARIANTS;

/**
 * A transaction that is stuck, a power that changed, as it may after the timelock, and a loan that cannot be freed are nothing
 * wrong with the deal's money; whatever else does not hold stops settlement.
 */
export const stopsSettlement = (letter: Letter): boolean => !['N', 'Y', 'Z'].includes(letter);

/** One invariant at one place. */
export interface Finding {
  readonly letter: Letter;
  /** Class, `class/period`, account of the books, transaction, or power; empty for the deal as a whole. */
  readonly place: string;
  /** Unanswered when a contract failed when it was asked, which sound ones never do. */
  readonly verdict: 'holds' | 'broken' | 'unanswered';
  /** What there is, as text: base units of cash or token, a hash, an instant. */
  readonly actual: string;
  /** What it is held against. */
  readonly expected: string;
}

/** A finding of two figures that must be the same. */
export function sameFigures(
  letter: Letter,
  place: string,
  actual: bigint | string,
  expected: bigint | string,
): Finding {
  const verdict = actual === expected ? 'holds' : 'broken';
  return { letter, place, verdict, actual: String(actual), expected: String(expected) };
}

/** What an audit of a deal found. */
export interface AuditResult {
  readonly findings: readonly Finding[];
  /** Letters that were looked at everywhere: what is not among the findings holds. */
  readonly complete: ReadonlySet<Letter>;
}
