import { loanLeafId, pledgeSalt } from '@weir/audit';
import type { Hex } from '@weir/money';
import type { EntityManager } from 'typeorm';
import type { ServiceContext } from '../context.js';
import { readDocument } from '../deals/compiled.js';
import { DealRecord } from '../deals/entities.js';
import { LoansNotPledged, OriginatorNameless } from './errors.js';

type Salted = Pick<ServiceContext, 'saltSecret'>;

/**
 * Who made a deal's loans, as the document says that it closed with: the party `originator`, or else the sponsor. An
 * amendment does not change whose the loans are. Case, spaces and characters that nobody sees do not count.
 * @throws OriginatorNameless
 */
export async function originatorOf(manager: EntityManager, dealId: string): Promise<string> {
  const { document } = await manager.findOneByOrFail(DealRecord, { dealId });
  const { parties } = readDocument(document);
  return originatorKey(parties['originator'] ?? parties.sponsor);
}

/**
 * A name as it goes into pledge keys: what looks the same is the same, as far as compatibility forms, case, spaces and
 * characters without a shape go. @throws OriginatorNameless when nothing of it can be seen
 */
export function originatorKey(name: string): string {
  // Lower case may come apart again into a letter and a mark.
  const seen = name.normalize('NFKC').toLowerCase().normalize('NFKC');
  const key = seen
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
    .replace(/[\s\p{Cc}\p{Z}\u2800]+/gu, ' ')
    .trim();
  if (key === '') throw new OriginatorNameless(name);
  return key;
}

/** The salt of a loan's pledge key: showing it tells which loan the key is of. */
export const pledgeSaltOf = ({ saltSecret }: Salted, originator: string, loanKey: string): Hex =>
  pledgeSalt(saltSecret, originator, loanKey);

/** The key under which an originator's loan is pledged: the same for every deal of the deployment. */
export const pledgeKeyOf = (context: Salted, originator: string, loanKey: string): Hex =>
  loanLeafId(loanKey, pledgeSaltOf(context, originator, loanKey));

/** The loans of a deal's pool by their pledge keys. */
export async function poolPledges(context: Salted, manager: EntityManager, dealId: string): Promise<Map<Hex, string>> {
  const originator = await originatorOf(manager, dealId);
  const rows: { loan_key: string }[] = await manager.query(
    'select loan_key from weir.pool_loan where deal_id = $1 order by loan_key',
    [dealId],
  );
  return new Map(rows.map((row) => [pledgeKeyOf(context, originator, row.loan_key), row.loan_key]));
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
export async function requirePledged(context: Salted, manager: EntityManager, dealId: string): Promise<void> {
  const pool = await poolPledges(context, manager, dealId);
  const pledged = await pledgedKeys(manager, dealId);
  const missing = [...pool.keys()].filter((key) => !pledged.has(key)).length;
  if (missing > 0) throw new LoansNotPledged(missing, pool.size);
}
