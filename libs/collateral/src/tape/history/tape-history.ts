import { formatMoney, RATE_SCALE } from '@weir/money';
import type { ColumnKind } from '../columns.js';
import { detached } from '../detached.js';
import type { FindingLog, TapeRule } from '../finding.js';
import { rolesOf, type LoanRecord, type RoleOf } from '../loan-record.js';
import type { AssetClass, Field, Role } from '../model/field.js';
import { monthBalances, roundingOf } from '../month-balances.js';
import type { FieldValue } from '../row-reader.js';

/** Cut to the month: the last days of two rows of one month may differ. */
const monthOf = (day: string): string => day.slice(0, 7);

/** What a loan cannot change. */
const FIXED_ROLES = [
  'originalAmount',
  'originated',
  'originalRate',
  'originalTerm',
  'obligor',
] as const satisfies Role[];

/** Rules that are of a tape and those before it, not of a tape by itself. */
export const HISTORY_RULES: readonly TapeRule[] = [
  'loan-vanished',
  'loan-reappeared',
  'fact-changed',
  'opening-not-last-closing',
];

/** What is kept of a loan from one month to the next. */
export interface LoanMemory {
  /** Closing balance of the last tape that had it, in cents; null when it stated none. */
  readonly closing: bigint | null;
  /** Last day of the last period in which it was reported. */
  readonly reported: string;
  /** By `FIXED_ROLES`, as last stated. */
  readonly fixed: readonly FieldValue[];
  /** The cells as the file had them, of the closing balance and by `FIXED_ROLES`; null where they are as `plainText` writes them. */
  readonly cells: { readonly closing: string | null; readonly fixed: readonly (string | null)[] };
}

/** A value as files mostly write it: amounts with two decimals, rates as fractions. */
function plainText(value: FieldValue, kind: ColumnKind): string {
  if (typeof value !== 'bigint') return value === null ? '' : String(value);
  return kind === 'rate' ? printDecimal(value, RATE_SCALE) : formatMoney(value);
}

/** An integer at a scale as a decimal without zeros at its end. */
function printDecimal(value: bigint, scale: bigint): string {
  const size = value < 0n ? -value : value;
  const fraction = String(size % scale)
    .padStart(String(scale).length - 1, '0')
    .replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / scale}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The cell of a field in the row that is being compared, as its file has it; null where no file is at hand. */
export type CellOf = (field: string) => string | null;

/** Every loan that any earlier tape had, by loan key. */
export type TapeHistory = ReadonlyMap<string, LoanMemory>;

const isZero = ({ closing }: LoanMemory): boolean => closing === 0n;

/** Last day of the last period in which any loan was reported. */
function lastReported(history: TapeHistory): string {
  let latest = '';
  for (const { reported } of history.values()) if (reported > latest) latest = reported;
  return latest;
}

/** Compares a tape with all before it, row by row, and becomes the history for the next. */
export class HistoryCheck {
  private readonly roleOf: RoleOf;
  private readonly columnOf: (role: Role) => string;
  private readonly fields: ReadonlyMap<Role | null, Field>;
  private readonly next: Map<string, LoanMemory>;
  private readonly seen = new Set<string>();

  /** @param latest last day of the last tape before this one; that of the loans of `before` where it is left out */
  constructor(
    private readonly before: TapeHistory,
    assetClass: AssetClass,
    private readonly log: FindingLog,
    nameOf: (field: string) => string = (field) => field,
    private readonly cellOf: CellOf = () => null,
    private readonly latest: string = lastReported(before),
  ) {
    this.roleOf = rolesOf(assetClass);
    this.fields = new Map(assetClass.fields.map((field) => [field.role, field]));
    this.columnOf = (role) => nameOf(this.fields.get(role)?.name ?? role);
    this.next = new Map(before);
  }

  /** Compares one row. */
  see(record: LoanRecord): void {
    const { key } = record;
    if (key === null) return;
    this.seen.add(key);
    const last = this.before.get(key);
    const closing = this.money(record, 'closing');
    if (last !== undefined) {
      this.checkRollForward(record, last);
      this.checkFixed(record, last);
      if (closing !== null && closing > 0n) this.checkReturn(record, last, closing);
    }
    const stated = FIXED_ROLES.map((role) => this.roleOf(record, role));
    const fixed = stated.map((value, index) => value ?? last?.fixed[index] ?? null);
    const kept = FIXED_ROLES.map((role, index) => {
      const value = stated[index] ?? null;
      return value === null ? (last?.cells.fixed[index] ?? null) : this.oddCell(role, value);
    });
    const cells = { closing: closing === null ? null : this.oddCell('closing', closing), fixed: kept };
    this.next.set(key, { closing, reported: record.period?.to ?? last?.reported ?? '', fixed, cells });
  }

  /** Names the loans that left before they were at zero. The result is the history for the next tape. */
  finish(): TapeHistory {
    for (const [key, last] of this.before) {
      // A loan that was missing before was named then.
      if (this.seen.has(key) || isZero(last) || last.reported < this.latest) continue;
      const stood = last.closing === null ? 'no balance is on file' : `it stood at ${formatMoney(last.closing)}`;
      const message = `loan ${key} is not in this tape; on ${last.reported} ${stood}`;
      const remedy = 'ask the servicer: a loan may leave the tape only after its balance reached zero';
      this.log.add({ row: null, column: null, value: key, rule: 'loan-vanished', message, remedy });
    }
    return this.next;
  }

  private plain(role: Role, value: FieldValue): string {
    return plainText(value, this.fields.get(role)?.kind ?? 'text');
  }

  /** The cell of a value in the row that is being compared. */
  private cell(role: Role, value: FieldValue): string {
    return this.cellOf(this.fields.get(role)?.name ?? '') ?? this.plain(role, value);
  }

  /** The same to be kept, when it is not what the value itself is written as. */
  private oddCell(role: Role, value: FieldValue): string | null {
    const cell = this.cellOf(this.fields.get(role)?.name ?? '');
    return cell === null || cell === this.plain(role, value) ? null : detached(cell);
  }

  private money(record: LoanRecord, role: Role): bigint | null {
    const value = this.roleOf(record, role);
    return typeof value === 'bigint' ? value : null;
  }

  private remark(record: LoanRecord, rule: TapeRule, role: Role, value: string, said: string, remedy: string): void {
    const { row } = record;
    this.log.add({ row, column: this.columnOf(role), value, rule, message: `row ${row}: ${said}`, remedy });
  }

  private checkRollForward(record: LoanRecord, last: LoanMemory): void {
    const { closing, reported, cells } = last;
    const opening = this.money(record, 'opening');
    if (opening === null) return this.checkReckoned(record, last);
    if (closing === null || opening === closing) return;
    const [is, was] = [this.cell('opening', opening), cells.closing ?? formatMoney(closing)];
    const said = `opening ${is} differs by ${formatMoney(opening - closing)} from the closing ${was} of ${reported}`;
    const remedy = 'ask the servicer what changed between the tapes';
    this.remark(record, 'opening-not-last-closing', 'opening', is, said, remedy);
  }

  /** Where no opening balance is stated: what the balance and what took it down come to. */
  private checkReckoned(record: LoanRecord, last: LoanMemory): void {
    const balances = monthBalances(record, this.roleOf);
    const { closing, principal, adjustment, chargeOff } = balances;
    if (closing === null || principal === null || last.closing === null) return;
    const difference = closing + principal + adjustment - last.closing;
    const tolerance = roundingOf(balances);
    const isNear = (amount: bigint): boolean => amount >= -tolerance && amount <= tolerance;
    // A charge-off that is stated again takes nothing off.
    if (isNear(difference) || isNear(difference + (chargeOff ?? 0n))) return;
    const was = last.cells.closing ?? formatMoney(last.closing);
    const said =
      `principal of ${formatMoney(principal)} and the closing ${this.cell('closing', closing)} are not the closing ${was} ` +
      `of ${last.reported}: a difference of ${formatMoney(difference + (chargeOff ?? 0n))}`;
    const remedy = 'ask the servicer what moved the balance, and whether the cell of principal is right';
    this.remark(record, 'opening-not-last-closing', 'principal', this.cell('principal', principal), said, remedy);
  }

  private checkFixed(record: LoanRecord, last: LoanMemory): void {
    FIXED_ROLES.forEach((role, index) => {
      const [was, is] = [last.fixed[index] ?? null, this.roleOf(record, role)];
      if (was === null || is === null || was === is) return;
      const [before, now] = [last.cells.fixed[index] ?? this.plain(role, was), this.cell(role, is)];
      const said = `${this.columnOf(role)} was ${before} on ${last.reported} and is ${now}; it cannot change`;
      // A loan that moved from vintage to vintage would be lost in one and new in the other.
      const counts =
        role === 'originated' ? '; in static pools the loan stays in the vintage that was stated first' : '';
      const remedy = 'ask the servicer which is right, and for a restated tape';
      this.remark(record, 'fact-changed', role, now, `${said}${counts}`, remedy);
    });
  }

  /** A loan with a balance that was at zero, or that the last tape did not have. */
  private checkReturn(record: LoanRecord, last: LoanMemory, closing: bigint): void {
    const { reported } = last;
    const cell = this.cell('closing', closing);
    const found = (said: string, remedy: string): void =>
      this.remark(record, 'loan-reappeared', 'closing', cell, `${said}, and is back with ${cell}`, remedy);
    if (isZero(last)) {
      found(
        `the loan was at zero on ${reported}`,
        'ask the servicer what brought it back; a returned final payment does',
      );
    } else if (reported !== '' && monthOf(reported) < monthOf(this.latest)) {
      const stood =
        last.closing === null ? '' : `; it stood at ${last.cells.closing ?? formatMoney(last.closing)} then`;
      const said = `the loan was last reported on ${reported} and is not in the tape of ${this.latest}${stood}`;
      found(said, 'ask the servicer why that tape lacks it, and for a restated one: its payments are in no month');
    }
  }
}
