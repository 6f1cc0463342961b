import type { EntityManager } from 'typeorm';
import { ASSET_CLASSES, assetClassNamed, type AssetClass, type FieldValue, type LoanRecord } from '@weir/collateral';
import type { TapeRecord } from './entities.js';
import { keyFieldOf, layoutOf, type LoanLayout } from './loan-columns.js';
import { recordsOf, type LoanRow, type TapeConstants } from './loan-rows.js';

/** An imported tape and how its loans are stored. */
export interface StoredTape extends TapeConstants {
  readonly tapeId: string;
  readonly month: string;
  readonly assetClass: AssetClass;
  readonly layout: LoanLayout;
}

/** Rows that are held at once. */
const PAGE = 5_000;

type Imported = Pick<TapeRecord, 'tapeId' | 'month' | 'assetClass' | 'otherFields' | 'summary' | 'loanKey'>;

/** Values beside the columns stand in the order in which they were stored, whatever the class holds in columns since. */
function storedLayout(one: AssetClass, otherFields: readonly string[], keyField: string | null): LoanLayout {
  const kinds = new Map(one.fields.map(({ name, kind }) => [name, kind]));
  const { columns } = layoutOf(one, new Set(otherFields), keyField);
  return { columns, others: otherFields.map((name) => ({ name, kind: kinds.get(name) ?? 'text' })) };
}

/** How an imported tape's rows are read back. */
export function storedTape({ tapeId, month, assetClass: name, otherFields, summary, loanKey }: Imported): StoredTape {
  const assetClass = assetClassNamed(name ?? 'auto-loan') ?? (ASSET_CLASSES[0] as AssetClass);
  const { reportingFrom: from = '', reportingTo: to = '' } = summary ?? {};
  const keyField = keyFieldOf(assetClass, summary?.loanKey ?? loanKey);
  const values: Record<string, FieldValue> = {};
  for (const { name: field, role } of assetClass.fields) {
    if (role === 'periodFrom' && from !== '') values[field] = from;
    if (role === 'periodTo' && to !== '') values[field] = to;
  }
  const first = month ?? `${to.slice(0, 7)}-01`;
  return {
    ...{ tapeId, month: first, assetClass, keyField, values },
    layout: storedLayout(assetClass, otherFields ?? [], keyField),
    // A tape that states no days was handed in for its month.
    period: to === '' ? { from: first, to: first } : { from, to },
  };
}

/** Rows as records of the tape. */
export const recordsOfTape = (tape: StoredTape, rows: readonly LoanRow[]): LoanRecord[] =>
  recordsOf(rows, tape.layout, tape);

/** Rows of a query page by page. @param page gives the rows after a loan key in order of keys, so many at most */
export async function* paged(page: (after: string, most: number) => Promise<LoanRow[]>): AsyncGenerator<LoanRow[]> {
  for (let after = ''; ;) {
    const rows = await page(after, PAGE);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.loan_key;
  }
}

/** The loans of a stored tape by loan key, some thousand at once. */
export async function* loansOf(manager: EntityManager, tape: StoredTape): AsyncGenerator<LoanRecord[]> {
  const pages = paged((after, most) =>
    manager.query(
      `select * from weir.tape_loan where tape_id = $1 and month = $2 and loan_key > $3 order by loan_key limit $4`,
      [tape.tapeId, tape.month, after, most],
    ),
  );
  for await (const rows of pages) yield recordsOfTape(tape, rows);
}
