import { loanLeafId, pledgeSalt } from '@weir/audit';
import type { Hex } from '@weir/money';
import type { EntityManager } from 'typeorm';
import type { ServiceContext } from '../context.js';
import { LoansNotPledged } from './errors.js';

/** The key under which a loan is pledged: the same for every deal of the deployment. */
export const pledgeKeyOf = ({ saltSecret }: Pick<ServiceContext, 'saltSecret'>, loanKey: string): Hex =>
  loanLeafId(loanKey, pledgeSalt(saltSecret, loanKey));

/** The loans of a deal's pool by their pledge keys. */
export async function poolPledges(
  context: Pick<ServiceContext, 'saltSecret'>,
  manager: EntityManager,
  dealId: string,
): Promise<Map<Hex, string>> {
  const rows: { loan_key: string }[] = await manager.query(
    'select loan_key from weir.pool_loan where deal_id = $1 order by loan_key',
    [dealId],
  );
  return new Map(rows.map((row) => [pledgeKeyOf(context, row.loan_key), row.loan_key]));
}

/** Pledge keys that the registry has for the deal, as far as its blocks were read; those of released loans are left out. */
export async function pledgedKeys(manager: EntityManager, dealId: string): Promise<Set<Hex>> {
  const rows: { pledge_key: Hex }[] = await manager.query(
    'select pledge_key from weir.loan_pledge where deal_id = $1 and released_in is null',
    [dealId],
  );
  return new Set(rows.map((row) => row.pledge_key));
}

/** Whether loans were pledged to the deal. */
export async function hasPledges(manager: EntityManager, dealId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query('select 1 from weir.loan_pledge where deal_id = $1 limit 1', [dealId]);
  return rows.length > 0;
}

/** Every loan of the pool must be pledged to the deal. @throws LoansNotPledged */
export async function requirePledged(
  context: Pick<ServiceContext, 'saltSecret'>,
  manager: EntityManager,
  dealId: string,
): Promise<void> {
  const pool = await poolPledges(context, manager, dealId);
  const pledged = await pledgedKeys(manager, dealId);
  const missing = [...pool.keys()].filter((key) => !pledged.has(key)).length;
  if (missing > 0) throw new LoansNotPledged(missing, pool.size);
}
