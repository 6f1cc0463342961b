import type { FieldValue, ReadRow } from '@weir/collateral';
import { CopyText } from './copy-text.js';
import type { LoanLayout, StoredField } from './loan-columns.js';

const [TAB, LINE_FEED, COMMA, OPEN, CLOSE] = [0x09, 0x0a, 0x2c, 0x7b, 0x7d];
const [NOT_STATED, NULL, TRUE, FALSE] = ['\\N', 'NULL', 'true', 'false'].map((text) => Buffer.from(text)) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
];

/** Bytes that are set aside at once for lines. */
const SIZE = 1 << 17;

/** Where a row's values hold a field, and what it is; a slot of -1 where they do not. */
interface PlacedField {
  readonly kind: StoredField['kind'];
  readonly slot: number;
}

/** Columns that a line begins with; the place of the loans is the first three. */
export const LINE_COLUMNS = ['month', 'tape_id', 'deal_id', 'loan_key', '"row"'] as const;

/** Rows as lines of COPY's text format, in the order of `LINE_COLUMNS`, the layout's columns and `others`. */
export class LoanLines {
  private readonly text = new CopyText(SIZE);
  private readonly place: Buffer;
  private readonly columns: readonly (PlacedField | null)[];
  private readonly others: readonly PlacedField[];

  /**
   * @param place month, tape and deal of all loans, parted by tabs
   * @param fields names of the fields in the order of a row's values
   */
  constructor(place: string, layout: LoanLayout, fields: readonly string[]) {
    const placed = ({ name, kind }: StoredField): PlacedField => ({ kind, slot: fields.indexOf(name) });
    this.place = Buffer.from(`${place}\t`);
    this.columns = layout.columns.map(({ field }) => (field === null ? null : placed(field)));
    this.others = layout.others.map(placed);
  }

  /** Bytes of the lines so far. */
  get length(): number {
    return this.text.length;
  }

  /** Takes the lines so far. */
  take(): Buffer {
    return this.text.take();
  }

  add({ key, row, values }: Pick<ReadRow, 'key' | 'row' | 'values'>): void {
    const { text } = this;
    text.raw(this.place);
    text.text(key ?? '');
    text.byte(TAB);
    text.whole(row);
    for (const field of this.columns) {
      text.byte(TAB);
      if (field === null) text.raw(NOT_STATED);
      else this.inColumn(field.kind, values[field.slot] ?? null);
    }
    text.byte(TAB);
    if (this.others.length === 0) text.raw(NOT_STATED);
    else this.array(values);
    text.byte(LINE_FEED);
  }

  private array(values: readonly FieldValue[]): void {
    const { text } = this;
    for (const [index, { slot }] of this.others.entries()) {
      text.byte(index === 0 ? OPEN : COMMA);
      this.element(values[slot] ?? null);
    }
    text.byte(CLOSE);
  }

  /** A value as its column's type can hold it; a score of "none" is kept as not stated. */
  private inColumn(kind: StoredField['kind'], value: FieldValue): void {
    const { text } = this;
    const uncounted = typeof value === 'string' && (kind === 'score' || kind === 'integer');
    if (value === null || uncounted) text.raw(NOT_STATED);
    else if (typeof value === 'string') text.text(value);
    else if (typeof value !== 'bigint') this.plain(value);
    else if (kind === 'money') text.money(value);
    else text.whole(value);
  }

  /** A value in an array; a text in quotes, as an empty one and one that reads NULL must be. */
  private element(value: FieldValue): void {
    const { text } = this;
    if (value === null) text.raw(NULL);
    else if (typeof value === 'string') text.quoted(value);
    else if (typeof value === 'bigint') text.whole(value);
    else this.plain(value);
  }

  private plain(value: number | boolean): void {
    if (typeof value === 'number') this.text.whole(value);
    else this.text.raw(value ? TRUE : FALSE);
  }
}
