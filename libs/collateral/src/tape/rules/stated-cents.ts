import { isAbsent, readMoney } from '../cells.js';
import type { FieldPlace } from '../header.js';

/** Cents that a cell of an amount states, beside the reading of rows; null when it states none or is no amount. */
export function centsOf({ convert }: FieldPlace, cell: string): bigint | null {
  if (isAbsent(cell)) return null;
  const written = convert === null ? cell : convert(cell);
  return written === null ? null : (readMoney(written)?.cents ?? null);
}
