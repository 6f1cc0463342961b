import { atLeast, constantOf, isConstant, type Linear } from './linear.js';
import { type Month, sumOf } from './month.js';

const ONE = constantOf(1n);
const FIELDS = 3;

function inThrees<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / FIELDS) }, (_, at) =>
    items.slice(FIELDS * at, FIELDS * (at + 1)),
  );
}

/** What a way leaves out whatever the figures are. */
export interface LeftOut {
  wordsKept: number;
  payeeWordsKept: number;
  /** Classes that the program pays nothing. */
  classesUnpaid: number;
}

function changes(month: Month): Linear[][] {
  const before = month.before;
  return inThrees(month.words().map((word, index) => atLeast(word, before[index]!)));
}

const never = (sum: Linear): boolean => isConstant(sum) && sum.constant === 0n;

function classes(month: Month): Linear[] {
  return Array.from({ length: month.program.layout.tranches }, (_, tranche) => month.paidToClass(tranche));
}

/** What cannot happen on the way of a month, by what the instructions on it write. */
export function leftOut(month: Month): LeftOut {
  return {
    wordsKept: changes(month).filter((fields) => fields.every(never)).length,
    payeeWordsKept: inThrees(month.paidToPayees()).filter((fields) => fields.every(never)).length,
    classesUnpaid: classes(month).filter(never).length,
  };
}

/**
 * Everything else happens: of the stored words that the way writes each changes, of payees' words each has one that is
 * paid, and all classes are paid.
 */
export function everythingHappens(month: Month): void {
  const { problem } = month;
  for (const fields of changes(month)) {
    const moved = fields.filter((field) => !never(field));
    if (moved.length > 0)
      problem.holdsOne(moved.flatMap((field) => [[atLeast(field, ONE)], [atLeast(constantOf(-1n), field)]]));
  }
  for (const fields of inThrees(month.paidToPayees()))
    if (!fields.every(never)) problem.holds(atLeast(sumOf(fields), ONE));
  for (const sum of classes(month)) if (!never(sum)) problem.holds(atLeast(sum, ONE));
}
