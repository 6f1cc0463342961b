import { isAbsent, readDate } from '../cells.js';
import { readHeader, type SourceColumns } from '../header.js';
import type { Mapping } from '../mapping/mapping.js';
import type { AssetClass } from '../model/field.js';

/** How the columns of a file are read. */
export interface ColumnReading {
  readonly assetClass: AssetClass;
  readonly loanKey: readonly string[];
  readonly mapping: Mapping | null;
}

/** The month (YYYY-MM) in which a row's reporting period ends; null when the row does not say. */
export type RowMonth = (cells: readonly (string | null)[]) => string | null;

/**
 * Reads the months of a file's rows as a reader of the tape does.
 * @throws TapeUnreadable, MissingColumns when the columns are not the asset class's
 */
export function rowMonths(source: SourceColumns, { assetClass, loanKey, mapping }: ColumnReading): RowMonth {
  const header = readHeader(source, assetClass, loanKey, mapping);
  const place = header.places.find(({ field }) => field.role === 'periodTo');
  if (place === undefined) return () => null;
  const { at, convert } = place;
  return (cells) => {
    const cell = cells[at] ?? '';
    if (isAbsent(cell)) return null;
    const written = convert === null ? cell : convert(cell);
    return (written === null ? null : readDate(written))?.slice(0, 7) ?? null;
  };
}
