import type { FieldPlace } from '../header.js';
import { CURRENCY } from '../mapping/convert.js';
import type { FieldValue } from '../row-reader.js';

/** Currencies that signs stand for where nothing else is said, and those that they may stand for. */
const SIGNS: Readonly<Record<string, { readonly currency: string; readonly mayBe: RegExp }>> = {
  $: { currency: 'USD', mayBe: /^(?:..D|MXN|ARS|CLP|COP|BRL)$/ },
  '€': { currency: 'EUR', mayBe: /^EUR$/ },
  '£': { currency: 'GBP', mayBe: /^..P$/ },
};

/** A currency beside an amount. */
export interface CurrencyMark {
  readonly place: FieldPlace;
  readonly currency: string;
  readonly cell: string;
  /** The currency that the row states elsewhere, where the mark is none of its signs. */
  readonly against: string | null;
}

const [ZERO, NINE] = [0x30, 0x39];
const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

/** How many of a column's amounts bear which currency. */
type MarksOf = ReadonlyMap<string, number>;

/**
 * Signs and codes of currencies beside amounts, and which of them a column is in as a whole: where most of its amounts bear
 * one, or the first row alone bears it in its amounts, as printed tables have it.
 */
export class CurrencyMarks {
  private readonly places: readonly FieldPlace[];
  private readonly bySlot = new Map<number, Map<string, number>>();
  /** What the first row bears in most of its amounts, when they are more than one. */
  private first: string | null = null;
  private seen = 0;

  constructor(places: readonly FieldPlace[]) {
    // Only what is converted may have signs: they make any other cell no number.
    this.places = places.filter(({ field, convert }) => field.kind === 'money' && convert !== null);
  }

  /** Marks of a row. @param stated the currency that the row states */
  of(cells: readonly (string | null)[], values: readonly FieldValue[], stated: string | null): CurrencyMark[] {
    const marks: CurrencyMark[] = [];
    for (const place of this.places) {
      const cell = cells[place.at];
      if (!cell || (isDigit(cell.charCodeAt(0)) && isDigit(cell.charCodeAt(cell.length - 1)))) continue;
      const [mark] = cell.match(CURRENCY) ?? [];
      if (mark !== undefined) marks.push(this.mark(place, cell, mark.trim(), stated));
    }
    if (this.seen++ === 0) this.first = this.ofFirst(marks, values);
    return marks;
  }

  /** Currencies that whole columns are in. @param filled cells of a column that are not empty, by its slot */
  conventions(filled: (slot: number) => number): ReadonlySet<string> {
    const most = ([slot, marks]: readonly [number, MarksOf]): string[] =>
      [...marks].flatMap(([currency, count]) => (count * 2 >= filled(slot) ? [currency] : []));
    return new Set([...[...this.bySlot].flatMap(most), ...(this.first === null ? [] : [this.first])]);
  }

  private mark(place: FieldPlace, cell: string, sign: string, stated: string | null): CurrencyMark {
    const known = SIGNS[sign];
    const fits = stated === null || (known === undefined ? sign === stated : known.mayBe.test(stated));
    // A sign of several currencies is of the one that the row states.
    const currency = stated !== null && fits ? stated : (known?.currency ?? sign);
    const counts = this.bySlot.get(place.slot) ?? new Map<string, number>();
    this.bySlot.set(place.slot, counts.set(currency, (counts.get(currency) ?? 0) + 1));
    return { place, currency, cell, against: fits ? null : stated };
  }

  private ofFirst(marks: readonly CurrencyMark[], values: readonly FieldValue[]): string | null {
    const amounts = this.places.filter(({ slot }) => (values[slot] ?? null) !== null).length;
    const [mark] = marks;
    const alike = marks.filter(({ currency }) => currency === mark?.currency).length;
    return mark !== undefined && alike > 1 && alike * 2 > amounts ? mark.currency : null;
  }
}
