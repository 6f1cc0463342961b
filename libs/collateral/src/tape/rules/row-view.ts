import type { FindingLog, TapeRule } from '../finding.js';
import type { TapeHeader } from '../header.js';
import type { ReadRow } from '../loan-record.js';
import type { AssetClass, Role } from '../model/field.js';
import type { FieldValue } from '../row-reader.js';

/** What the rules of one row look at: its values by role, and how a role's column is called in the file. */
export class RowView {
  row: ReadRow = NOTHING;
  private readonly slots: ReadonlyMap<Role, number>;
  private readonly columns: ReadonlyMap<Role, string>;

  constructor(
    private readonly header: TapeHeader,
    { fields }: AssetClass,
    private readonly log: FindingLog,
  ) {
    const { places } = header;
    this.slots = new Map(places.flatMap(({ field: { role }, slot }) => (role === null ? [] : [[role, slot]])));
    this.columns = new Map(fields.flatMap(({ role, name }) => (role === null ? [] : [[role, header.nameOf(name)]])));
  }

  get period(): ReadRow['period'] {
    return this.row.period;
  }

  money(role: Role): bigint | null {
    const value = this.stated(role);
    return typeof value === 'bigint' ? value : null;
  }

  rate(role: Role): number | null {
    const value = this.stated(role);
    return typeof value === 'bigint' ? Number(value) / 1e12 : null;
  }

  count(role: Role): number | null {
    const value = this.stated(role);
    return typeof value === 'number' ? value : null;
  }

  /** Date or month as text, cut to the month. */
  month(role: Role): string | null {
    const value = this.stated(role);
    return typeof value === 'string' ? monthOf(value) : null;
  }

  /** A value by the name of its field; undefined where the file lacks it. */
  field(name: string): FieldValue | undefined {
    const place = this.header.place(name);
    return place === undefined ? undefined : this.row.values[place.slot];
  }

  remark(rule: TapeRule, role: Role, value: string, said: string, remedy: string): void {
    const { row } = this.row;
    const column = this.columns.get(role) ?? role;
    this.log.add({ row, column, value, rule, message: `row ${row}: ${said}`, remedy });
  }

  private stated(role: Role): FieldValue {
    const slot = this.slots.get(role);
    return slot === undefined ? null : (this.row.values[slot] ?? null);
  }
}

const NOTHING: ReadRow = { row: 0, key: null, period: null, values: [], blocked: false, loan: null };

/** A date or month as text, cut to the month. */
export const monthOf = (date: string): string => (date.length === 7 ? date : date.slice(0, 7));
