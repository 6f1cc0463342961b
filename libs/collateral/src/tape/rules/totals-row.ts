import { isAbsent } from '../cells.js';
import type { FindingLog } from '../finding.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import type { ReadRow } from '../loan-record.js';
import type { TotalsMark } from '../mapping/mapping.js';
import type { MoneySums } from '../money-sums.js';

/** What the first words of a row of totals are, in English and German. */
const WORDS =
  /^(?:grand |sub|sub-)?(?:totals?|sums?|summen?|gesamt(?:summen?|betrag|ergebnis)?|zwischensummen?|insgesamt)(?: (?:loans?|pool|all|kredite|portfolio))?:?$/i;
const LONGEST = 24;

/** Rows from which on a balance that is the sum of all before it cannot be a loan's by chance. */
export const LEAST_ROWS = 3;

/** Finds rows that add up the others: read as loans they would double the pool. */
export class TotalsRows {
  private readonly closing: FieldPlace | null;

  constructor(
    private readonly header: TapeHeader,
    private readonly log: FindingLog,
  ) {
    this.closing = header.places.find(({ field }) => field.role === 'closing') ?? null;
  }

  /** Whether the first cell that says something calls the row a total. */
  named(cells: readonly (string | null)[], row: number): boolean {
    const at = cells.findIndex((cell) => cell !== null && !isAbsent(cell));
    const cell = cells[at] ?? '';
    if (cell.length > LONGEST || !WORDS.test(cell)) return false;
    const text = this.header.columns[at] ?? null;
    this.found(row, text, cell, `is a row of totals ("${cell}")`, { column: text ?? '', says: [cell] });
    return true;
  }

  /** Whether the row's closing balance is that of all rows before it together. @param sums by slot, the row's own included */
  adds({ row, values }: ReadRow, rows: number, sums: MoneySums): boolean {
    if (this.closing === null || rows < LEAST_ROWS) return false;
    const { slot, column } = this.closing;
    const own = values[slot];
    if (typeof own !== 'bigint' || own <= 0n || !sums.is(slot, own + own)) return false;
    const said = `is a row of totals: its ${column} is that of the ${rows} rows before it together`;
    this.found(row, column, null, said, { column, adds: true });
    return true;
  }

  private found(row: number, column: string | null, value: string | null, said: string, mark: TotalsMark): void {
    const decide = `say in the mapping how they are known: "totals": ${JSON.stringify(mark)}`;
    const remedy = `leave rows of totals out of the file, or ${decide}; this one counts as no loan`;
    this.log.add({ row, column, value, rule: 'totals-row', message: `row ${row} ${said}`, remedy });
  }
}
