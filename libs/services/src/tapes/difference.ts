import type { EntityManager } from 'typeorm';
import { diffTapes, type AssetClass, type FieldValue, type Finding, type LoanRecord } from '@weir/collateral';
import { formatMoney, formatRate } from '@weir/money';
import { loadFindings } from './findings.js';
import type { LoanRow } from './loan-rows.js';
import { paged, recordsOfTape, type StoredTape } from './stored-tape.js';

/** One value that differs, as people write it; null is not stated. */
export interface ChangedValueView {
  readonly key: string;
  /** Row in the later file. */
  readonly row: number;
  readonly field: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** What one tape states otherwise than another. Lists show the first of each; the counts are of all. */
export interface TapeDifferenceView {
  /** False when one of the two was rejected: its loans are not kept, so only findings are compared, by row. */
  readonly loansCompared: boolean;
  readonly added: number;
  readonly removed: number;
  readonly changedLoans: number;
  readonly changedValues: number;
  readonly addedKeys: readonly string[];
  readonly removedKeys: readonly string[];
  readonly changes: readonly ChangedValueView[];
  readonly resolvedFindings: number;
  readonly arisenFindings: number;
  readonly resolved: readonly Finding[];
  readonly arisen: readonly Finding[];
}

/** Entries of a list that are shown. */
const SHOWN = 1_000;

const valueText = ({ fields }: AssetClass, name: string, value: FieldValue): string | null => {
  if (typeof value !== 'bigint') return value === null ? null : String(value);
  return fields.find((field) => field.name === name)?.kind === 'rate' ? formatRate(value) : formatMoney(value);
};

/** Everything of a loan's row but which tape and row it is. */
const compared = (tape: StoredTape, name: string, others: boolean): string =>
  `row(${[...tape.layout.columns.map(({ column }) => `${name}.${column}`), ...(others ? [`${name}.others`] : [])].join(', ')})`;

/** Loans of `$1` that `$3` lacks or states otherwise. */
function changedSql(later: StoredTape, earlier: StoredTape): string {
  const names = (tape: StoredTape): string => tape.layout.others.map(({ name }) => name).join();
  // Other fields stand in another order when the files have other columns: then every loan is looked at.
  const alike = names(later) === names(earlier);
  const differs = `${compared(later, 'n', alike)} is distinct from ${compared(later, 'o', alike)}`;
  return `select n.* from weir.tape_loan n
    left join weir.tape_loan o on o.loan_key = n.loan_key and o.tape_id = $3 and o.month = $4
    where n.tape_id = $1 and n.month = $2 and n.loan_key > $5
      and (o.loan_key is null or ${alike ? differs : 'true'})
    order by n.loan_key limit $6`;
}

const REMOVED = `select o.* from weir.tape_loan o
  where o.tape_id = $3 and o.month = $4 and o.loan_key > $5
    and not exists (select 1 from weir.tape_loan n where n.tape_id = $1 and n.month = $2 and n.loan_key = o.loan_key)
  order by o.loan_key limit $6`;

type Loans = Pick<
  TapeDifferenceView,
  'added' | 'removed' | 'changedLoans' | 'changedValues' | 'addedKeys' | 'removedKeys' | 'changes'
>;

/** Compares the loans of two imported tapes; those that are alike never leave the database. */
async function loansDiffer(manager: EntityManager, earlier: StoredTape, later: StoredTape): Promise<Loans> {
  const pages = (sql: string): AsyncGenerator<LoanRow[]> =>
    paged((after, most) => manager.query(sql, [later.tapeId, later.month, earlier.tapeId, earlier.month, after, most]));
  const counts = { added: 0, removed: 0, changedLoans: 0, changedValues: 0 };
  const [addedKeys, removedKeys, changes]: [string[], string[], ChangedValueView[]] = [[], [], []];
  const show = <T>(list: T[], more: readonly T[]): void => void list.push(...more.slice(0, SHOWN - list.length));
  for await (const rows of pages(changedSql(later, earlier))) {
    const was: LoanRow[] = await manager.query(
      'select * from weir.tape_loan where tape_id = $1 and month = $2 and loan_key = any($3)',
      [earlier.tapeId, earlier.month, rows.map((row) => row.loan_key)],
    );
    const page = diffTapes(
      { records: recordsOfTape(earlier, was), findings: [] },
      { records: recordsOfTape(later, rows), findings: [] },
    );
    counts.added += page.added.length;
    counts.changedLoans += page.changedLoans;
    counts.changedValues += page.changedValues;
    show(addedKeys, page.added);
    const text = (field: string, value: FieldValue): string | null => valueText(later.assetClass, field, value);
    show(
      changes,
      page.changes.map(({ was: old, is, unread: _, ...place }) => ({
        ...place,
        ...{ was: text(place.field, old), is: text(place.field, is) },
      })),
    );
  }
  for await (const rows of pages(REMOVED)) {
    counts.removed += rows.length;
    show(
      removedKeys,
      rows.map((row) => row.loan_key),
    );
  }
  return { ...counts, addedKeys, removedKeys, changes };
}

interface OfDeal {
  readonly tapeId: string;
  readonly dealId: string;
}

async function allFindings(manager: EntityManager, tape: OfDeal): Promise<Finding[]> {
  const all: Finding[] = [];
  for (;;) {
    const page = await loadFindings(manager, tape, all.length);
    all.push(...page);
    if (page.length < SHOWN) return all;
  }
}

/** The loans that findings are about, by row, so that a finding is known again where its row has moved. */
async function keysAt(manager: EntityManager, tape: StoredTape | null, findings: readonly Finding[]) {
  if (tape === null) return [];
  const rows: { row: number; loan_key: string }[] = await manager.query(
    'select "row", loan_key from weir.tape_loan where tape_id = $1 and month = $2 and "row" = any($3)',
    [tape.tapeId, tape.month, [...new Set(findings.flatMap(({ row }) => (row === null ? [] : [row])))]],
  );
  return rows.map(({ row, loan_key: key }): LoanRecord => ({
    ...{ row, key, period: null, values: {}, blocked: false, loan: null },
  }));
}

/** One of two tapes that are compared; `stored` is null when it was rejected. */
export interface ComparedVersion extends OfDeal {
  readonly stored: StoredTape | null;
}

/** What a later tape changes against an earlier one: loans, values, and findings. */
export async function tapesDiffer(
  manager: EntityManager,
  earlier: ComparedVersion,
  later: ComparedVersion,
): Promise<TapeDifferenceView> {
  const none: Loans = {
    ...{ added: 0, removed: 0, changedLoans: 0, changedValues: 0 },
    ...{ addedKeys: [], removedKeys: [], changes: [] },
  };
  const both = earlier.stored !== null && later.stored !== null;
  const loans = both ? await loansDiffer(manager, earlier.stored, later.stored) : none;
  const [old, now] = [await allFindings(manager, earlier), await allFindings(manager, later)];
  const { resolved, arisen } = diffTapes(
    { records: both ? await keysAt(manager, earlier.stored, old) : [], findings: old },
    { records: both ? await keysAt(manager, later.stored, now) : [], findings: now },
  );
  return {
    loansCompared: both,
    ...loans,
    ...{ resolvedFindings: resolved.length, arisenFindings: arisen.length },
    ...{ resolved: resolved.slice(0, SHOWN), arisen: arisen.slice(0, SHOWN) },
  };
}
