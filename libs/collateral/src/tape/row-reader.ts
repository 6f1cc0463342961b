import * as read from './cells.js';
import { TAPE_COLUMNS, type ColumnKind, type TapeColumn } from './columns.js';
import type { FindingLog, TapeRule } from './finding.js';
import type { TapeHeader } from './header.js';

/** What a cell that cannot be read breaks, and what would be right, by the kind of its column. */
const REFUSALS: Record<ColumnKind, { rule: TapeRule; is: string; remedy: string }> = {
  money: {
    rule: 'not-a-number',
    is: 'a number',
    remedy: 'write digits, a point and at most two decimals, like 1234.50, or NA if there is no amount',
  },
  integer: { rule: 'not-a-number', is: 'a whole number', remedy: 'write digits only, or NA if there is no value' },
  rate: { rule: 'not-a-number', is: 'a rate', remedy: 'write a fraction like 0.0687 for 6.87 %, or NA' },
  score: { rule: 'not-a-number', is: 'a credit score', remedy: 'write digits only, or NONE if there is no score' },
  date: { rule: 'not-a-date', is: 'a date', remedy: 'write MM-DD-YYYY' },
  month: { rule: 'not-a-date', is: 'a month', remedy: 'write MM/YYYY' },
  flag: { rule: 'not-a-flag', is: 'true or false', remedy: 'write true or false' },
  text: { rule: 'missing-cell', is: 'a text', remedy: 'state the value' },
};

/** Reads the cells of one row, with a finding for each that is absent where it is required or cannot be read. */
export class RowReader {
  /** Whether a cell of the row was refused with a finding that blocks. */
  blocked = false;

  constructor(
    private readonly header: TapeHeader,
    private readonly cells: string[],
    readonly row: number,
    private readonly log: FindingLog,
    private readonly onAbsent: (column: TapeColumn) => void,
  ) {}

  money(column: TapeColumn): bigint | null {
    const amount = this.cell(column, read.readMoney);
    if (amount?.rounded) {
      const message = `row ${this.row}: ${column} has more than two decimals and was rounded half up to the cent`;
      const remedy = 'export amounts with two decimals';
      this.log.add({ row: this.row, column, value: this.text(column), rule: 'rounded', message, remedy });
    }
    return amount?.cents ?? null;
  }

  integer = (column: TapeColumn) => this.cell(column, read.readInteger);
  rate = (column: TapeColumn) => this.cell(column, read.readRate);
  date = (column: TapeColumn) => this.cell(column, read.readDate);
  month = (column: TapeColumn) => this.cell(column, read.readMonth);
  flag = (column: TapeColumn) => this.cell(column, read.readFlag);
  code = (column: TapeColumn) => this.cell(column, (cell) => cell);
  score = (column: TapeColumn) => this.cell(column, read.readScore);

  /** The cell as it stands in the file; null when the tape lacks the column. */
  text(column: TapeColumn): string | null {
    const at = this.header.at(column);
    return at === undefined ? null : (this.cells[at] ?? null);
  }

  private cell<T>(column: TapeColumn, parse: (cell: string) => T | null): T | null {
    const cell = this.text(column);
    if (cell === null) return null;
    if (read.isAbsent(cell)) {
      this.onAbsent(column);
      if (TAPE_COLUMNS[column].cell === 'required') this.refuseAbsent(column, cell);
      return null;
    }
    const value = parse(cell);
    if (value === null) this.refuse(column, cell);
    return value;
  }

  private refuseAbsent(column: TapeColumn, value: string): void {
    this.blocked = true;
    const message = `row ${this.row} has no ${column}`;
    const remedy = 'ask the servicer for the value; if it is zero, write 0';
    this.log.add({ row: this.row, column, value, rule: 'missing-cell', message, remedy });
  }

  private refuse(column: TapeColumn, value: string): void {
    const { rule, is, remedy } = REFUSALS[TAPE_COLUMNS[column].kind];
    if (rule !== 'not-a-flag') this.blocked = true;
    const message = `row ${this.row}: ${column} reads "${value}", which is not ${is}`;
    this.log.add({ row: this.row, column, value, rule, message, remedy });
  }
}
