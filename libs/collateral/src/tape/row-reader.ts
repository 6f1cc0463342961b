import * as read from './cells.js';
import { FORMULA_REMEDY, NO_DATE_REMEDY, noDataRemedy, REFUSALS, remedyOf, standsForNone } from './cell-words.js';
import type { FindingLog } from './finding.js';
import type { FieldPlace } from './header.js';
import { admitsNoData } from './model/esma-codes.js';
import { MoneySums } from './money-sums.js';
import type { SourceRecord } from './source/source.js';

/** A value that was read: cents, a rate at `RATE_SCALE`, a count, a date or month, a text, a flag; null is not stated. */
export type FieldValue = bigint | number | string | boolean | null;

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
  /** Whether what is read blocks nothing: it is told all the same, as a warning. */
  lenient = false;
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
  /** What the last cell of a slot said and read as: columns say the same again and again. */
  private readonly lastText: (string | null)[];
  private readonly lastValue: FieldValue[];
  private readonly blank: readonly null[];
  private readonly needed: readonly boolean[];

  /**
   * @param needs fields without which a row is blocked
   * @param keyed indices of the cells of the loan key
   */
  constructor(
    places: readonly FieldPlace[],
    private readonly log: FindingLog,
    needs: ReadonlySet<string>,
    private readonly keyed: ReadonlySet<number>,
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
    const text = this.parsed(place, asItIs);
    // What is wrong with a key is said of the key.
    if (text !== null && place !== undefined && read.isFormula(text) && !this.keyed.has(place.at))
      this.remarkFormula(place);
    return text;
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
    if (place.convert === null) return cell;
    const converted = place.convert(cell);
    // A cell of another field may say nothing of what is reckoned from it.
    if (converted === '') this.absent(place, '');
    return converted === '' ? null : (converted ?? this.refuse(place));
  }

  private absent(place: FieldPlace, cell: string): void {
    const { slot, field } = place;
    const needed = this.needed[slot] === true;
    this.missing[slot] = (this.missing[slot] ?? 0) + 1;
    const option = read.noDataOption(cell);
    if (option !== null) {
      const counts = (this.noData[field.name] ??= {});
      counts[option] = (counts[option] ?? 0) + 1;
      const { template } = field;
      if (!needed && template !== null && !admitsNoData(template.noData, option)) this.remarkNoData(place, option);
    }
    if (needed) this.refuseAbsent(place, cell);
  }

  private remarkFormula(place: FieldPlace): void {
    const { row } = this;
    const { column } = place;
    const message = `row ${row}: ${column} is a formula and no value`;
    this.log.add({ row, column, value: this.text(place), rule: 'formula-in-text', message, remedy: FORMULA_REMEDY });
  }

  private remarkNoData(place: FieldPlace, option: string): void {
    const { row } = this;
    const { column, field } = place;
    const message = `row ${row}: ${column} states ${option}, which the template does not admit for ${field.title}`;
    const found = { row, column, value: this.text(place), rule: 'no-data-not-admitted' } as const;
    this.log.add({ ...found, message, remedy: noDataRemedy(place) });
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

  private refuse(place: FieldPlace): null {
    const { at, column, field } = place;
    const { rule, is } = REFUSALS[field.kind];
    const blocks = rule !== 'not-a-flag' && !this.lenient;
    if (blocks) this.blocked = true;
    const { row } = this;
    const value = this.cells[at] ?? '';
    const stands = standsForNone(rule, value);
    const said = stands ? 'a date that no loan has: it seems to stand for none' : `which is not ${is}`;
    const message = `row ${row}: ${column} reads "${value.slice(0, 200)}", ${said}`;
    const weight = blocks ? 'blocks' : 'warns';
    const remedy = stands ? NO_DATE_REMEDY : remedyOf(place);
    this.log.add({ row, column, value, rule, weight, message, remedy });
    return null;
  }
}
