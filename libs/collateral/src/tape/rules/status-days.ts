import { isAbsent } from '../cells.js';
import { counted } from '../counted.js';
import { detached } from '../detached.js';
import type { FindingLog } from '../finding.js';
import type { FieldPlace } from '../header.js';
import type { Field } from '../model/field.js';
import type { FieldValue } from '../row-reader.js';

/** Tells what was reckoned of days past due from a status, and where the status says none. */
export class StatusDays {
  private read = 0;
  private silent = 0;
  /** The first status that says no days. */
  private first: { readonly row: number; readonly value: string } | null = null;

  constructor(
    private readonly place: FieldPlace,
    private readonly log: FindingLog,
  ) {}

  /** Takes a row. @param values what was read of it, by slot */
  see(row: number, cells: readonly (string | null)[], values: readonly FieldValue[]): void {
    const cell = cells[this.place.at] ?? '';
    if (isAbsent(cell)) return;
    if (typeof values[this.place.slot] === 'number') this.read++;
    else {
      this.silent++;
      this.first ??= { row, value: detached(cell.slice(0, 100)) };
    }
  }

  /** The field that was reckoned, once it is told; null where no status said any days. */
  finish(): Field | null {
    if (this.read === 0) return null;
    const { column, field } = this.place;
    const { row = null, value = null } = this.first ?? {};
    const silent =
      row === null
        ? ''
        : `; ${counted(this.silent, 'row')} ${this.silent === 1 ? 'says no days and counts' : 'say no days and count'} as current, the first of them row ${row} ("${value}")`;
    const message =
      `no column states days past due: they are reckoned in ${counted(this.read, 'row')} as the least days that ${column} ` +
      `says, 30 of "30-59", 120 of a loan that is charged off or in default${silent}`;
    const remedy = 'ask the servicer for the days past due of each loan, by which delinquency is exact';
    this.log.add({ row: null, column, value, rule: 'days-reckoned', message, remedy });
    return field;
  }
}
