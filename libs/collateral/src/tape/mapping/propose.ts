import { ratio, token_sort_ratio } from 'fuzzball';
import { ASSET_CLASSES, namesOf, plainName, standardNames } from '../model/asset-classes.js';
import { wordsOf, type AssetClass, type Field } from '../model/field.js';
import { type Lack, lacksOf, requiredOf } from '../model/needs.js';
import type { SourceRecord } from '../source/source.js';
import { isGerman, meaningOfGerman } from './german-names.js';
import { fitOf } from './guess-unit.js';
import { type MappedColumn, type Mapping, marksOf, type TotalsMarks } from './mapping.js';

/** What a column probably is, how sure that is, and why. */
export interface ProposedColumn extends MappedColumn {
  /** From 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
  /** What the file cannot decide; a person must before the mapping is used. */
  readonly doubt: string | null;
}

export interface MappingProposal {
  readonly assetClass: string;
  /** Other classes that the columns are as much like; none where the class was named. */
  readonly alike: readonly string[];
  readonly columns: readonly ProposedColumn[];
  /** Fields for which no column was found and without which the tape cannot be read, or no loan of it projected. */
  readonly missing: readonly string[];
  /** Others that would serve, and what is lost without them; of some any one would do. */
  readonly lacking: readonly { readonly fields: readonly string[]; readonly lost: string }[];
  /** How the originator's files marked rows of totals before, where this one has the column too. */
  readonly totals?: TotalsMarks;
}

/** Below it a column is left aside until a person says what it is. */
export const LEAST_CONFIDENCE = 0.55;

/** Below it a person must say that a column is what it is proposed to be. */
const SURE = 0.7;

interface Named {
  readonly score: number;
  readonly because: string;
}

/** Words as servicers cut them short. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  acc: 'account',
  acct: 'account',
  amt: 'amount',
  bal: 'balance',
  beg: 'beginning',
  curr: 'current',
  cur: 'current',
  cont: 'contract',
  contr: 'contract',
  dt: 'date',
  int: 'interest',
  mat: 'maturity',
  mo: 'month',
  mos: 'months',
  mth: 'month',
  no: 'number',
  num: 'number',
  nbr: 'number',
  open: 'opening',
  orig: 'original',
  pct: 'percentage',
  pd: 'paid',
  pmt: 'payment',
  prin: 'principal',
  rem: 'remaining',
  sched: 'scheduled',
  strt: 'start',
  upb: 'unpaid principal balance',
};

/** Words that say what kind of thing a column holds, or in what it counts, and not which. */
const KINDS = new Set([
  ...'account amount balance code count date flag id index indicator interest loan month months name no number of'.split(
    ' ',
  ),
  ...'paid payment percentage principal rate term the type value year'.split(' '),
  ...'cents chf eur gbp in mio mln millions pence teur thousands usd'.split(' '),
]);

/** Whether two names agree in a word that tells things apart, as far as the first has one. */
function agree(words: readonly string[], names: readonly string[]): boolean {
  const telling = words.filter((word) => !KINDS.has(word) && /[a-z]/.test(word));
  return telling.length === 0 || telling.some((word) => names.some((other) => ratio(word, other) >= 80));
}

/** A column's name as words of letters and digits. */
const wordsIn = (column: string): string =>
  wordsOf(column)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const spelledOut = (words: string): string => words.replace(/[a-z]+/g, (word) => ABBREVIATIONS[word] ?? word);

/** How alike a column's name and a field's names are, from 0 to 1. */
function likeness(column: string, field: Field): Named {
  const plain = plainName(column);
  if (plain === plainName(field.name) || column === field.esma) return { score: 1, because: 'the name is the field’s' };
  const words = spelledOut(wordsIn(column));
  let best: Named = { score: 0, because: '' };
  for (const name of namesOf(field)) {
    const exact = plain === plainName(name) || words === name;
    const score = exact
      ? 0.97
      : agree(words.split(' '), name.split(' '))
        ? (token_sort_ratio(words, name) / 100) * 0.85
        : 0;
    if (score > best.score) best = { score, because: `the name is ${exact ? '' : 'like '}"${name}"` };
  }
  return best;
}

/** As `likeness`, of a German name by what it means. */
function likenessInEither(column: string, field: Field, german: boolean): Named {
  const meaning = meaningOfGerman(column, german);
  if (meaning === null) return likeness(column, field);
  const { score } = likeness(meaning, field);
  return { score: score * 0.97, because: `the name is German for "${meaning}"` };
}

/** Field by column of what this originator's files were before, the latest first. */
function remembered(past: readonly Mapping[], one: AssetClass): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const mapping of past.filter(({ assetClass }) => assetClass === one.name)) {
    for (const { column, field } of mapping.columns) {
      if (field !== null && !fields.has(plainName(column))) fields.set(plainName(column), field);
    }
  }
  return fields;
}

/** What a person must look at. @param undecided what the cells themselves leave open */
function doubtOf(fit: number | null, undecided: string | null, confidence: number, name: Named): string | null {
  if (fit !== null && fit < 0.3) return 'hardly a cell reads as what this field holds: is it this field, in this unit?';
  return undecided ?? (confidence < SURE ? `${name.because}, no more: is it this field?` : null);
}

interface Candidate extends ProposedColumn {
  readonly field: string;
}

function candidates(
  one: AssetClass,
  column: string,
  sample: readonly (string | null)[],
  { past, german }: { readonly past: string | null; readonly german: boolean },
): Candidate[] {
  return one.fields.flatMap((field) => {
    const known = past === field.name;
    const name = likenessInEither(column, field, german);
    if (!known && name.score < 0.5) return [];
    const { unit, fit, evidence, doubt: undecided } = fitOf(field, column, sample);
    const content = fit ?? 0.5;
    const base = known ? 0.99 : name.score * 0.75 + content * 0.25;
    // A field's own name stands even over cells that do not fit: they are then findings.
    const unlikely = content < 0.3 && name.score < 0.97 && !known;
    const confidence = Math.round((unlikely ? base / 2 : base) * 100) / 100;
    const doubt = doubtOf(fit, undecided, confidence, name);
    const because = known ? 'a file of this originator had it so' : name.because;
    return [{ column, field: field.name, unit, confidence, evidence: [because, ...evidence], doubt }];
  });
}

/** The asset classes whose names the columns are most like: the first, and others that they are as much like. */
function guessClass(columns: readonly string[]): readonly [AssetClass, ...AssetClass[]] {
  const german = isGerman(columns);
  const meanings = columns.map((column) => plainName(meaningOfGerman(column, german) ?? spelledOut(wordsIn(column))));
  const met = (one: AssetClass): number => {
    const known = new Set(one.fields.flatMap(namesOf).map(plainName));
    const named = columns.filter((column, at) => known.has(plainName(column)) || known.has(meanings[at] ?? ''));
    return standardNames(one, columns) * 3 + named.length;
  };
  const counts = ASSET_CLASSES.map((one) => ({ one, count: met(one) }));
  const most = Math.max(...counts.map(({ count }) => count));
  const [first = ASSET_CLASSES[0] as AssetClass, ...others] = counts
    .filter(({ count }) => count === most)
    .map(({ one }) => one);
  return [first, ...others];
}

/** What no column was found for. @param found fields that have a column */
function absentOf(one: AssetClass, found: ReadonlySet<string>): Pick<MappingProposal, 'missing' | 'lacking'> {
  const needed = requiredOf(one, true).filter(({ name }) => !found.has(name));
  const lacks = lacksOf(one, (name) => found.has(name));
  const namesOfAll = ({ fields }: Pick<Lack, 'fields'>): string[] => fields.map(({ name }) => name);
  const toProject = lacks.filter(({ projects }) => projects).map((lack) => namesOfAll(lack).join(' or '));
  return {
    missing: [...namesOfAll({ fields: needed }), ...toProject],
    lacking: lacks.filter(({ projects }) => !projects).map((lack) => ({ fields: namesOfAll(lack), lost: lack.lost })),
  };
}

/**
 * Proposes what the columns of a file are: by their names, by what their first cells hold, and by what this originator's
 * files were before. A field goes to the column that is surest of it. Nothing is used before a person confirmed it.
 * @param past mappings of the originator, the latest first
 */
export function proposeMapping(
  columns: readonly string[],
  head: readonly SourceRecord[],
  options: { assetClass?: AssetClass; past?: readonly Mapping[] } = {},
): MappingProposal {
  const { past = [] } = options;
  const [one, ...alike] = options.assetClass === undefined ? guessClass(columns) : [options.assetClass];
  const before = remembered(past, one);
  const german = isGerman(columns);
  const repeated = (column: string, index: number): boolean => columns.indexOf(column) < index;
  const all = columns.flatMap((column, index) => {
    if (column === '' || repeated(column, index)) return [];
    const sample = head.map(({ cells }) => cells[index] ?? null);
    const known = { past: before.get(plainName(column)) ?? null, german };
    return candidates(one, column, sample, known).map((found) => ({ index, found }));
  });
  all.sort((a, b) => b.found.confidence - a.found.confidence || a.index - b.index);
  const taken = new Map<number, Candidate>();
  const fields = new Set<string>();
  for (const { index, found } of all) {
    if (found.confidence < LEAST_CONFIDENCE || taken.has(index) || fields.has(found.field)) continue;
    taken.set(index, found);
    fields.add(found.field);
  }
  const proposed = columns.map((column, index): ProposedColumn => {
    const nothing = { column, field: null, unit: null, confidence: 0, evidence: ['no field is like it'], doubt: null };
    if (column === '') return nothing;
    const twice = columns.indexOf(column, index + 1) !== -1;
    if (repeated(column, index)) return { ...nothing, evidence: ['a column before it has the same name'] };
    const found = taken.get(index);
    if (found === undefined || !twice) return found ?? nothing;
    return {
      ...found,
      doubt: found.doubt ?? 'more than one column is called so, and the first is read: is it that one?',
    };
  });
  const marks = past.filter(({ assetClass }) => assetClass === one.name).map(({ totals }) => totals);
  const totals = marks.find(
    (mark) => mark !== undefined && marksOf(mark).every(({ column }) => columns.includes(column)),
  );
  const names = { assetClass: one.name, alike: alike.map(({ name }) => name) };
  return { ...names, columns: proposed, ...absentOf(one, fields), ...(totals && { totals }) };
}

/** The mapping that a proposal comes to when it is confirmed as it is; columns with an empty or repeated name stay aside. */
export function acceptProposal({ assetClass, columns, totals }: MappingProposal): Mapping {
  const seen = new Set<string>();
  const named = columns.filter(({ column }) => column !== '' && !seen.has(column) && seen.add(column));
  const mapped = named.map(({ column, field, unit }) => ({ column, field, unit }));
  return { form: 1, assetClass, columns: mapped, ...(totals && { totals }) };
}
