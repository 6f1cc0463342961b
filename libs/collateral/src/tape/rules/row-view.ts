import { isAbsent, noDataOption } from '../cells.js';
import type { FindingLog, FindingWeight, TapeRule } from '../finding.js';
import type { FieldPlace, TapeHeader } from '../header.js';
import type { ReadRow } from '../loan-record.js';
import type { AssetClass, Role } from '../model/field.js';
import type { FieldValue, RowReader } from '../row-reader.js';

/** What is wrong with a row, said of one of its cells. */
export interface RowRemark {
  readonly rule: TapeRule;
  readonly said: string;
  readonly remedy: string;
  /** Where it weighs less than its rule does. */
  readonly weight?: FindingWeight;
}

/** What the rules of one row look at: its values by role, whatever its columns are called and its asset class calls them. */
export class RowView {
  row: ReadRow = NOTHING;
  private readonly slots: ReadonlyMap<Role, number>;
  private readonly places: ReadonlyMap<Role, FieldPlace>;

  constructor(
    readonly assetClass: AssetClass,
    private readonly header: TapeHeader,
    private readonly reader: RowReader,
    private readonly log: FindingLog,
  ) {
    const roles = header.places.flatMap((place) =>
      place.field.role === null ? [] : [[place.field.role, place] as const],
    );
    this.places = new Map(roles);
    this.slots = new Map(roles.map(([role, { slot }]) => [role, slot]));
  }

  get period(): ReadRow['period'] {
    return this.row.period;
  }

  /** Whether a mapping says what the columns are. */
  get mapped(): boolean {
    return this.header.mapped;
  }

  /** Name of the field that a tape such as this one may state the role by; null where there is none. */
  nameFor(role: Role): string | null {
    const field = this.assetClass.fields.find((one) => one.role === role);
    return field === undefined || (field.own && !this.header.mapped) ? null : field.name;
  }

  /** Whether the tape has a column of the role. */
  has(role: Role): boolean {
    return this.places.has(role);
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

  /** A text or a code. */
  text(role: Role): string | null {
    const value = this.stated(role);
    return typeof value === 'string' ? value : null;
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

  /**
   * Whether the cell of a role states nothing, neither what cannot be read nor a template's reason for stating nothing; no
   * such column states nothing either.
   */
  isEmpty(role: Role): boolean {
    const place = this.places.get(role);
    // What is reckoned from another field is told of the file.
    if (place?.reckoned) return false;
    const cell = place === undefined ? '' : (this.reader.text(place) ?? '');
    return isAbsent(cell) && noDataOption(cell) === null;
  }

  /** Says what is wrong of the cell of a role, or of a field by its name; of no column nothing is said. */
  remark(at: Role | { readonly field: string }, { rule, said, remedy, weight }: RowRemark): void {
    const place = typeof at === 'string' ? this.places.get(at) : this.header.place(at.field);
    if (place === undefined) return;
    const { row } = this.row;
    const found = { row, column: place.column, value: this.reader.text(place) ?? '', rule, remedy };
    this.log.add({ ...found, ...(weight && { weight }), message: `row ${row}: ${said}` });
  }

  private stated(role: Role): FieldValue {
    const slot = this.slots.get(role);
    return slot === undefined ? null : (this.row.values[slot] ?? null);
  }
}

const NOTHING: ReadRow = { row: 0, key: null, period: null, values: [], blocked: false, loan: null };

/** Date or month as text, cut to the month. */
export const monthOf = (date: string): string => (date.length === 7 ? date : date.slice(0, 7));

/** A rule of the figures of one row together, of every asset class and every way in which its columns are named. */
export interface RowRule {
  /** Roles that the tape must have columns of. */
  readonly needs: readonly Role[];
  /** Asset classes that it is of; all where left out. */
  readonly of?: readonly string[];
  readonly check: (view: RowView) => void;
}
