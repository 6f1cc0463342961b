import { RATE_SCALE } from '@weir/money';
import { isAbsent } from '../cells.js';
import { detached } from '../detached.js';
import type { FindingLog } from '../finding.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import { TWINS } from '../mapping/guess-dates.js';
import { median, otherScale } from '../mapping/guess-numbers.js';
import { fitOf } from '../mapping/guess-unit.js';
import type { DateUnit, NumberUnit } from '../mapping/mapping.js';
import type { AssetClass, Field } from '../model/field.js';
import type { FieldValue } from '../row-reader.js';
import { HEAD_RECORDS } from '../source/source.js';
import { type RateFactor, type RowSizes, SizeCheck } from './size-check.js';

const RATE = Number(RATE_SCALE);

/** Cells without which a column is not judged: a few may be anything. */
const LEAST_CELLS = 10;
const FEW_CELLS = 3;

/** What a column without a unit of its own is read as. */
const PLAIN: NumberUnit = { kind: 'number', decimal: '.', thousands: '', scale: 'whole', negative: 'minus' };
const PLAIN_DATE: DateUnit = { kind: 'date', patterns: ['MM-DD-YYYY', 'YYYY-MM-DD', 'MM/YYYY', 'YYYY-MM'] };

type RateScale = 'fraction' | 'percentage';

const looksLike = (scale: string, other: string): string => `is read as ${scale}s, but its cells look like ${other}s`;

/**
 * Whether the cells are plausible in the other scale alone, or payments say that they are in it.
 * @param factor in how many times of what is read payments say that the rates are
 */
function rateDoubt(
  field: Field,
  column: string,
  { scale }: NumberUnit,
  cells: readonly string[],
  factor: RateFactor | null,
): string | null {
  if (scale !== 'fraction' && scale !== 'percentage') return null;
  const other = scale === 'fraction' ? 'percentage' : 'fraction';
  if (factor === 1) return null;
  if (factor === (scale === 'fraction' ? 0.01 : 100))
    return `${looksLike(scale, other)}, and the payments are those of such rates`;
  const bare = cells.filter((cell) => !cell.endsWith('%'));
  const guess = fitOf(field, column, bare);
  return guess.unit?.kind === 'number' && guess.doubt === null && guess.unit.scale === other
    ? looksLike(scale, other)
    : null;
}

/** Decimals of an amount; no cents have them. */
const DECIMALS = /[.,]\d{1,2}$/;
const SAID_OF_CENTS = 'is read as cents, but its cells have decimals';

/** Few rates are doubted where every one of them would be above 100 %. */
function fewRatesDoubt(field: Field, column: string, { scale }: NumberUnit, cells: readonly string[]): string | null {
  const sizes = cells.map((cell) => Math.abs(Number(cell))).filter((size) => size !== 0);
  const all = scale === 'fraction' && sizes.length >= FEW_CELLS && sizes.every((size) => size > 1);
  return all && fitOf(field, column, cells).unit !== null ? looksLike(scale, 'percentage') : null;
}

function moneyDoubt(field: Field, column: string, { scale }: NumberUnit, cells: readonly string[]): string | null {
  if (scale === 'cents' && cells.some((cell) => DECIMALS.test(cell))) return SAID_OF_CENTS;
  const guess = fitOf(field, column, cells).unit;
  return scale === 'whole' && guess?.kind === 'number' && guess.scale === 'cents'
    ? 'is read as whole units, but its cells look like cents'
    : null;
}

function dateDoubt(field: Field, column: string, { patterns }: DateUnit, cells: readonly string[]): string | null {
  const { unit, doubt } = fitOf(field, column, cells);
  if (unit?.kind !== 'date' || doubt !== null) return null;
  for (const [one, other] of [...TWINS, ...TWINS.map(([a, b]) => [b, a] as const)]) {
    if (patterns.includes(one) && !patterns.includes(other) && unit.patterns.includes(other))
      return `is read as ${one}, but its cells look like ${other}: day and month would change places`;
  }
  return null;
}

/** A column whose unit is judged. */
interface Judged {
  readonly place: FieldPlace;
  readonly number: NumberUnit;
  readonly dates: DateUnit;
}

const isDate = ({ kind }: Field): boolean => kind === 'date' || kind === 'month';

/** Ratios like debt to income are a hundred times apart by themselves. */
const isRate = ({ role }: Field): boolean => role === 'rate' || role === 'originalRate';

function judgedOf(place: FieldPlace): Judged | null {
  const { field, unit } = place;
  const { kind } = field;
  if (kind !== 'money' && !isDate(field) && !isRate(field)) return null;
  const plain = { ...PLAIN, scale: kind === 'rate' ? 'fraction' : 'whole' } as const;
  return { place, number: unit?.kind === 'number' ? unit : plain, dates: unit?.kind === 'date' ? unit : PLAIN_DATE };
}

function doubtOf(
  { place: { field, column }, number, dates }: Judged,
  cells: readonly string[],
  factor: RateFactor | null,
): string | null {
  if (cells.length < LEAST_CELLS) return isRate(field) ? fewRatesDoubt(field, column, number, cells) : null;
  if (isDate(field)) return dateDoubt(field, column, dates, cells);
  if (field.kind === 'money') return moneyDoubt(field, column, number, cells);
  return rateDoubt(field, column, number, cells, factor);
}

/** Counts over the whole file the rates of a column that are of a size of the other scale. */
class RateTally {
  private first: { readonly cell: string; readonly value: bigint; readonly row: number }[] = [];
  private low = 0n;
  private high = -1n;
  private cells = 0;
  private strays = 0;
  /** The first row with one of them. */
  row: number | null = null;

  constructor(
    readonly place: FieldPlace,
    private readonly scale: RateScale,
  ) {}

  /** Takes a value of the first rows, by which it is known what is usual. */
  seeFirst(cell: string, value: FieldValue, row: number): void {
    if (typeof value === 'bigint') this.first.push({ cell, value, row });
  }

  /** The usual size is that of the first rows; what they hold is counted by it too. */
  settle(): void {
    const typical = median(this.first.flatMap(({ cell, value }) => (cell.endsWith('%') ? [] : [Number(value) / RATE])));
    const [low, high] = otherScale(typical, this.scale);
    if (typical > 0) [this.low, this.high] = [BigInt(Math.ceil(low * RATE)), BigInt(Math.floor(high * RATE))];
    for (const { cell, value, row } of this.first) this.see(cell, value, row);
    this.first = [];
  }

  /** Takes a value of the rows after them: cheap, since it is asked of every row. */
  see(cell: string, value: FieldValue, row: number): void {
    if (typeof value !== 'bigint') return;
    this.cells++;
    // A cell with a percent sign says itself what it is.
    if (value >= this.low && value <= this.high && value !== 0n && !cell.endsWith('%')) {
      this.strays++;
      this.row ??= row;
    }
  }

  said(): string | null {
    if (this.strays === 0 || this.cells < LEAST_CELLS) return null;
    const { scale, strays, cells } = this;
    const size = scale === 'percentage' ? 'smaller' : 'larger';
    return `is read as ${scale}s, but ${strays} of ${cells} cells are about a hundred times ${size} than the others`;
  }

  /** Whether they are more than slips in single rows. */
  get many(): boolean {
    return this.strays * SLIPS >= this.cells;
  }
}

/** One of so many cells is no slip. */
const SLIPS = 20;

/** Rows of a sample that is taken from all but the first ones; when it is full every second of them goes. */
const MOST_SAMPLED = 400;

/** Rows that are judged together: a file put together from two is of one writing in most such parts. */
const PART = 100;

interface Sampled extends RowSizes {
  /** In the order of the judged columns. */
  readonly cells: readonly string[];
}

/** What is said of a column, with a row that shows it. */
interface Said {
  readonly said: string;
  readonly row: number | null;
  /** Whether figures would be taken a hundred times too large or too small all the same. */
  readonly grave: boolean;
}

/**
 * Judges over the whole file whether columns are written as they are read: a file whose rates were percentages and are
 * fractions now, whose amounts are cents, or whose days and months changed places, reads without an unreadable cell and is
 * wrong all the same. The first rows are looked at whole, of the others a sample over the whole length; rates of another
 * size, and decimals among cents, are counted in every row.
 */
export class UnitCheck {
  private readonly judged: readonly Judged[];
  private readonly tallies: readonly RateTally[];
  private readonly sizes: SizeCheck;
  /** Columns read as cents, while none of their cells has decimals. */
  private cents: FieldPlace[];
  private readonly decimals = new Map<FieldPlace, string>();
  private readonly first: Sampled[] = [];
  private sample: Sampled[] = [];
  private stride = 1;
  private untilSample = 1;
  private seen = 0;

  /** @param confirmed whether a person confirmed the units that columns have */
  constructor(
    { places }: Pick<TapeHeader, 'places'>,
    assetClass: AssetClass,
    private readonly confirmed: boolean,
    private readonly log: FindingLog,
  ) {
    this.judged = places.map(judgedOf).filter((one) => one !== null);
    this.sizes = new SizeCheck(assetClass, places);
    this.tallies = this.judged.flatMap(({ place, number: { scale } }) =>
      isRate(place.field) && (scale === 'fraction' || scale === 'percentage') ? [new RateTally(place, scale)] : [],
    );
    this.cents = this.judged.filter(({ number }) => number.scale === 'cents').map(({ place }) => place);
  }

  /** Takes one row. @param values what was read of it, by slot */
  see(cells: readonly (string | null)[], row: number, values: readonly FieldValue[]): void {
    if (this.cents.length > 0) this.seeCents(cells);
    if (this.seen++ < HEAD_RECORDS) {
      this.first.push(this.sampled(cells, row, values));
      for (const tally of this.tallies)
        tally.seeFirst(cells[tally.place.at] ?? '', values[tally.place.slot] ?? null, row);
      if (this.seen === HEAD_RECORDS) for (const tally of this.tallies) tally.settle();
      return;
    }
    for (const tally of this.tallies) tally.see(cells[tally.place.at] ?? '', values[tally.place.slot] ?? null, row);
    if (--this.untilSample === 0) this.keep(this.sampled(cells, row, values));
  }

  /** Tells what the whole file shows, once a column. */
  finish(): void {
    if (this.seen < HEAD_RECORDS) for (const tally of this.tallies) tally.settle();
    const found = new Map<FieldPlace, Said>();
    this.judged.forEach((one, index) => {
      const said = this.saidOf(one, index);
      if (said !== null) found.set(one.place, said);
    });
    for (const rows of this.parts()) {
      for (const { place, row, said } of this.sizes.doubts(rows, new Set(found.keys())))
        if (!found.has(place)) found.set(place, { said, row, grave: true });
    }
    for (const [place, said] of found) {
      this.tell(place, said, said.grave && !(this.confirmed && place.unit !== null));
    }
  }

  private tell(place: FieldPlace, { said, row }: Said, inDoubt: boolean): void {
    const { column, field } = place;
    const index = this.judged.findIndex((one) => one.place === place);
    const value = [...this.first, ...this.sample].find((one) => one.row === row)?.cells[index] ?? null;
    const example = row === null || value === null ? '' : `; row ${row} reads ${value}`;
    if (inDoubt) {
      const message = `${column} ${said}${example}`;
      this.log.add({ row, column, value, rule: 'unit-in-doubt', message, remedy: REMEDIES[field.kind] ?? LOOK });
    } else {
      const shown = value ?? cellsOf(this.first, index)[0] ?? null;
      const message = `${column} ${said}`;
      this.log.add({ row: null, column, value: shown, rule: 'unit-differs', message, remedy: LOOK });
    }
  }

  /** The first rows, then what was sampled of the others, in their order. */
  private *parts(): Generator<readonly Sampled[]> {
    yield this.first;
    for (let at = 0; at < this.sample.length; at += PART) yield this.sample.slice(at, at + PART);
  }

  private saidOf(one: Judged, index: number): Said | null {
    // Dates that changed places give no figure a hundred times too large.
    const grave = !isDate(one.place.field) && this.decimals.get(one.place) === undefined;
    const cells = cellsOf(this.first, index);
    const ofFirst = doubtOf(one, cells, this.sizes.rateFactor(this.first, one.place));
    if (ofFirst !== null) return { said: ofFirst, row: rowOf(this.first, index), grave };
    const decimals = this.decimals.get(one.place);
    if (decimals !== undefined) return { said: decimals, row: null, grave: false };
    const tally = this.tallies.find(({ place }) => place === one.place);
    const counted = tally?.said() ?? null;
    if (tally !== undefined && counted !== null) return { said: counted, row: tally.row, grave: tally.many };
    for (let at = 0; at < this.sample.length; at += PART) {
      const part = this.sample.slice(at, at + PART);
      const said = doubtOf(one, cellsOf(part, index), this.sizes.rateFactor(part, one.place));
      if (said === null) continue;
      return { said: `${said} (rows ${part[0]?.row} to ${part.at(-1)?.row})`, row: rowOf(part, index), grave };
    }
    return null;
  }

  private seeCents(cells: readonly (string | null)[]): void {
    const found = this.cents.filter(({ at }) => DECIMALS.test(cells[at] ?? ''));
    if (found.length === 0) return;
    for (const place of found) this.decimals.set(place, SAID_OF_CENTS);
    this.cents = this.cents.filter((place) => !found.includes(place));
  }

  private sampled(cells: readonly (string | null)[], row: number, values: readonly FieldValue[]): Sampled {
    // What is kept to the end must not hold on to the file.
    const kept = this.judged.map(({ place }) => detached(cells[place.at] ?? ''));
    return { ...this.sizes.sizesOf(row, values), cells: kept };
  }

  private keep(one: Sampled): void {
    this.sample.push(one);
    if (this.sample.length === MOST_SAMPLED) {
      this.sample = this.sample.filter((_, index) => index % 2 === 0);
      this.stride *= 2;
    }
    this.untilSample = this.stride;
  }
}

const LOOK = 'look at the column; where the servicer changed how it writes it, propose and confirm a new mapping';

/** What decides a unit that nobody confirmed. */
const REMEDIES: Partial<Record<Field['kind'], string>> = {
  money:
    'propose a mapping of the columns, set "scale" of every amount column to what it is ("cents", "thousands", or "whole" where the amounts really are so), and confirm it',
  rate: 'propose a mapping of the columns, set "scale" of the rates to what they are ("percentage" or "fraction"), and confirm it',
};

const cellsOf = (rows: readonly Sampled[], index: number): string[] =>
  rows.map(({ cells }) => cells[index] ?? '').filter((cell) => !isAbsent(cell));

/** The first row whose cell says something. */
const rowOf = (rows: readonly Sampled[], index: number): number | null =>
  rows.find(({ cells }) => !isAbsent(cells[index] ?? ''))?.row ?? null;
