import { counted } from '../counted.js';
import { detached } from '../detached.js';
import { FINDINGS_KEPT_PER_RULE, type FindingLog, type FindingWeight } from '../finding.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import type { FieldValue } from '../row-reader.js';
import { type CurrencyMark, CurrencyMarks } from './currency-marks.js';

/** Where a currency was stated. */
interface Stated {
  readonly row: number;
  readonly column: string;
  readonly value: string;
}

/** Rows in one currency. */
interface InCurrency {
  /** Each row once, as they come. */
  readonly rows: number[];
  /** The first places, as many as findings are kept. */
  readonly places: Stated[];
}

/** Rows by what one kind of statement says that their currency is. */
class ByCurrency {
  private readonly known = new Map<string, InCurrency>();

  add(currency: string, row: number, column: string, value: string): void {
    let own = this.known.get(currency);
    if (own === undefined) this.known.set(detached(currency), (own = { rows: [], places: [] }));
    if (own.rows.at(-1) !== row) own.rows.push(row);
    if (own.places.length < FINDINGS_KEPT_PER_RULE) own.places.push({ row, column, value: detached(value) });
  }

  /** The currency of most rows, and those of the others; the first of those that tie. */
  sorted(): [currency: string, InCurrency][] {
    return [...this.known].sort(([, a], [, b]) => b.rows.length - a.rows.length);
  }
}

/** A row whose mark contradicts what it states. */
interface Contradiction extends Stated {
  readonly currency: string;
  readonly against: string;
}

/** Rows up to which a mark among amounts that bear none is a slip of single cells, and no way of writing: one in so many. */
const SLIPS = 10;

/**
 * A tape has one currency: its amounts are added up. Rows of another are found by the field that states it, and by signs
 * and codes beside amounts: against that field, against those of most amounts, and against amounts that bear none.
 */
export class CurrencyCheck {
  private readonly denomination: FieldPlace | null;
  private readonly marked: CurrencyMarks;
  private readonly stated = new ByCurrency();
  /** By rows that state no currency elsewhere. */
  private readonly marks = new ByCurrency();
  private readonly contradictions: Contradiction[] = [];
  private readonly contradicting = new Set<number>();
  private rows = 0;

  constructor(
    { places }: Pick<TapeHeader, 'places'>,
    private readonly log: FindingLog,
  ) {
    this.denomination = places.find(({ field }) => field.role === 'currency') ?? null;
    this.marked = new CurrencyMarks(places);
  }

  /** Takes one row. @param values what was read of it, by slot */
  see(cells: readonly (string | null)[], row: number, values: readonly FieldValue[]): void {
    const { denomination } = this;
    this.rows++;
    const read = denomination === null ? null : (values[denomination.slot] ?? null);
    const currency = typeof read === 'string' ? read.toUpperCase() : null;
    if (denomination !== null && currency !== null) {
      this.stated.add(currency, row, denomination.column, cells[denomination.at] ?? currency);
    }
    for (const mark of this.marked.of(cells, values, currency)) this.seeMark(mark, row, currency);
  }

  /**
   * Tells what is in another currency than most that state one; of two that as many state, both; and what alone bears one.
   * @param missing cells that state no value, by slot @returns the rows that are blocked
   */
  finish(missing: ArrayLike<number>): ReadonlySet<number> {
    const blocked = new Set<number>();
    const tell = (by: Told, own: InCurrency, currency: string, weight: FindingWeight): void => {
      if (weight === 'blocks') for (const row of own.rows) blocked.add(row);
      for (const place of own.places) this.tell(place, `is in ${currency} (${this.countsOf(by)})`, weight);
    };
    const stated = this.stated.sorted();
    for (const [currency, own] of othersOf(stated)) tell(stated, own, currency, 'blocks');
    const marks = this.marks.sorted();
    const conventions = this.marked.conventions((slot) => this.rows - (missing[slot] ?? 0));
    // Most amounts bear none, and no column does as a whole.
    const bare = conventions.size === 0 && this.silentOf(marks) > (marks[0]?.[1].rows.length ?? 0);
    for (const [currency, own] of strayOf(marks, conventions, bare)) {
      const few = own.rows.length <= Math.max(1, this.rows / SLIPS);
      tell(marks, own, currency, bare && !few ? 'warns' : 'blocks');
    }
    for (const row of this.contradicting) blocked.add(row);
    for (const { currency, against, ...place } of this.contradictions) {
      this.tell(place, `bears ${currency}, and the row states ${against}`, 'blocks');
    }
    return blocked;
  }

  private seeMark(
    { place: { column }, currency, cell, against }: CurrencyMark,
    row: number,
    stated: string | null,
  ): void {
    if (stated === null) return this.marks.add(currency, row, column, cell);
    if (against === null) return;
    this.contradicting.add(row);
    if (this.contradictions.length >= FINDINGS_KEPT_PER_RULE) return;
    this.contradictions.push({ row, column, value: detached(cell), currency: detached(currency), against });
  }

  /** How many rows are in each currency, and how many say none. */
  private countsOf(by: Told): string {
    const inEach = by.map(([currency, { rows }]) => `${rows.length} in ${currency}`);
    const silent = this.silentOf(by);
    const none = silent > 0 ? [`${silent} in none that is stated`] : [];
    return `of ${counted(this.rows, 'row')}, ${[...inEach, ...none].join(', ')}`;
  }

  private silentOf(by: Told): number {
    return this.rows - new Set(by.flatMap(([, { rows }]) => rows)).size;
  }

  private tell({ row, column, value }: Stated, said: string, weight: FindingWeight): void {
    const message = `row ${row} ${said}: amounts of two currencies do not add up`;
    const remedy =
      'correct the currency, or hand in the loans of each currency as a tape of its own; where every amount is in it, let all or none bear it';
    this.log.add({ row, column, value, rule: 'currency-differs', weight, message, remedy });
  }
}

type Told = readonly (readonly [string, InCurrency])[];

/** All but that of most rows; all of them where the first two are of as many. */
function othersOf(by: Told): Told {
  const [first, second] = by.map(([, { rows }]) => rows.length);
  if (second === undefined) return [];
  return first === second ? by : by.slice(1);
}

/** Marks that are not those of the columns; where most amounts bear none, every one. */
function strayOf(by: Told, conventions: ReadonlySet<string>, bare: boolean): Told {
  if (bare) return by;
  return conventions.size === 1 ? by.filter(([currency]) => !conventions.has(currency)) : othersOf(by);
}
