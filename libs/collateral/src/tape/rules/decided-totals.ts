import { formatMoney } from '@weir/money';
import { isAbsent, readMoney } from '../cells.js';
import type { FindingLog } from '../finding.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import type { TotalsMark } from '../mapping/mapping.js';
import type { MoneySums } from '../money-sums.js';
import type { SourceRecord } from '../source/source.js';
import { LEAST_ROWS } from './totals-row.js';

/** A text as it is compared: a totals row of next month may write it in another case, or without the colon. */
const plain = (text: string): string => text.trim().replace(/\s*:$/, '').toLowerCase();

/** An amount that a row of totals states. */
interface Stated {
  readonly row: number;
  readonly place: FieldPlace;
  readonly cents: bigint;
}

/**
 * Leaves out the rows that a person said are totals, and holds their amounts against the sums of the loans: of all before
 * the row, of those since the last such row (a subtotal), or of the whole file where the row stands above all loans.
 */
export class DecidedTotals {
  private readonly at: number | undefined;
  private readonly says: ReadonlySet<string>;
  private readonly money: readonly FieldPlace[];
  /** The column whose sum tells the row; null where a text does. */
  private readonly summed: FieldPlace | null;
  private readonly sumsAtLast = new Map<number, bigint>();
  /** Amounts of rows above all loans. */
  private readonly above: Stated[] = [];

  constructor(
    header: TapeHeader,
    mark: TotalsMark,
    private readonly log: FindingLog,
  ) {
    this.at = header.at(mark.column);
    this.money = header.places.filter(({ field }) => field.kind === 'money');
    this.says = new Set('says' in mark ? mark.says.map(plain) : []);
    this.summed = 'says' in mark ? null : (this.money.find(({ column }) => column === mark.column) ?? null);
  }

  /**
   * Whether the row is one of totals: then it is told, checked and no loan.
   * @param rows rows of loans so far @param sums of the money fields over them, by slot
   */
  skips(record: SourceRecord, rows: number, sums: MoneySums): boolean {
    if (!this.marks(record, rows, sums)) return false;
    const { row, cells } = record;
    const message = `row ${row} is a row of totals, as the mapping says, and was left out`;
    const remedy = 'nothing: its amounts are held against the sums of the loans';
    const value = this.at === undefined ? null : (cells[this.at] ?? null);
    this.log.add({ row, column: null, value, rule: 'totals-skipped', message, remedy });
    for (const stated of this.statedIn(record)) {
      if (rows === 0) this.above.push(stated);
      else this.check(stated, sums);
    }
    for (const { slot } of this.money) this.sumsAtLast.set(slot, sums.of(slot));
    return true;
  }

  /** Checks what stands above all loans. @param sums over the whole file */
  finish(sums: MoneySums): void {
    for (const stated of this.above) this.compare(stated, sums.of(stated.place.slot), 'all rows');
  }

  private marks({ cells }: SourceRecord, rows: number, sums: MoneySums): boolean {
    if (this.at === undefined) return false;
    const cell = cells[this.at] ?? '';
    if (this.summed === null) return this.says.has(isAbsent(cell) ? '' : plain(cell));
    const cents = rows < LEAST_ROWS ? null : centsOf(this.summed, cell);
    return cents !== null && cents > 0n && sums.is(this.summed.slot, cents);
  }

  private statedIn({ row, cells }: SourceRecord): Stated[] {
    return this.money.flatMap((place) => {
      const cents = centsOf(place, cells[place.at] ?? '');
      return cents === null ? [] : [{ row, place, cents }];
    });
  }

  private check(stated: Stated, sums: MoneySums): void {
    const { slot } = stated.place;
    const before = sums.of(slot);
    if (before - (this.sumsAtLast.get(slot) ?? 0n) !== stated.cents) this.compare(stated, before, 'the rows before it');
  }

  private compare({ row, place: { column }, cents }: Stated, sum: bigint, of: string): void {
    if (cents === sum) return;
    const message = `row ${row}: ${column} totals ${formatMoney(cents)}, and ${of} come to ${formatMoney(sum)}: a difference of ${formatMoney(cents - sum)}`;
    const remedy = 'ask the servicer which loans the total is of; the difference is shown and never scaled away';
    this.log.add({ row, column, value: formatMoney(cents), rule: 'totals-differ', message, remedy });
  }
}

function centsOf({ convert }: FieldPlace, cell: string): bigint | null {
  if (isAbsent(cell)) return null;
  const written = convert === null ? cell : convert(cell);
  return written === null ? null : (readMoney(written)?.cents ?? null);
}
