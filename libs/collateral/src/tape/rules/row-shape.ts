import { isAbsent } from '../cells.js';
import { counted } from '../counted.js';
import type { FindingLog } from '../finding.js';
import type { TapeHeader } from '../header.js';
import type { FieldValue } from '../row-reader.js';
import type { SourceRecord } from '../source/source.js';

const WHOLE_AGAIN =
  'export the file again, whole: rows may be missing after this one; ask the servicer how many the tape has';
const MORE = 'put cells that hold the mark between cells in quotes';
const FEWER = 'write every cell of the row, an empty one too, and put quotes round a cell that holds a line break';

/** Rows with more or fewer cells than the header; the last row of a file that was cut off is one. */
export class RowShape {
  /** A row that is too short; whether the file ends in it, the next row tells. */
  private short: SourceRecord | null = null;

  constructor(
    private readonly header: Pick<TapeHeader, 'width' | 'columns' | 'places'>,
    private readonly log: FindingLog,
  ) {}

  /** Whether a row has the header's cells; one that has not is told. */
  fits(record: SourceRecord): boolean {
    this.next();
    const { cells, row } = record;
    const { width } = this.header;
    if (cells.length === width) return true;
    if (cells.length < width) this.short = record;
    else this.tell(row, cells.length, this.against(record), MORE);
    return false;
  }

  /** That the file goes on behind the last row that was seen. */
  next(): void {
    if (this.short === null) return;
    this.tell(this.short.row, this.short.cells.length, this.against(this.short), FEWER);
    this.short = null;
  }

  /**
   * That the file ended.
   * @param open whether it ended without a line break
   * @param last what was read of the last row, by slot
   */
  end(open: boolean, last: { readonly record: SourceRecord; readonly values: readonly FieldValue[] } | null): void {
    if (this.short !== null) this.tellCut(this.short, open);
    else if (open && last !== null) this.tellCutCell(last.record, last.values);
    this.short = null;
  }

  private against({ row, cells }: SourceRecord): string {
    return `row ${row} has ${counted(cells.length, 'cell')} where the header has ${this.header.width}`;
  }

  private cell({ cells }: SourceRecord, at: number): string {
    return `${this.header.columns[at] ?? ''} "${cells[at] ?? ''}"`;
  }

  /** @param open whether the last cell of the row may be cut too */
  private tellCut(record: SourceRecord, open: boolean): void {
    const { row, cells } = record;
    const last = cells.length - 1;
    const whole = open ? last - 1 : last;
    const complete = whole < 0 ? 'no cell of it is complete' : `its last complete cell is ${this.cell(record, whole)}`;
    const rest = open ? `, and ${this.cell(record, last)} may be cut` : '';
    const ends = `${this.against(record)}: the file ${open ? 'ends' : 'seems to end'} in the middle of it`;
    this.tell(row, cells.length, `${ends}; ${complete}${rest}`, WHOLE_AGAIN);
  }

  /** The last cell of a file that does not read, and has no line break behind it. */
  private tellCutCell(record: SourceRecord, values: readonly FieldValue[]): void {
    const { row, cells } = record;
    const at = cells.length - 1;
    const place = this.header.places.find((one) => one.at === at);
    const cell = cells[at] ?? '';
    if (place === undefined || isAbsent(cell) || (values[place.slot] ?? null) !== null) return;
    const message = `the file ends in row ${row} without a line break, and the last cell, ${this.cell(record, at)}, does not read: it may be cut`;
    this.tell(row, cells.length, message, WHOLE_AGAIN);
  }

  private tell(row: number, cells: number, message: string, remedy: string): void {
    this.log.add({ row, column: null, value: String(cells), rule: 'row-shape', message, remedy });
  }
}
