import * as read from './cells.js';
import type { ColumnKind } from './columns.js';
import { type FindingLog, TAPE_RULES, type TapeRule } from './finding.js';
import type { FieldPlace } from './header.js';
import { MoneySums } from './money-sums.js';
import type { SourceRecord } from './source/source.js';

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

/** A year that no loan has: what some systems write where there is no date. */
const PLACEHOLDER = /(?<!\d)(?:9999|2999|1900-01-0[01]|01[-/]0[01][-/]1900|0000)(?!\d)|^99\/99/;

const asItIs = (cell: string): string => cell;

/** Characters below which a piece of a text is a copy. */
const SHORT = 13;

/** A field of the header; undefined where the file lacks it. */
type Asked = FieldPlace | undefined;

/**
 * Reads the cells of rows, one row after another, with a finding for each that is absent where it is required or cannot be
 * read, and counts what it saw: sums of amounts, cells without a value.
 */
export class RowReader {
  /** Whether a cell of the row was refused with a finding that blocks. */
  blocked = false;
  row = 0;
  /** What was read of the row, by slot; what was not is null. */
  values: FieldValue[] = [];
  /** Sums by slot of all cells that are amounts. */
  readonly sums: MoneySums;
  /** Cells that state no value, by slot. */
  readonly missing: Uint32Array;
  /** No-data options by field: how often each. */
  readonly noData: Record<string, Record<string, number>> = {};
  private cells: SourceRecord['cells'] = [];
  private aside = false;
  /** What the last cell of a slot said and read as: columns say the same again and again. */
  private readonly lastText: (string | null)[];
  private readonly lastValue: FieldValue[];
  private readonly blank: readonly null[];
  private readonly needed: readonly boolean[];

  /** @param needs fields without which a row is blocked */
  constructor(
    places: readonly FieldPlace[],
    private readonly log: FindingLog,
    needs: ReadonlySet<string>,
  ) {
    this.blank = places.map(() => null);
    this.lastText = places.map(() => null);
    this.lastValue = places.map(() => null);
    this.needed = places.map(({ field }) => needs.has(field.name));
    this.sums = new MoneySums(places.length);
    this.missing = new Uint32Array(places.length);
  }

  /** Turns to the next row. */
  begin({ cells, row }: SourceRecord): void {
    this.cells = cells;
    this.row = row;
    this.blocked = false;
    this.values = this.blank.slice();
  }

  /** Reads fields of which no figure of a deal is made: that one does not read is told and blocks nothing. */
  readAside(places: readonly FieldPlace[]): void {
    this.aside = true;
    for (const place of places) this.read(place);
    this.aside = false;
  }

  /** Reads a field by its kind. */
  read(place: FieldPlace): void {
    switch (place.field.kind) {
      case 'money':
        return void this.money(place);
      case 'integer':
        return void this.integer(place);
      case 'rate':
        return void this.rate(place);
      case 'date':
        return void this.date(place);
      case 'month':
        return void this.month(place);
      case 'flag':
        return void this.flag(place);
      case 'score':
        return void this.score(place);
      default:
        this.code(place);
    }
  }

  money(place: Asked): bigint | null {
    const written = this.written(place);
    if (place === undefined || written === null) return null;
    const plain = read.plainCents(written);
    if (plain !== -1) {
      this.sums.addSmall(place.slot, plain);
      const cents = BigInt(plain);
      this.values[place.slot] = cents;
      return cents;
    }
    const amount = read.readMoney(written);
    if (amount === null) return this.refuse(place);
    if (amount.rounded) this.remarkRounded(place);
    this.sums.add(place.slot, amount.cents);
    return this.keep(place, amount.cents);
  }

  integer(place: Asked): number | null {
    return this.parsed(place, read.readInteger);
  }

  rate(place: Asked): bigint | null {
    return this.parsed(place, read.readRate);
  }

  date(place: Asked): string | null {
    return this.parsed(place, read.readDate);
  }

  month(place: Asked): string | null {
    return this.parsed(place, read.readMonth);
  }

  flag(place: Asked): boolean | null {
    return this.parsed(place, read.readFlag);
  }

  code(place: Asked): string | null {
    return this.parsed(place, asItIs);
  }

  score(place: Asked): number | 'none' | null {
    return this.parsed(place, read.readScore);
  }

  /** The cell as it stands in the file; null when there is nothing. */
  text({ at }: FieldPlace): string | null {
    return this.cells[at] ?? null;
  }

  private parsed<T extends FieldValue>(place: Asked, parse: (cell: string) => T | null): T | null {
    const written = this.written(place);
    if (place === undefined || written === null) return null;
    const { slot } = place;
    if (written === this.lastText[slot]) return this.keep(place, this.lastValue[slot] as T);
    const value = parse(written);
    if (value === null) return this.refuse(place);
    // A piece of the file's text is not kept: it would hold on to the file.
    if (written.length < SHORT) {
      this.lastText[slot] = written;
      this.lastValue[slot] = value;
    }
    return this.keep(place, value);
  }

  private keep<T extends FieldValue>({ slot }: FieldPlace, value: T): T {
    this.values[slot] = value;
    return value;
  }

  /** The cell in the form in which Weir reads it; null when it is absent or not written as its column is, which is told. */
  private written(place: Asked): string | null {
    if (place === undefined) return null;
    const cell = this.cells[place.at] ?? '';
    if (read.isAbsent(cell)) {
      this.absent(place, cell);
      return null;
    }
    return place.convert === null ? cell : (place.convert(cell) ?? this.refuse(place));
  }

  private absent(place: FieldPlace, cell: string): void {
    const { slot, field } = place;
    this.missing[slot] = (this.missing[slot] ?? 0) + 1;
    const option = read.noDataOption(cell);
    if (option !== null) {
      const counts = (this.noData[field.name] ??= {});
      counts[option] = (counts[option] ?? 0) + 1;
    }
    if (this.needed[slot] === true) this.refuseAbsent(place, cell);
  }

  private remarkRounded(place: FieldPlace): void {
    const { row } = this;
    const { column } = place;
    const message = `row ${row}: ${column} has more than two decimals and was rounded half up to the cent`;
    const remedy = 'export amounts with two decimals';
    this.log.add({ row, column, value: this.text(place), rule: 'rounded', message, remedy });
  }

  private refuseAbsent({ column }: FieldPlace, value: string): void {
    this.blocked = true;
    const { row } = this;
    const message = `row ${row} has no ${column}`;
    const remedy = 'ask the servicer for the value; if it is zero, write 0';
    this.log.add({ row, column, value, rule: 'missing-cell', message, remedy });
  }

  private refuse({ at, column, field }: FieldPlace): null {
    const { rule: broken, is, remedy } = REFUSALS[field.kind];
    const rule = this.aside && TAPE_RULES[broken].weight === 'blocks' ? 'cell-unread' : broken;
    if (TAPE_RULES[rule].weight === 'blocks') this.blocked = true;
    const { row } = this;
    const value = this.cells[at] ?? '';
    const stands = broken === 'not-a-date' && PLACEHOLDER.test(value);
    const said = stands ? 'a date that no loan has: it seems to stand for none' : `which is not ${is}`;
    const message = `row ${row}: ${column} reads "${value.slice(0, 200)}", ${said}`;
    const advice = stands ? 'write NA where there is no date' : remedy;
    this.log.add({ row, column, value, rule, message, remedy: advice });
    return null;
  }
}
