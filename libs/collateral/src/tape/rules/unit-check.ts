import { isAbsent } from '../cells.js';
import { detached } from '../detached.js';
import type { FindingLog } from '../finding.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import type { AssetClass } from '../model/field.js';
import type { FieldValue } from '../row-reader.js';
import { HEAD_RECORDS } from '../source/source.js';
import { CentsTally } from './cents-tally.js';
import { RateTally } from './rate-tally.js';
import { type RowSizes, SizeCheck, type SizeDoubt } from './size-check.js';
import { differsBy, doubtOf, isDate, isRate, type Judged, judgedOf } from './unit-doubts.js';
import { awayOf, isStated, unitRemedy } from './unit-statement.js';

/** Rows of a sample that is taken from all but the first ones; when it is full every second of them goes. */
const MOST_SAMPLED = 400;

/** Rows that are judged together: a file put together from two is of one writing in most such parts. */
const PART = 100;

interface Sampled extends RowSizes {
  /** In the order of the judged columns. */
  readonly cells: readonly string[];
}

/** What is said of a column, with the first cell that shows it. */
interface Said {
  readonly said: string;
  readonly row: number | null;
  readonly value: string | null;
  /** Whether figures would be taken a hundred times too large or too small all the same. */
  readonly grave: boolean;
  /** Cells by which it is said, to hold what a person stated against. */
  readonly cells: readonly string[];
}

/**
 * Judges over the whole file whether columns are written as they are read: a file whose rates were percentages and are
 * fractions now, whose amounts are cents, or whose days and months changed places, reads without an unreadable cell and is
 * wrong all the same. The first rows are looked at whole, of the others a sample over the whole length; rates of another
 * size, and decimals among cents, are counted in every row. What would take figures a hundred times too large or too small
 * blocks the file, whoever confirmed its mapping, until the mapping states the unit of the column for cells of such a size.
 */
export class UnitCheck {
  private readonly judged: readonly Judged[];
  private readonly rates: readonly RateTally[];
  private readonly cents: readonly CentsTally[];
  private readonly sizes: SizeCheck;
  private readonly first: Sampled[] = [];
  private sample: Sampled[] = [];
  private stride = 1;
  private untilSample = 1;
  private seen = 0;

  /** @param mapped whether a mapping says the units, and no standard */
  constructor(
    { places }: Pick<TapeHeader, 'places'>,
    assetClass: AssetClass,
    mapped: boolean,
    private readonly log: FindingLog,
  ) {
    this.judged = places.map((place) => judgedOf(place, mapped)).filter((one) => one !== null);
    this.sizes = new SizeCheck(assetClass, places, mapped);
    this.rates = this.judged.flatMap(({ place, number: { scale } }) =>
      isRate(place.field) && (scale === 'fraction' || scale === 'percentage') ? [new RateTally(place, scale, log)] : [],
    );
    this.cents = this.judged.filter(({ number }) => number.scale === 'cents').map(({ place }) => new CentsTally(place));
  }

  /** Takes one row. @param values what was read of it, by slot */
  see(cells: readonly (string | null)[], row: number, values: readonly FieldValue[]): void {
    for (const tally of this.cents) tally.see(cells, row);
    if (this.seen++ < HEAD_RECORDS) {
      this.first.push(this.sampled(cells, row, values));
      for (const tally of this.rates)
        tally.seeFirst(cells[tally.place.at] ?? '', values[tally.place.slot] ?? null, row);
      if (this.seen === HEAD_RECORDS) for (const tally of this.rates) tally.settle();
      return;
    }
    for (const tally of this.rates) tally.see(cells[tally.place.at] ?? '', values[tally.place.slot] ?? null, row);
    if (--this.untilSample === 0) this.keep(this.sampled(cells, row, values));
  }

  /** Tells what the whole file shows, once a column. */
  finish(): void {
    if (this.seen < HEAD_RECORDS) for (const tally of this.rates) tally.settle();
    const found = this.judged.map((one, index) => ({ one, said: [...this.saidOf(one, index)] }));
    for (const rows of this.parts()) {
      const doubted = found.filter(({ one, said }) => openOf(one, said) !== undefined).map(({ one }) => one.place);
      for (const doubt of this.sizes.doubts(rows, new Set(doubted)))
        found.find(({ one }) => one.place === doubt.place)?.said.push(this.saidBySize(doubt, rows));
    }
    for (const { one, said } of found) this.tell(one, said);
  }

  private tell(one: Judged, all: readonly Said[]): void {
    const { column } = one.place;
    const open = openOf(one, all);
    const told = open ?? all[0];
    if (told === undefined) return;
    const { said, row, value, grave, cells } = told;
    const example = row === null || value === null ? '' : `; row ${row} reads ${value}`;
    const message = `${column} ${said}${example}`;
    if (open !== undefined) {
      this.log.add({ row, column, value, rule: 'unit-in-doubt', message, remedy: unitRemedy(one, cells) });
      return;
    }
    const stated = grave ? ', and the mapping states that it is so' : '';
    this.log.add({ row, column, value, rule: 'unit-differs', message: `${message}${stated}`, remedy: LOOK });
  }

  /** The first rows, then what was sampled of the others, in their order. */
  private *parts(): Generator<readonly Sampled[]> {
    yield this.first;
    for (let at = 0; at < this.sample.length; at += PART) yield this.sample.slice(at, at + PART);
  }

  private *saidOf(one: Judged, index: number): Generator<Said> {
    // Dates that changed places give no figure a hundred times too large.
    const grave = !isDate(one.place.field);
    const counted = this.counted(one, cellsOf(this.first, index));
    let isFirst = true;
    for (const part of this.parts()) {
      const cells = cellsOf(part, index);
      const unsigned = part.filter((row) => !(row.cells[index] ?? '').endsWith('%'));
      const evidence = {
        payments: this.sizes.rateFactor(unsigned, one.place),
        interest: this.sizes.interestFactor(unsigned, one.place),
      };
      const doubt = doubtOf(one, cells, evidence) ?? awayOf(one, cells);
      const where = isFirst ? '' : ` of rows ${part[0]?.row} to ${part.at(-1)?.row}`;
      if (doubt !== null) yield { ...shownBy(one, index, part, doubt, where), grave };
      else if (isFirst && counted !== null) yield counted;
      isFirst = false;
    }
  }

  /** What was counted over the whole file. @param cells the first */
  private counted({ place }: Judged, cells: readonly string[]): Said | null {
    const of = (tally: { readonly place: FieldPlace }): boolean => tally.place === place;
    const [rates, cents] = [this.rates.find(of), this.cents.find(of)];
    const said = rates?.said() ?? cents?.said() ?? null;
    const { row = null, value = null } = rates?.stray ?? cents?.first ?? {};
    return said === null ? null : { said, row, value, grave: (rates ?? cents)?.many ?? false, cells };
  }

  private saidBySize({ place, row, said, differing, of }: SizeDoubt, rows: readonly Sampled[]): Said {
    const index = this.judged.findIndex((one) => one.place === place);
    const value = rows.find((one) => one.row === row)?.cells[index] ?? null;
    return {
      ...{ said: `${said} (${differing} of ${of} rows looked at)`, row, value },
      ...{ grave: true, cells: cellsOf(rows, index) },
    };
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

/** The first of what would make figures wrong and is not stated to be so. */
const openOf = ({ place }: Judged, all: readonly Said[]): Said | undefined =>
  all.find(({ grave, cells }) => grave && !isStated(place, cells));

/** What is said of a column with the first cell that differs, and how many do. */
function shownBy(
  one: Judged,
  index: number,
  part: readonly Sampled[],
  said: string,
  where: string,
): Omit<Said, 'grave'> {
  const cells = cellsOf(part, index);
  const differs = differsBy(one, cells);
  const differing = part.filter((row) => !isAbsent(row.cells[index] ?? '') && differs(row.cells[index] ?? ''));
  const { row = null, cells: own = [] } = differing[0] ?? {};
  const count = `${differing.length} of ${cells.length} cells looked at${where}`;
  return { said: `${said} (${count})`, row, value: own[index] ?? null, cells };
}

const LOOK = 'look at the column; where the servicer changed how it writes it, propose and confirm a new mapping';

const cellsOf = (rows: readonly Sampled[], index: number): string[] =>
  rows.map(({ cells }) => cells[index] ?? '').filter((cell) => !isAbsent(cell));
