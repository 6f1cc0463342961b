import { isAbsent } from '../cells.js';
import type { FindingLog } from '../finding.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import type { ReadRow } from '../loan-record.js';
import type { TotalsMark } from '../mapping/mapping.js';
import type { MoneySums } from '../money-sums.js';
import type { SourceRecord } from '../source/source.js';
import { centsOf } from './stated-cents.js';
import type { TotalsRuns } from './totals-runs.js';
import { totalsLabel, type TotalsLabel } from './totals-words.js';

/** Rows from which on a balance that is the sum of all before it cannot be a loan's by chance. */
export const LEAST_ROWS = 3;

/** Kinds of what a loan's row states and a row of totals need not. */
const FACTS: ReadonlySet<string> = new Set(['rate', 'date', 'month', 'integer', 'score']);

type Cells = SourceRecord['cells'];

/** Finds rows that add up the others, all of them or a group: read as loans they would double the pool. */
export class TotalsRows {
  private readonly closing: FieldPlace | null;
  private readonly facts: readonly number[];
  /** Columns of texts, those that are no field among them. */
  private readonly texts: readonly number[];

  /** @param keyed indices of the cells of the loan key */
  constructor(
    private readonly header: TapeHeader,
    private readonly keyed: ReadonlySet<number>,
    private readonly runs: TotalsRuns,
    private readonly log: FindingLog,
  ) {
    const { places, columns } = header;
    this.closing = places.find(({ field }) => field.role === 'closing') ?? null;
    const isPeriod = ({ field: { role } }: FieldPlace): boolean => role === 'periodFrom' || role === 'periodTo';
    this.facts = places.filter((place) => FACTS.has(place.field.kind) && !isPeriod(place)).map(({ at }) => at);
    const kinds = new Map(places.map(({ at, field }) => [at, field.kind]));
    const isText = (kind = 'text'): boolean => kind === 'text' || kind === 'code';
    this.texts = columns.map((_, at) => at).filter((at) => isText(kinds.get(at)));
  }

  /**
   * Whether a cell names the row a total and the row is one: it says nothing but that, states no fact of a loan, or its
   * balance is that of rows above it. @param rows rows so far @param sums of the loans among them, by slot
   */
  named({ cells, row }: SourceRecord, rows: number, sums: MoneySums): boolean {
    const found = this.labelOf(cells);
    if (found === null || !this.isTotal(found, cells, rows, sums)) return false;
    const column = this.header.columns[found.at] ?? '';
    const cell = cells[found.at] ?? '';
    this.found(row, column, cell, `is a row of totals ("${cell}")`, { column, named: true });
    return true;
  }

  /** Whether the row's closing balance is that of the rows since the last total, or of all. @param sums the row's own included */
  adds({ row, values }: ReadRow, cells: Cells, rows: number, sums: MoneySums): boolean {
    if (this.closing === null || rows < LEAST_ROWS) return false;
    const { slot, column, at } = this.closing;
    const own = values[slot];
    if (typeof own !== 'bigint' || own <= 0n) return false;
    const all = sums.is(slot, own + own);
    const before = all ? 0n : this.runs.atLast(slot, rows, LEAST_ROWS);
    if (!all && (before === null || before === 0n || !sums.is(slot, own + own + before))) return false;
    const of = all ? `of the ${rows} rows before it` : 'of the rows since the last total';
    const said = `is a row of totals: its ${column} is that ${of} together`;
    this.found(row, column, cells[at] ?? null, said, { column, adds: true });
    return true;
  }

  private labelOf(cells: Cells): (TotalsLabel & { readonly at: number; readonly first: boolean }) | null {
    const first = cells.findIndex((cell) => cell !== null && !isAbsent(cell));
    const labelled = (at: number) => {
      const label = totalsLabel(cells[at] ?? '');
      return label === null ? null : { ...label, at, first: at === first };
    };
    const near = labelled(first) ?? firstOf(this.keyed, labelled);
    if (near !== null || (this.isKeyed(cells) && !this.isBare(cells))) return near;
    return firstOf(this.texts, labelled);
  }

  private isTotal(
    label: TotalsLabel & { readonly at: number; readonly first: boolean },
    cells: Cells,
    rows: number,
    sums: MoneySums,
  ): boolean {
    if (label.name === '' && label.first) return true;
    const isBare = this.isBare(cells);
    if (this.isKeyed(cells) && !this.keyed.has(label.at)) return isBare && this.agrees(cells, rows, sums, 2);
    if (label.certain || (isBare && this.facts.length > 0)) return true;
    return (this.facts.length === 0 && !/^\d/.test(label.name)) || this.agrees(cells, rows, sums, 1);
  }

  private isKeyed(cells: Cells): boolean {
    for (const at of this.keyed) if (!isAbsent(cells[at] ?? '')) return true;
    return false;
  }

  private isBare(cells: Cells): boolean {
    return this.facts.every((at) => isAbsent(cells[at] ?? ''));
  }

  private agrees(cells: Cells, rows: number, sums: MoneySums, least: number): boolean {
    const { closing } = this;
    const cents = closing === null ? null : centsOf(closing, cells[closing.at] ?? '');
    if (closing === null || cents === null || cents <= 0n) return false;
    return this.runs.of(closing.slot, rows, sums, least).some(({ sum }) => sum === cents);
  }

  private found(row: number, column: string | null, value: string | null, said: string, mark: TotalsMark): void {
    const decide = `say in the mapping how they are known: "totals": ${JSON.stringify(mark)}`;
    const remedy = `leave rows of totals out of the file, or ${decide}; this one counts as no loan`;
    this.log.add({ row, column, value, rule: 'totals-row', message: `row ${row} ${said}`, remedy });
  }
}

function firstOf<T>(places: Iterable<number>, of: (at: number) => T | null): T | null {
  for (const at of places) {
    const found = of(at);
    if (found !== null) return found;
  }
  return null;
}
