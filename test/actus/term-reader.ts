import { type Cycle, type Moment, parseMoment, type Period } from '@weir/collateral';
import { TermUnreadable } from './errors.js';

/** A JSON value whose numbers were kept as they were printed. */
export type Raw = string | boolean | null | Raw[] | { [name: string]: Raw };

const FORM_OF_CYCLE = /^P?(\d+)([DWMQHY])(?:L([01])|([+-]))?$/;
const DAYS_OF_UNIT: Record<string, number> = { D: 1, W: 7 };
const MONTHS_OF_UNIT: Record<string, number> = { M: 1, Q: 3, H: 6, Y: 12 };

function cycleOf(term: string, text: string): Cycle {
  const found = FORM_OF_CYCLE.exec(text);
  if (!found) throw new TermUnreadable(term, text, 'a cycle is like P1ML1');
  const [, count, unit = '', stub, sign] = found;
  const days = DAYS_OF_UNIT[unit];
  const period: Period =
    days === undefined
      ? { count: Number(count) * (MONTHS_OF_UNIT[unit] as number), unit: 'month' }
      : { count: Number(count) * days, unit: 'day' };
  return { ...period, lastPeriod: stub === '0' || sign === '+' ? 'long' : 'short' };
}

/** Reads terms by their names in the ACTUS dictionary: numbers may be strings with blanks, lists may be single values. */
export class TermReader {
  private readonly read = new Set<string>();

  constructor(private readonly terms: { [name: string]: Raw }) {}

  /** Names of terms that nobody has read. */
  unread(): string[] {
    return Object.keys(this.terms).filter((name) => !this.read.has(name));
  }

  /** Marks terms that say nothing about the flows. */
  skip(names: readonly string[]): void {
    for (const name of names) this.read.add(name);
  }

  text(name: string): string | undefined {
    this.read.add(name);
    const value = this.terms[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object') throw new TermUnreadable(name, JSON.stringify(value), 'expected one value');
    const text = String(value).trim();
    return text === '' || text === 'null' || text === 'NULL' ? undefined : text;
  }

  required<V>(name: string, value: V | undefined): V {
    if (value === undefined) throw new TermUnreadable(name, '', 'the contract needs it');
    return value;
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : toNumber(name, text);
  }

  moment(name: string): Moment | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseMoment(text);
  }

  cycle(name: string): Cycle | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : cycleOf(name, text);
  }

  /** One of the keys of a table, in the table's words. */
  oneOf<V>(name: string, table: Record<string, V>): V | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = table[text.toUpperCase()];
    if (value === undefined) throw new TermUnreadable(name, text, `expected one of ${Object.keys(table).join(', ')}`);
    return value;
  }

  /** A list, given as one, as a single value, or as text like "[a, b]". */
  list(name: string): string[] {
    this.read.add(name);
    const value = this.terms[name];
    if (value === undefined || value === null || value === '') return [];
    const values = Array.isArray(value) ? value.map(String) : String(value).replace(/[[\]]/g, '').split(',');
    return values.map((item) => item.trim());
  }

  moments(name: string): Moment[] {
    return this.list(name).map(parseMoment);
  }

  numbers(name: string): number[] {
    return this.list(name).map((text) => toNumber(name, text));
  }

  cycles(name: string): Cycle[] {
    return this.list(name).map((text) => cycleOf(name, text));
  }
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new TermUnreadable(name, text, 'expected a number');
  return value;
}
