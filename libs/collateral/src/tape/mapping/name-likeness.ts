import { ratio } from 'fuzzball';
import { plainName } from '../model/asset-classes.js';
import { wordsOf, type AssetClass, type Field } from '../model/field.js';
import { MEANING_OF_WORD } from './english-words.js';
import { namesOfField } from './field-names.js';
import { meaningOfGerman } from './german-names.js';
import { meaningOfName, type NameMeaning } from './name-meaning.js';

/** How alike a column's name and a field's names are, from 0 to 1. */
export interface Named {
  readonly score: number;
  /** Which of the field's names it is, the most usual first. */
  readonly rank: number;
  /** How near it is to that one by its letters, of 100. */
  readonly close: number;
  readonly because: string;
}

/** From it on two names say the same; below it they only share words. */
export const SAME = 0.75;

/** That of one name, of names with the same words, otherwise spelled; those that only share some; what a word beside costs, or a slip. */
const [EXACT, MEANT, SHARED, BESIDE, SLIP] = [0.97, 0.93, 0.56, 0.03, 0.08];

/** Kinds of fields of which a column can be whose name has a word that says of what kind it is. */
const KINDS_OF_WORD: Readonly<Record<string, readonly Field['kind'][]>> = {
  date: ['date', 'month'],
  days: ['integer'],
  months: ['integer'],
  count: ['integer'],
  number: ['text', 'integer', 'code', 'rate'],
  amount: ['money'],
  balance: ['money'],
  fee: ['money', 'rate'],
  rate: ['rate', 'code', 'text', 'date', 'month', 'integer'],
  percentage: ['rate'],
  flag: ['flag', 'code', 'text'],
  code: ['code', 'text', 'integer', 'flag'],
  name: ['text'],
};

/** Whether a name may be of a field by the kind of thing that it says it is. @param names the words of the field's name */
function fits(column: NameMeaning, names: NameMeaning, { kind }: Field): boolean {
  return [...column.words].every((word) => names.words.has(word) || (KINDS_OF_WORD[word]?.includes(kind) ?? true));
}

/** Words of one that the other has not. */
const without = (words: readonly string[], others: readonly string[]): string[] =>
  words.filter((word) => !others.includes(word));

/** How far two names say the same. A word that is known and stands in one of them only makes two things of them. */
function agreement(column: NameMeaning, name: NameMeaning): number {
  const [extra, missing] = [without(column.telling, name.telling), without(name.telling, column.telling)];
  const shared = column.telling.length - extra.length;
  const beside = without([...column.words], [...name.words, ...extra]).length;
  const besides = beside + without([...name.words], [...column.words, ...missing]).length;
  const meant = MEANT - SLIP * column.slips;
  if (extra.length === 0 && missing.length === 0) {
    if (shared === 0) return besides === 0 ? meant : 0;
    return Math.max(SAME, meant - BESIDE * besides);
  }
  const unknown = extra.filter((word) => !MEANING_OF_WORD.has(word) && !/\d/.test(word));
  if (unknown.length < extra.length) return 0;
  return shared >= 2 && missing.length === 0 && extra.length === 1 ? SHARED : 0;
}

/** A column's name, and what it says. */
export interface ColumnName {
  readonly column: string;
  /** Its English meaning where it is German; else null. */
  readonly german: string | null;
  readonly meaning: NameMeaning;
}

/** @param german whether the file's columns are called in German */
export function columnName(column: string, german: boolean): ColumnName {
  const inEnglish = meaningOfGerman(column, german);
  return { column, german: inEnglish, meaning: meaningOfName(inEnglish ?? column) };
}

/** How alike a column's name and a field's names are; of a German name by what it means. */
export function likenessOf({ column, german, meaning }: ColumnName, field: Field, one: AssetClass): Named {
  const plain = plainName(german ?? column);
  const own = plain === plainName(field.name) || column === field.esma;
  if (own && german === null) return { score: 1, rank: 0, close: 100, because: 'the name is the field’s' };
  let best: Named = { score: 0, rank: 0, close: 0, because: '' };
  namesOfField(one, field).forEach(({ name, meaning: names }, rank) => {
    const exact = plain === plainName(name);
    const score = exact ? EXACT : fits(meaning, names, field) ? agreement(meaning, names) : 0;
    if (score === 0 || score < best.score) return;
    const close = ratio(plain, plainName(name));
    if (score === best.score && close <= best.close) return;
    const says = exact ? 'is' : score >= SAME ? 'means' : 'is like';
    best = { score, rank, close, because: `the name ${says} "${wordsOf(name)}"` };
  });
  if (german === null) return best;
  return { ...best, score: best.score * 0.97, because: `the name is German for "${german}"` };
}
