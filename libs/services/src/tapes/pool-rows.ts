import type { EntityManager } from 'typeorm';
import { openingOf, type selectPool } from '@weir/collateral';
import { formatMoney } from '@weir/money';

type Selection = ReturnType<typeof selectPool>;

/** Puts the picked pool in the place of the one before. */
export async function replacePool(
  manager: EntityManager,
  dealId: string,
  { pool, excluded }: Selection,
): Promise<void> {
  await manager.query('delete from weir.pool_loan where deal_id = $1', [dealId]);
  await manager.query('delete from weir.excluded_loan where deal_id = $1', [dealId]);
  await manager.query(
    `insert into weir.pool_loan (deal_id, loan_key, opening)
     select $1, loan_key, opening from jsonb_to_recordset($2) as l (loan_key text, opening numeric)`,
    [dealId, JSON.stringify(pool.map((loan) => ({ loan_key: loan.key, opening: formatMoney(openingOf(loan)) })))],
  );
  await manager.query(
    `insert into weir.excluded_loan (deal_id, loan_key, "row", reasons)
     select $1, loan_key, "row", reasons from jsonb_to_recordset($2) as l (loan_key text, "row" int, reasons text[])`,
    [dealId, JSON.stringify(excluded.map((loan) => ({ loan_key: loan.key, row: loan.row, reasons: loan.reasons })))],
  );
}

/** Excluded loans by reason. */
export function countReasons(excluded: Selection['excluded']): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reasons } of excluded) for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
