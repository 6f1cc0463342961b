import { monthsBetween, type PlainDate } from '@weir/calendar';
import { type AssetClass, type LoanRecord, type Role, rolesOf } from '@weir/collateral';

/** What a record says, in the types of a projection: amounts in cents, rates as fractions. */
export class Facts {
  private readonly roleOf;

  constructor(
    private readonly record: LoanRecord,
    assetClass: AssetClass,
    private readonly asOf: PlainDate,
  ) {
    this.roleOf = rolesOf(assetClass);
  }

  private static numberOf(value: unknown): number | null {
    return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : null;
  }

  amount(role: Role): number | null {
    return Facts.numberOf(this.roleOf(this.record, role));
  }

  rate(role: Role): number | null {
    const value = this.amount(role);
    return value === null ? null : value / 1e12;
  }

  /** Months from the beginning of the projection to a date; null when it is not stated. */
  monthsTo(role: Role): number | null {
    return this.months(this.roleOf(this.record, role));
  }

  monthsToField(field: string): number | null {
    return this.months(this.record.values[field]);
  }

  private months(value: unknown): number | null {
    if (typeof value !== 'string' || !/^\d{4}-\d\d/.test(value)) return null;
    return monthsBetween(this.asOf, `${value.slice(0, 7)}-01`);
  }

  fieldNumber(field: string): number | null {
    return Facts.numberOf(this.record.values[field]);
  }

  fieldRate(field: string): number | null {
    const value = this.fieldNumber(field);
    return value === null ? null : value / 1e12;
  }

  text(field: string): string | null {
    const value = this.record.values[field];
    return typeof value === 'string' ? value : null;
  }
}
