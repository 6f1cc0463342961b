import { type AssetClass, type Field, purposeOf } from '@weir/collateral';
import { textTable } from '../output/table.js';

/** What a field of each kind holds, in the form in which Weir reads it; a mapping says how a file writes it. */
const TYPES: Record<Field['kind'], string> = {
  money: 'amount',
  integer: 'whole number',
  rate: 'rate',
  date: 'date',
  month: 'month',
  score: 'score',
  text: 'text',
  flag: 'true or false',
  code: 'code',
};

/** What whole numbers count. */
function countedIn({ name, role }: Field): string {
  if (role === 'daysPastDue' || /days/i.test(name)) return 'days';
  return /term|months|interval|extended|grace/i.test(name) ? 'months' : '';
}

/** In what a field's values are counted or written where no mapping says otherwise. */
function unitOf(field: Field): string {
  const { kind } = field;
  if (kind === 'money') return 'units of the currency';
  if (kind === 'rate') return 'fraction (0.0687)';
  if (kind === 'date') return 'MM-DD-YYYY or YYYY-MM-DD';
  if (kind === 'month') return 'MM/YYYY or YYYY-MM';
  return kind === 'integer' ? countedIn(field) : '';
}

/** Numbers are told beyond which a value is not plausible; ranges as wide as any are none. */
function plausibleOf({ kind, range: [low, high], codes }: Field): string {
  if (codes !== null) return `one of ${codes.join(', ')}`;
  const isNumber = kind === 'rate' || kind === 'integer' || kind === 'score' || kind === 'money';
  return isNumber && high <= 1e10 && !(kind === 'integer' && high >= 1e9) ? `${low} to ${high}` : '';
}

/** Other names that are shown of a field. */
const NAMES_SHOWN = 3;

function classText({ name, title, fields }: AssetClass): string {
  const heads = ['field', 'type', 'unit', 'plausible', 'good for', 'also called'].map((head) => ({ title: head }));
  const rows = fields.map((field) => [
    ...[field.esma === null ? field.name : `${field.name} (${field.esma})`, TYPES[field.kind], unitOf(field)],
    ...[plausibleOf(field), purposeOf(field) ?? '', field.synonyms.slice(0, NAMES_SHOWN).join(', ')],
  ]);
  return `${name}: ${title}\n${textTable(heads, rows)}`;
}

/** The fields of asset classes, for those who write or correct a mapping. */
export const fieldsText = (classes: readonly AssetClass[]): string => classes.map(classText).join('\n\n');

/** The same as data. */
export function fieldsJson(classes: readonly AssetClass[]): object[] {
  return classes.map(({ name, title, fields }) => ({
    ...{ assetClass: name, title },
    fields: fields.map((field) => ({
      ...{
        name: field.name,
        type: TYPES[field.kind],
        unit: unitOf(field) || null,
        required: purposeOf(field) === 'required',
      },
      ...{ purpose: purposeOf(field), codes: field.codes, esma: field.esma, alsoCalled: field.synonyms },
    })),
  }));
}
