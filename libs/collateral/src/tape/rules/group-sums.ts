import { isAbsent } from '../cells.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import type { ReadRow } from '../loan-record.js';
import type { SourceRecord } from '../source/source.js';
import { plainLabel } from './totals-words.js';

/** Different texts from which on a column names no groups. */
const MOST_GROUPS = 500;

type Sums = Map<number, bigint>;

/** What amounts come to by what the texts of a row say: what a total of a group is held against. */
export class GroupSums {
  /** By index of the column, sums by slot of each of its texts. */
  private readonly columns: Map<number, Map<string, Sums>>;
  private readonly money: readonly FieldPlace[];

  /** @param keyed indices of the cells of the loan key: they name no group */
  constructor({ places, columns }: TapeHeader, keyed: ReadonlySet<number>) {
    this.money = places.filter(({ field }) => field.kind === 'money');
    const kinds = new Map(places.map(({ at, field }) => [at, field.kind]));
    const texts = columns.map((_, at) => at).filter((at) => !keyed.has(at) && (kinds.get(at) ?? 'text') === 'text');
    this.columns = new Map(texts.map((at) => [at, new Map()]));
  }

  /** Adds a loan. */
  add({ values }: ReadRow, cells: SourceRecord['cells']): void {
    for (const [at, groups] of this.columns) {
      const cell = cells[at] ?? '';
      if (isAbsent(cell)) continue;
      const name = plainLabel(cell);
      const sums = groups.get(name) ?? new Map<number, bigint>();
      groups.set(name, sums);
      if (groups.size > MOST_GROUPS) this.columns.delete(at);
      for (const { slot } of this.money) {
        const own = values[slot];
        if (typeof own === 'bigint') sums.set(slot, (sums.get(slot) ?? 0n) + own);
      }
    }
  }

  /** What an amount of the rows comes to of which some column says a name. */
  of(name: string, slot: number): bigint[] {
    return [...this.columns.values()].flatMap((groups) => {
      const sums = groups.get(name);
      return sums === undefined ? [] : [sums.get(slot) ?? 0n];
    });
  }
}
