import { ratio } from 'fuzzball';
import { KIND_WORDS, LIGHT_WORDS, MEANING_OF_WORD, PHRASES, STOP_WORDS } from './english-words.js';

/** What a name of a column says, in words of one spelling, whatever their order. */
export interface NameMeaning {
  readonly words: ReadonlySet<string>;
  /** Those that tell a column from others. */
  readonly telling: readonly string[];
  /** How many of its words are spelled as none is, and taken for one that is spelled nearly so. */
  readonly slips: number;
}

/** Letters of a piece of a name that was written without blanks, from which on it is looked for words in it. */
const LONG = 6;

/** A name as words of letters and digits: "CurrPrinBal", "FICOScore" and "int_rate" are several. */
function partsOf(name: string): string[] {
  return name
    .replace(/\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|['’´]000s?\b|\b(?:19|20)\d\d\b/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-zA-Z])(\d)/g, '$1 $2')
    .toLowerCase()
    .replace(/\bn\/?a\b/g, ' ')
    .replace(/\ba\/c\b/g, 'account')
    .replace(/\bo\/s\b/g, 'outstanding')
    .replace(/\bo\/d\b/g, 'overdue')
    .replace(/&/g, ' and ')
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '');
}

/** Known words that make up a part together ("currbal"); null when some of it is none. */
function wordsWithin(part: string): string[] | null {
  const ways: (string[] | null)[] = [[]];
  for (let end = 1; end <= part.length; end++) {
    let best: string[] | null = null;
    for (let begin = 0; begin <= end - 2; begin++) {
      const word = part.slice(begin, end);
      const before = ways[begin];
      if (!before || !MEANING_OF_WORD.has(word)) continue;
      if (best === null || before.length + 1 < best.length) best = [...before, word];
    }
    ways.push(best);
  }
  return ways[part.length] ?? null;
}

const LONG_WORDS = [...MEANING_OF_WORD.keys()].filter((word) => word.length >= LONG);

/** The known word that another is nearly; null when it is not nearly one. */
const slipOf = (part: string): string | null =>
  LONG_WORDS.find((word) => word[0] === part[0] && ratio(word, part) >= 87) ?? null;

function spelledOut(name: string): { readonly text: string; readonly slips: number } {
  let slips = 0;
  const words = partsOf(name).flatMap((part) => {
    if (part.length < LONG || MEANING_OF_WORD.has(part)) return [part];
    const within = wordsWithin(part);
    if (within !== null) return within;
    const meant = slipOf(part);
    if (meant !== null) slips++;
    return [meant ?? part];
  });
  return { text: words.map((word) => MEANING_OF_WORD.get(word) ?? word).join(' '), slips };
}

const CLOSING = ['closing', 'end', 'ending', 'periodend', 'outstanding', 'remaining', 'unpaid', 'last', 'current'];
const OPENING = ['opening', 'start', 'previous', 'periodstart'];

/** Puts one word in the place of others. @returns whether any of those was there */
function put(words: Set<string>, instead: readonly string[], word: string | null): boolean {
  const there = instead.filter((one) => words.delete(one));
  if (there.length > 0 && word !== null) words.add(word);
  return there.length > 0;
}

const hasAny = (words: ReadonlySet<string>, ...some: string[]): boolean => some.some((word) => words.has(word));

/** "Principal outstanding", "unpaid principal balance" and "current balance" are one thing. */
function ofBalances(words: Set<string>): void {
  const other = hasAny(words, 'paid', 'interest', 'fee', 'date', 'rate', 'late', 'months', 'term', 'payment', 'count');
  const owed = words.has('principal') || words.has('amount') || words.size === 1;
  const left = hasAny(words, 'outstanding', 'remaining', 'unpaid');
  const named = words.has('principal') && hasAny(words, 'closing', 'opening');
  if (!words.has('balance') && !(!other && ((owed && left) || named))) return;
  put(words, ['principal', 'amount'], null);
  words.add('balance');
  const before = put(words, OPENING, 'opening');
  put(words, CLOSING, before || words.has('original') ? null : 'closing');
}

/** "Months left", "remaining payments" and "months to maturity" are one thing, and so are "term" and "term in months". */
function ofTerms(words: Set<string>): void {
  if (hasAny(words, 'balance', 'amount', 'principal', 'interest', 'paid', 'date', 'late')) return;
  const toMaturity = words.has('months') && words.has('maturity');
  if (
    toMaturity ||
    (hasAny(words, 'remaining', 'outstanding') && hasAny(words, 'months', 'term', 'payment', 'count'))
  ) {
    put(words, ['months', 'month', 'payment', 'count', 'number', 'maturity', 'to', 'outstanding', 'loan'], null);
    words.add('remaining').add('term');
  } else if (words.has('term') || words.has('original')) put(words, ['months'], 'term');
}

/** "Principal payment" is principal that was paid, "repayment" without either an instalment. */
function ofPayments(words: Set<string>): void {
  const parts = hasAny(words, 'principal', 'interest') && !hasAny(words, 'scheduled', 'due', 'next', 'count');
  put(words, ['repayment'], 'payment');
  if (parts && !hasAny(words, 'date', 'frequency', 'type')) put(words, ['payment'], 'paid');
}

/** What a name says. */
export function meaningOfName(name: string): NameMeaning {
  const { text: spelled, slips } = spelledOut(name);
  const text = PHRASES.reduce((words, [phrase, meaning]) => words.replace(phrase, meaning), spelled);
  const words = new Set(text.split(' ').filter((word) => word !== '' && !STOP_WORDS.has(word)));
  if (words.has('rate')) put(words, ['interest', 'percentage', 'annual'], null);
  ofPayments(words);
  ofTerms(words);
  ofBalances(words);
  // An actual balance is a balance; an actual payment is not the scheduled one.
  const light = (word: string): boolean => LIGHT_WORDS.has(word) || (word === 'actual' && words.has('balance'));
  const telling = [...words].filter((word) => !KIND_WORDS.has(word) && !light(word));
  return { words, telling, slips };
}

/** A meaning as one text: names of the same meaning have the same. */
export const signatureOf = (name: string): string => [...meaningOfName(name).words].sort().join(' ');
