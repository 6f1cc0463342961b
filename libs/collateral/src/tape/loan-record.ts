import type { AssetClass, Role } from './model/field.js';
import type { LoanStanding } from './loan-month.js';
import type { FieldValue } from './row-reader.js';

/** One row as it was read, its values in the order of the fields that the file has. */
export interface ReadRow extends Omit<LoanRecord, 'values'> {
  /** Empty in a row of which nothing counts. */
  readonly values: readonly FieldValue[];
}

/** One row as read, whatever its asset class. */
export interface LoanRecord {
  readonly row: number;
  /** Null when the key itself could not be read. */
  readonly key: string | null;
  /** First and last day of the row's reporting period; null when the row does not say. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** What was read, by field of the loan model. */
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Whether a finding of the row itself blocks it; pool rules may block it later. */
  readonly blocked: boolean;
  /** Of automobile loans that nothing blocks: the loan, with its month where the tape says what was collected. */
  readonly loan: LoanStanding | null;
}

/** What a record says by role: the value of the field that has it. */
export type RoleOf = (record: Pick<LoanRecord, 'values'>, role: Role) => FieldValue;

/** Looks values up by role; null where the asset class has no such field, or nothing is stated. */
export function rolesOf({ fields }: AssetClass): RoleOf {
  const names = new Map(fields.flatMap(({ name, role }) => (role === null ? [] : [[role, name] as const])));
  return ({ values }, role) => {
    const name = names.get(role);
    return name === undefined ? null : (values[name] ?? null);
  };
}
