import type { ColumnKind } from './columns.js';
import type { TapeRule } from './finding.js';
import type { FieldPlace } from './header.js';
import type { NoDataAdmitted } from './model/esma-codes.js';

/** The rule that a cell breaks which cannot be read, and what it is not, by the kind of its column. */
export const REFUSALS: Readonly<Record<ColumnKind, { readonly rule: TapeRule; readonly is: string }>> = {
  money: { rule: 'not-a-number', is: 'a number' },
  integer: { rule: 'not-a-number', is: 'a whole number' },
  rate: { rule: 'not-a-number', is: 'a rate' },
  score: { rule: 'not-a-number', is: 'a credit score' },
  date: { rule: 'not-a-date', is: 'a date' },
  month: { rule: 'not-a-date', is: 'a month' },
  flag: { rule: 'not-a-flag', is: 'true or false' },
  text: { rule: 'missing-cell', is: 'a text' },
  code: { rule: 'missing-cell', is: 'a code' },
};

const ADMITTED: Readonly<Record<NoDataAdmitted, string>> = {
  none: 'the value, for the field admits no no-data option',
  'ND1-4': 'ND1 to ND4',
  ND5: 'ND5',
  'ND1-5': 'ND1 to ND5',
};

/** What to write where there is no value; nothing where there must be one. */
function absence({ field: { template } }: FieldPlace): string {
  if (template?.noData === 'none') return '';
  return `, or ${template === null ? 'NA' : ADMITTED[template.noData]} if there is no value`;
}

/** A number as its column writes it: 1234.50, 1234,50. */
function likeNumber({ unit }: FieldPlace, digits: string): string {
  const decimal = unit?.kind === 'number' ? unit.decimal : '.';
  return digits.replace('.', decimal);
}

function dateWords({ field, unit }: FieldPlace): string {
  if (unit?.kind === 'date') return unit.patterns.join(' or ');
  if (field.template !== null) return 'YYYY-MM-DD';
  return field.kind === 'month' ? 'MM/YYYY' : 'MM-DD-YYYY';
}

function numberWords(place: FieldPlace): string {
  const { unit, field } = place;
  const scale = unit?.kind === 'number' ? unit.scale : 'whole';
  if (field.kind === 'rate') {
    const [name, digits] = scale === 'percentage' ? ['percentage', '6.87'] : ['fraction', '0.0687'];
    return `a ${name} like ${likeNumber(place, digits)} for ${likeNumber(place, '6.87')} %`;
  }
  if (scale === 'cents') return 'a count of cents, digits only, like 123450';
  const point = unit?.kind === 'number' && unit.decimal === ',' ? 'a comma' : 'a point';
  return `digits, ${point} and at most two decimals, like ${likeNumber(place, '1234.50')}`;
}

/** Days that no loan has: what some systems write where there is no date. */
const PLACEHOLDER = /(?<!\d)(?:9999|2999|1900-01-0[01]|01[-/]0[01][-/]1900|0000)(?!\d)|^99\/99/;

/** Whether a cell that is no date seems to say that there is none. */
export const standsForNone = (rule: TapeRule, cell: string): boolean => rule === 'not-a-date' && PLACEHOLDER.test(cell);

/** What to do about such a cell. */
export const NO_DATE_REMEDY = 'write NA where there is no date';

/** What to do about a formula that stands where a value must. */
export const FORMULA_REMEDY = 'export the value and not its formula (in a spreadsheet: copy, then paste values)';

/** What to do about a cell that cannot be read: in the form that the file itself has. */
export function remedyOf(place: FieldPlace): string {
  const { field, unit } = place;
  switch (field.kind) {
    case 'money':
    case 'rate':
      return `write ${numberWords(place)}${absence(place)}`;
    case 'integer':
      if (unit?.kind === 'bucket')
        return `write days, or a bucket of them like 30-59, 120+ or Current${absence(place)}`;
      return `write digits only${absence(place)}`;
    case 'score':
      return 'write digits only, or NONE if there is no score';
    case 'date':
    case 'month':
      return `write ${dateWords(place)}`;
    case 'flag':
      return unit?.kind === 'flag' ? `write ${unit.yes[0]} or ${unit.no[0]}` : 'write true or false';
    default:
      return field.kind === 'code' ? 'state the code' : 'state the value';
  }
}

/** What to do about a no-data option that a field does not admit. */
export function noDataRemedy({ field: { template } }: FieldPlace): string {
  const admitted = template?.noData ?? 'none';
  const said = ADMITTED[admitted];
  return admitted === 'none' ? `state ${said}` : `state the value, or ${said}`;
}
