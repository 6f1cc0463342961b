import { ASSET_CLASSES, namesOf, plainName, standardNames } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { type Lack, lacksOf, requiredOf } from '../model/needs.js';
import type { SourceRecord } from '../source/source.js';
import { isGerman, meaningOfGerman } from './german-names.js';
import { fitOf } from './guess-unit.js';
import { type MappedColumn, type Mapping, marksOf, type TotalsMarks } from './mapping.js';
import { columnName, likenessOf, type Named, SAME } from './name-likeness.js';
import { signatureOf } from './name-meaning.js';
import { weighUnits } from './weigh-units.js';

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

/** From it on a column's name is the field's, whatever its cells are. */
const OWN = 0.9;

/** How much less than the best name another field's may be like the column's. */
const NEARLY = 0.05;

/** Below it a name says nothing of a field. */
const LEAST_LIKENESS = 0.5;

/** Below it a person must say that a column is what it is proposed to be. */
const SURE = 0.7;

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
  /** Where its own cells leave the scale open: what is in doubt of it once the scale is known. */
  readonly open?: { readonly otherwise: string | null };
}

function candidates(
  one: AssetClass,
  column: string,
  sample: readonly (string | null)[],
  { past, german }: { readonly past: string | null; readonly german: boolean },
): { found: Candidate; rank: number; order: number }[] {
  const called = columnName(column, german);
  const names = one.fields.map((field) => ({ field, name: likenessOf(called, field, one) }));
  // A column that is called as a field is, is no other that is called nearly so, or only shares words with it.
  const best = Math.max(...names.map(({ name }) => name.score));
  const least = best >= SAME ? best - NEARLY : LEAST_LIKENESS;
  const all = names.flatMap(({ field, name }) => {
    const known = past === field.name;
    if (!known && name.score < least) return [];
    const { unit, fit, evidence, doubt: undecided, open = false } = fitOf(field, column, sample);
    const content = fit ?? 0.5;
    const base = known ? 0.99 : name.score * 0.75 + content * 0.25;
    // A field's own name stands even over cells that do not fit: they are then findings.
    const unlikely = content < 0.3 && name.score < OWN && !known;
    const confidence = Math.round((unlikely ? base / 2 : base) * 100) / 100;
    const doubt = doubtOf(fit, undecided, confidence, name);
    const because = known ? 'a file of this originator had it so' : name.because;
    const otherwise = open ? { open: { otherwise: doubtOf(fit, null, confidence, name) } } : {};
    const found = {
      column,
      field: field.name,
      unit,
      confidence,
      evidence: [because, ...evidence],
      doubt,
      ...otherwise,
    };
    return [{ found, rank: known ? 0 : name.rank, close: name.close }];
  });
  all.sort((a, b) => b.found.confidence - a.found.confidence || b.close - a.close);
  return all.map(({ found, rank }, order) => ({ found, rank, order }));
}

/** How much a column's name speaks for each class: names as they stand more than what they mean, and most if of one class. */
function pointsOf(columns: readonly string[], german: boolean): number[] {
  const own = ASSET_CLASSES.map(({ fields }) => fields.flatMap(namesOf));
  const known = own.map((names) => ({ plain: new Set(names.map(plainName)), meant: new Set(names.map(signatureOf)) }));
  const points = ASSET_CLASSES.map((one) => standardNames(one, columns) * 6);
  for (const column of columns) {
    const [name, meaning] = [plainName(column), signatureOf(meaningOfGerman(column, german) ?? column)];
    const met = known.map(({ plain, meant }) => (plain.has(name) ? 2 : meant.has(meaning) ? 1 : 0));
    const alone = met.filter((one) => one > 0).length === 1;
    met.forEach((one, at) => (points[at] = (points[at] ?? 0) + one + (alone && one > 0 ? 2 : 0)));
  }
  return points;
}

/** The asset classes whose names the columns are most like: the first, and others that they are as much like. */
function guessClass(columns: readonly string[]): readonly [AssetClass, ...AssetClass[]] {
  const points = pointsOf(columns, isGerman(columns));
  const most = Math.max(...points);
  const [first = ASSET_CLASSES[0] as AssetClass, ...others] = ASSET_CLASSES.filter((_, at) => points[at] === most);
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
    return candidates(one, column, sample, known).map((candidate) => ({ index, ...candidate }));
  });
  all.sort(
    (a, b) => b.found.confidence - a.found.confidence || a.order - b.order || a.rank - b.rank || a.index - b.index,
  );
  const taken = new Map<number, Candidate>();
  const fields = new Set<string>();
  for (const { index, found } of all) {
    if (found.confidence < LEAST_CONFIDENCE || taken.has(index) || fields.has(found.field)) continue;
    taken.set(index, found);
    fields.add(found.field);
  }
  const proposed = columns.map((column, index): ProposedColumn | Candidate => {
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
  const weighed = weighUnits(one, proposed, head).map((found): ProposedColumn => {
    const { column, field, unit, confidence, evidence, doubt } = found;
    return { column, field, unit, confidence, evidence, doubt };
  });
  return { ...names, columns: weighed, ...absentOf(one, fields), ...(totals && { totals }) };
}

/** The mapping that a proposal comes to when it is confirmed as it is; columns with an empty or repeated name stay aside. */
export function acceptProposal({ assetClass, columns, totals }: MappingProposal): Mapping {
  const seen = new Set<string>();
  const named = columns.filter(({ column }) => column !== '' && !seen.has(column) && seen.add(column));
  const mapped = named.map(({ column, field, unit }) => ({ column, field, unit }));
  return { form: 1, assetClass, columns: mapped, ...(totals && { totals }) };
}
