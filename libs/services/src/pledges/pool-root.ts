import { buildSumTree, LOAN_SUM_COLUMNS, loanLeafId, sortLeaves } from '@weir/audit';
import { parseMoney, type Hex } from '@weir/money';
import type { EntityManager } from 'typeorm';
import type { ServiceContext } from '../context.js';
import { saltOf } from '../loan-salt.js';

/**
 * Root of the pool at the cut-off date and its balance in cents: a leaf a loan under its salted id, opening and closing with its
 * balance, every other column nothing.
 */
export async function poolRoot(
  context: Pick<ServiceContext, 'saltSecret'>,
  manager: EntityManager,
  dealId: string,
): Promise<{ root: Hex; balance: bigint }> {
  const rows: { loan_key: string; opening: string }[] = await manager.query(
    'select loan_key, opening from weir.pool_loan where deal_id = $1',
    [dealId],
  );
  const leaves = rows.map(({ loan_key, opening }) => ({
    id: loanLeafId(loan_key, saltOf(context, dealId, loan_key)),
    sums: LOAN_SUM_COLUMNS.map((column) => (column === 'opening' || column === 'closing' ? parseMoney(opening) : 0n)),
  }));
  const balance = rows.reduce((sum, { opening }) => sum + parseMoney(opening), 0n);
  return { root: buildSumTree(sortLeaves(leaves)).root, balance };
}
