import { formatMoney } from '@weir/money';
import { isAbsent } from '../cells.js';
import { FINDINGS_KEPT_PER_RULE, type FindingLog } from '../finding.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import type { ReadRow } from '../loan-record.js';
import type { TotalsMark } from '../mapping/mapping.js';
import type { Role } from '../model/field.js';
import type { MoneySums } from '../money-sums.js';
import type { SourceRecord } from '../source/source.js';
import { GroupSums } from './group-sums.js';
import { centsOf } from './stated-cents.js';
import { LEAST_ROWS } from './totals-row.js';
import type { TotalsRuns } from './totals-runs.js';
import { plainLabel, totalsLabel } from './totals-words.js';

/** What an amount of a row of totals may be the sum of. */
interface Held {
  readonly sum: bigint;
  readonly of: string;
}

/** An amount of a row of totals that no rows above it come to. */
interface Apart {
  readonly row: number;
  readonly place: FieldPlace;
  readonly cents: bigint;
  readonly cell: string;
  /** What the total is of, as the row says. */
  readonly name: string;
  readonly held: readonly Held[];
  /** Whether a person accepted that it differs. */
  readonly accepted: boolean;
}

/** How a row is known by one mark. */
interface Known {
  readonly at: number;
  readonly column: string;
  readonly accepted: boolean;
  marks(cell: string, rows: number, sums: MoneySums): boolean;
}

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

/**
 * Leaves out the rows that a person said are totals, and holds their amounts against the sums of the loans: since the last
 * such row or one before it (a subtotal), of all before the row, of the group that it names, or of the whole file.
 */
export class DecidedTotals {
  private readonly money: readonly FieldPlace[];
  private readonly known: readonly Known[];
  private readonly groups: GroupSums;
  private apart: Apart[] = [];
  private loans = 0;

  /** @param keyed indices of the cells of the loan key */
  constructor(
    header: TapeHeader,
    marks: readonly TotalsMark[],
    keyed: ReadonlySet<number>,
    private readonly runs: TotalsRuns,
    private readonly log: FindingLog,
  ) {
    this.money = header.places.filter(({ field }) => field.kind === 'money');
    this.groups = new GroupSums(header, keyed);
    this.known = marks.flatMap((mark) => {
      const at = header.at(mark.column);
      return at === undefined
        ? []
        : [{ at, column: mark.column, accepted: mark.mayDiffer === true, marks: this.test(mark) }];
    });
  }

  /**
   * Whether the row is one of totals: then it is told, checked and no loan.
   * @param rows rows of loans so far @param sums of the money fields over them, by slot
   */
  skips({ row, cells }: SourceRecord, rows: number, sums: MoneySums): boolean {
    const known = this.known.find(({ at, marks }) => marks(cells[at] ?? '', rows, sums));
    if (known === undefined) return false;
    const { at, column, accepted } = known;
    const value = cells[at] ?? null;
    const message = `row ${row} is a row of totals, as the mapping says, and was left out`;
    const remedy = 'nothing: its amounts are held against the sums of the loans';
    this.log.add({ row, column, value, rule: 'totals-skipped', message, remedy });
    const name = totalsLabel(value ?? '')?.name ?? '';
    for (const place of this.money) {
      const cell = cells[place.at] ?? '';
      const cents = centsOf(place, cell);
      if (cents !== null) this.check({ row, place, cents, cell, name, accepted, held: this.heldOf(place, rows, sums) });
    }
    this.runs.close(rows, sums);
    return true;
  }

  /** Adds a loan to what it is summed up with. */
  saw(read: ReadRow, cells: SourceRecord['cells']): void {
    this.loans++;
    this.groups.add(read, cells);
  }

  /** Tells what agrees with no rows above it, none below it and no group. @param sums over the whole file */
  finish(sums: MoneySums): void {
    for (const one of this.apart) this.compare(one, this.ofFile(one, sums));
    this.apart = [];
  }

  private test(mark: TotalsMark): Known['marks'] {
    if ('named' in mark) return (cell) => totalsLabel(cell) !== null;
    if ('says' in mark) {
      const says = new Set(mark.says.map(plainLabel));
      return (cell) => says.has(isAbsent(cell) ? '' : plainLabel(cell));
    }
    const summed = this.money.find(({ column }) => column === mark.column);
    return (cell, rows, sums) => {
      const cents = summed === undefined || rows < LEAST_ROWS ? null : centsOf(summed, cell);
      if (summed === undefined || cents === null || cents <= 0n) return false;
      const before = this.runs.atLast(summed.slot, rows, LEAST_ROWS);
      return sums.is(summed.slot, cents) || (before !== null && sums.is(summed.slot, cents + before));
    };
  }

  private heldOf({ slot }: FieldPlace, rows: number, sums: MoneySums): Held[] {
    const runs = this.runs.of(slot, rows, sums, 1);
    return runs.map(({ sum, all }) => ({ sum, of: all ? 'the rows before it' : 'the rows since a total above it' }));
  }

  private check(one: Apart): void {
    if (one.held.some(({ sum }) => sum === one.cents)) return;
    if (this.apart.length < FINDINGS_KEPT_PER_RULE) this.apart.push(one);
    else this.compare(one, []);
  }

  private ofFile({ name, place: { slot }, held }: Apart, sums: MoneySums): Held[] {
    const groups = name === '' ? [] : this.groups.of(name, slot).map((sum) => ({ sum, of: 'the rows of its group' }));
    if (groups.length > 0) return groups;
    // Above all loans it is of all of them.
    return held.length === 0 ? [{ sum: sums.of(slot), of: 'all rows' }] : [];
  }

  private compare(one: Apart, ofFile: readonly Held[]): void {
    const { row, place, cents, cell, held, accepted } = one;
    const off = ({ sum }: Held): bigint => size(sum - cents);
    const [nearest] = (ofFile.length > 0 ? [...ofFile] : [...held]).sort((a, b) => (off(a) < off(b) ? -1 : 1));
    if (nearest === undefined || nearest.sum === cents) return;
    const { sum, of } = nearest;
    const { column, field } = place;
    const isRounding = off(nearest) <= this.roundingOf(one);
    // A row that is blocked for itself may be what the sum lacks.
    const isWhole = this.log.blockedRows.size === 0;
    const blocks = isWhole && !accepted && !isRounding && !NO_SUMS.has(field.role);
    const message = `row ${row}: ${column} totals ${formatMoney(cents)}, and ${of} come to ${formatMoney(sum)}: a difference of ${formatMoney(cents - sum)}`;
    const remedy = blocks ? `${ASK}; ${ACCEPT}` : ASK;
    const weight = blocks ? 'blocks' : 'warns';
    this.log.add({ row, column, value: cell, rule: 'totals-differ', weight, message, remedy });
  }

  /** What a total may be off by, cents: the loans' amounts were rounded each by itself, and it may be to whole units. */
  private roundingOf({ place, cell }: Apart): bigint {
    const decimal = place.unit?.kind === 'number' ? place.unit.decimal : '.';
    return BigInt(Math.ceil(Math.sqrt(this.loans))) + (cell.includes(decimal) ? 0n : HALF_A_UNIT);
  }
}

const HALF_A_UNIT = 50n;

/** Amounts of which tables state a mean as often as a sum. */
const NO_SUMS: ReadonlySet<Role | null> = new Set<Role | null>(['payment', 'value', null]);

const ASK = 'ask the servicer which loans the total is of; the difference is shown and never scaled away';
const ACCEPT =
  'rows may be missing or changed. Where the total is of other rows, a person accepts it: "mayDiffer": true beside its mark in "totals" of the mapping';
