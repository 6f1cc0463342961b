import type { FindingLog, TapeRule } from '../finding.js';
import type { Field } from '../model/field.js';
import type { FieldValue, RowReader } from '../row-reader.js';

/** The size of a value on the scale in which ranges are told: units of money, fractions, years, counts. */
function sizeOf(field: Field, value: FieldValue): number | null {
  if (field.kind === 'money') return Number(value) / 100;
  if (field.kind === 'rate') return Number(value) / 1e12;
  if (field.kind === 'date' || field.kind === 'month') return Number(String(value).slice(0, 4));
  return typeof value === 'number' ? value : null;
}

const REMEDIES: Partial<Record<Field['kind'], string>> = {
  rate: 'check the rate, and whether the column holds fractions or percentages',
  money: 'check the amount, and whether the column holds units or cents',
  date: 'check the year, and how the column writes dates',
  month: 'check the year, and how the column writes dates',
};

/** Whether a field has any rule of one cell beyond its type. */
export const hasCellRule = ({ kind, codes }: Field): boolean =>
  codes !== null || (kind !== 'text' && kind !== 'flag' && kind !== 'code');

/** The rules of one cell beyond its type: what is plausible, and the field's code list. Both warn. */
export function checkCell(field: Field, reader: RowReader, log: FindingLog): void {
  const value = reader.values[field.name] ?? null;
  if (value === null) return;
  const { row } = reader;
  const remark = (rule: TapeRule, said: string, remedy: string): void => {
    const place = { row, column: reader.column(field.name), value: reader.text(field.name) };
    log.add({ ...place, rule, message: `row ${row}: ${place.column} ${said}`, remedy });
  };
  if (field.kind === 'code' || field.codes !== null) {
    if (typeof value === 'string' && field.codes?.includes(value)) return;
    const strange =
      field.codes &&
      String(value)
        .split(';')
        .find((code) => !field.codes?.includes(code.trim()));
    if (strange === undefined || strange === null) return;
    const known = `write one of ${field.codes?.join(', ')}`;
    remark('unknown-code', `is "${strange.slice(0, 60)}", which is not in its code list`, known);
    return;
  }
  const size = sizeOf(field, value);
  const [low, high] = field.range;
  if (size === null || (size >= low && size <= high)) return;
  const remedy = REMEDIES[field.kind] ?? 'check the value';
  remark('out-of-range', `is outside what is plausible (${low} to ${high})`, remedy);
}
