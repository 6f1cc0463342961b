import * as read from './cells.js';
import type { ColumnKind } from './columns.js';
import type { FindingLog, TapeRule } from './finding.js';
import type { TapeHeader } from './header.js';
import type { Convert } from './mapping/convert.js';

/** A value that was read: cents, a rate at `RATE_SCALE`, a count, a date or month, a text, a flag; null is not stated. */
export type FieldValue = bigint | number | string | boolean | null;

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
  code: { rule: 'missing-cell', is: 'a code', remedy: 'state the code' },
};

const asItIs = (cell: string): string => cell;

function readCents(cell: string, reader: { rounded: boolean }): bigint | null {
  const amount = read.readMoney(cell);
  if (amount === null) return null;
  reader.rounded = amount.rounded;
  return amount.cents;
}

/** Reads the cells of one row, with a finding for each that is absent where it is required or cannot be read. */
export class RowReader {
  /** Whether a cell of the row was refused with a finding that blocks. */
  blocked = false;
  /** Whether the last amount had more than two decimals. */
  rounded = false;
  /** Every value that was read, by field. */
  readonly values: Record<string, FieldValue>;

  /**
   * @param needs fields without which the row is blocked
   * @param blank every field of the header without a value: rows made from one form cost the collector least
   */
  constructor(
    private readonly header: TapeHeader,
    private readonly cells: readonly (string | null)[],
    readonly row: number,
    private readonly log: FindingLog,
    private readonly needs: ReadonlySet<string>,
    blank: Readonly<Record<string, FieldValue>>,
    private readonly onAbsent: (field: string) => void,
  ) {
    this.values = { ...blank };
  }

  money(field: string): bigint | null {
    this.rounded = false;
    const cents = this.cell(field, 'money', readCents);
    if (this.rounded) {
      const column = this.header.nameOf(field);
      const message = `row ${this.row}: ${column} has more than two decimals and was rounded half up to the cent`;
      const remedy = 'export amounts with two decimals';
      this.log.add({ row: this.row, column, value: this.text(field), rule: 'rounded', message, remedy });
    }
    return cents;
  }

  integer(field: string) {
    return this.cell(field, 'integer', read.readInteger);
  }

  rate(field: string) {
    return this.cell(field, 'rate', read.readRate);
  }

  date(field: string) {
    return this.cell(field, 'date', read.readDate);
  }

  month(field: string) {
    return this.cell(field, 'month', read.readMonth);
  }

  flag(field: string) {
    return this.cell(field, 'flag', read.readFlag);
  }

  code(field: string) {
    return this.cell(field, 'text', asItIs);
  }

  score(field: string) {
    return this.cell(field, 'score', read.readScore);
  }

  /** The cell as it stands in the file; null when the tape lacks the column or has nothing there. */
  text(field: string): string | null {
    const at = this.header.at(field);
    return at === undefined ? null : (this.cells[at] ?? null);
  }

  /** Name of the field's column in the file, for findings. */
  column(field: string): string {
    return this.header.nameOf(field);
  }

  private cell<T extends FieldValue>(
    field: string,
    kind: ColumnKind,
    parse: (cell: string, reader: this) => T | null,
  ): T | null {
    const at = this.header.at(field);
    if (at === undefined) return null;
    const cell = this.cells[at] ?? '';
    if (read.isAbsent(cell)) {
      this.onAbsent(field);
      if (this.needs.has(field)) this.refuseAbsent(field, cell);
      this.values[field] = null;
      return null;
    }
    const convert: Convert | undefined = this.header.convert(field);
    const written = convert === undefined ? cell : convert(cell);
    const value = written === null ? null : parse(written, this);
    if (value === null) this.refuse(field, kind, cell);
    this.values[field] = value;
    return value;
  }

  private refuseAbsent(field: string, value: string): void {
    this.blocked = true;
    const column = this.header.nameOf(field);
    const message = `row ${this.row} has no ${column}`;
    const remedy = 'ask the servicer for the value; if it is zero, write 0';
    this.log.add({ row: this.row, column, value, rule: 'missing-cell', message, remedy });
  }

  private refuse(field: string, kind: ColumnKind, value: string): void {
    const { rule, is, remedy } = REFUSALS[kind];
    if (rule !== 'not-a-flag') this.blocked = true;
    const column = this.header.nameOf(field);
    const message = `row ${this.row}: ${column} reads "${value.slice(0, 200)}", which is not ${is}`;
    this.log.add({ row: this.row, column, value, rule, message, remedy });
  }
}
