import { counted } from '../counted.js';
import { detached } from '../detached.js';
import { FINDINGS_KEPT_PER_RULE, type FindingLog } from '../finding.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import { CURRENCY } from '../mapping/convert.js';
import type { FieldValue } from '../row-reader.js';

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

/** Currencies by their signs. */
const SIGNS: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP' };

const [ZERO, NINE] = [0x30, 0x39];
const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

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

/**
 * A tape has one currency: its amounts are added up. Rows of another are found by the field that states it, and by signs
 * and codes beside amounts.
 */
export class CurrencyCheck {
  private readonly denomination: FieldPlace | null;
  private readonly marked: readonly FieldPlace[];
  private readonly stated = new ByCurrency();
  private readonly marks = new ByCurrency();
  private rows = 0;

  constructor(
    { places }: Pick<TapeHeader, 'places'>,
    private readonly log: FindingLog,
  ) {
    this.denomination = places.find(({ field }) => field.role === 'currency') ?? null;
    // Only what is converted may have signs: they make any other cell no number.
    this.marked = places.filter(({ field, convert }) => field.kind === 'money' && convert !== null);
  }

  /** Takes one row. @param values what was read of it, by slot */
  see(cells: readonly (string | null)[], row: number, values: readonly FieldValue[]): void {
    const { denomination } = this;
    this.rows++;
    const currency = denomination === null ? null : values[denomination.slot];
    if (denomination !== null && typeof currency === 'string') {
      this.stated.add(currency.toUpperCase(), row, denomination.column, currency);
    }
    for (const { at, column } of this.marked) {
      const cell = cells[at];
      if (!cell || (isDigit(cell.charCodeAt(0)) && isDigit(cell.charCodeAt(cell.length - 1)))) continue;
      const [mark] = cell.match(CURRENCY) ?? [];
      if (mark !== undefined) this.marks.add(SIGNS[mark.trim()] ?? mark.trim(), row, column, cell);
    }
  }

  /** Tells what is in another currency than most that state one; of two that as many state, both. @returns those rows */
  finish(): ReadonlySet<number> {
    const rows = new Set<number>();
    for (const by of [this.stated.sorted(), this.marks.sorted()]) {
      const [first, second] = by.map(([, { rows: own }]) => own.length);
      const others = first === second ? by : by.slice(1);
      const counts = this.countsOf(by);
      for (const [currency, own] of second === undefined ? [] : others) {
        for (const row of own.rows) rows.add(row);
        for (const place of own.places) this.tell(place, currency, counts);
      }
    }
    return rows;
  }

  /** How many rows are in each currency, and how many say none. */
  private countsOf(by: readonly (readonly [string, InCurrency])[]): string {
    const inEach = by.map(([currency, { rows }]) => `${rows.length} in ${currency}`);
    const saying = new Set(by.flatMap(([, { rows }]) => rows)).size;
    const silent = saying < this.rows ? [`${this.rows - saying} in none that is stated`] : [];
    return `of ${counted(this.rows, 'row')}, ${[...inEach, ...silent].join(', ')}`;
  }

  private tell({ row, column, value }: Stated, currency: string, counts: string): void {
    const message = `row ${row} is in ${currency} (${counts}): amounts of two currencies do not add up`;
    const remedy = 'correct the currency, or hand in the loans of each currency as a tape of its own';
    this.log.add({ row, column, value, rule: 'currency-differs', message, remedy });
  }
}
