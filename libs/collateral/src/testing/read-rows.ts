import type { Mapping, NumberUnit } from '../tape/mapping/mapping.js';
import { assetClassNamed } from '../tape/model/asset-classes.js';
import type { AssetClass } from '../tape/model/field.js';
import { TapeReader, type TapeResult } from '../tape/tape-reader.js';
import { ofRows } from './of-rows.js';

export type CellsByField = Readonly<Record<string, string>>;

/** Reads rows by a confirmed mapping of columns that are called like their fields. @param units by field, where one is said */
export function readRows(
  className: string,
  rows: readonly CellsByField[],
  units: Readonly<Record<string, NumberUnit>> = {},
): TapeResult {
  const assetClass = assetClassNamed(className) as AssetClass;
  const columns = Object.keys(rows[0] ?? {});
  const mapped = columns.map((column) => ({ column, field: column, unit: units[column] ?? null }));
  const mapping: Mapping = { form: 1, assetClass: className, columns: mapped };
  const key = assetClass.fields.find(({ role }) => role === 'key')?.name ?? '';
  const options = { assetClass, loanKey: [key], mapping, periodNeeded: false };
  const reader = new TapeReader({ columns, headerRow: 1 }, options);
  rows.forEach((row, index) => reader.read({ row: index + 2, cells: columns.map((column) => row[column] ?? '') }));
  return reader.finish();
}

/** The findings of a rule, without what they say. */
export const placesOf = ({ findings }: TapeResult, rule: string) =>
  ofRows(findings).flatMap((one) =>
    one.rule === rule ? [{ row: one.row, column: one.column, value: one.value, weight: one.weight }] : [],
  );
