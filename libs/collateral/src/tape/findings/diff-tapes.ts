import type { Finding, TapeRule } from '../finding.js';
import type { LoanRecord } from '../loan-record.js';
import type { FieldValue } from '../row-reader.js';

/** One value that a corrected tape states otherwise. */
export interface ChangedValue {
  readonly key: string;
  /** Row in the corrected file. */
  readonly row: number;
  readonly field: string;
  readonly was: FieldValue;
  readonly is: FieldValue;
  /** The cells where a value is null because they do not read; null where the value says all. */
  readonly unread: { readonly was: string | null; readonly is: string | null };
}

/** What a corrected tape changes. */
export interface TapeDifference {
  /** Loan keys that only the corrected tape has, and that only the last one had. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The first `CHANGES_KEPT` of them; `changedValues` counts all. */
  readonly changes: readonly ChangedValue[];
  readonly changedValues: number;
  /** Rows of loans of which any value changed. */
  readonly changedLoans: number;
  /** Findings of the last tape that the corrected one no longer has, and new ones; by rule, column and loan or row. */
  readonly resolved: readonly Finding[];
  readonly arisen: readonly Finding[];
}

export const CHANGES_KEPT = 10_000;

/** A tape that was read, for comparing. */
export interface ComparedTape {
  readonly records: readonly LoanRecord[];
  readonly findings: readonly Finding[];
  /** Names of fields as the columns of the file; as they are without it. */
  readonly columnOf?: (field: string) => string;
}

/** Findings of cells that do not read. */
const UNREAD: ReadonlySet<string> = new Set(['not-a-number', 'not-a-date', 'not-a-flag'] satisfies TapeRule[]);

/** The cell of a field in a row where it does not read, else null. */
function unreadCells({ findings, columnOf = (field) => field }: ComparedTape) {
  const cells = new Map(
    findings
      .filter(({ rule }) => UNREAD.has(rule))
      .map(({ row, column, value }) => [`${row} ${column}`, value] as const),
  );
  return (row: number, field: string): string | null => cells.get(`${row} ${columnOf(field)}`) ?? null;
}

/** Findings are the same when they are of one rule, column and loan; rows move when others are taken out. */
function identities({ records, findings }: ComparedTape): Map<string, Finding> {
  const keys = new Map(records.map(({ row, key }) => [row, key]));
  return new Map(
    findings.map((finding) => {
      const where = (finding.row === null ? null : keys.get(finding.row)) ?? `row ${finding.row}`;
      return [JSON.stringify([finding.rule, finding.column, where]), finding];
    }),
  );
}

/** Compares a corrected tape with the last one, loan by loan. Rows without a key are in findings only. */
export function diffTapes(last: ComparedTape, corrected: ComparedTape): TapeDifference {
  const before = new Map(
    last.records.flatMap((record) => (record.key === null ? [] : [[record.key, record] as const])),
  );
  const [added, changes]: [string[], ChangedValue[]] = [[], []];
  const present = new Set<string>();
  const [oldCell, newCell] = [unreadCells(last), unreadCells(corrected)];
  let [changedValues, changedLoans] = [0, 0];
  for (const { key, row, values } of corrected.records) {
    if (key === null) continue;
    present.add(key);
    const was = before.get(key);
    if (was === undefined) {
      added.push(key);
      continue;
    }
    const fields = new Set([...Object.keys(was.values), ...Object.keys(values)]);
    const cellsOf = (field: string) => ({ was: oldCell(was.row, field), is: newCell(row, field) });
    const changed = [...fields].filter((field) => {
      if ((was.values[field] ?? null) !== (values[field] ?? null)) return true;
      const cells = cellsOf(field);
      return cells.was !== cells.is;
    });
    if (changed.length > 0) changedLoans++;
    changedValues += changed.length;
    for (const field of changed) {
      if (changes.length >= CHANGES_KEPT) break;
      changes.push({
        ...{ key, row, field, was: was.values[field] ?? null, is: values[field] ?? null },
        unread: cellsOf(field),
      });
    }
  }
  const [old, now] = [identities(last), identities(corrected)];
  return {
    added,
    removed: [...before.keys()].filter((key) => !present.has(key)),
    changes,
    changedValues,
    changedLoans,
    resolved: [...old].filter(([identity]) => !now.has(identity)).map(([, finding]) => finding),
    arisen: [...now].filter(([identity]) => !old.has(identity)).map(([, finding]) => finding),
  };
}
