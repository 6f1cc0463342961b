import type { EntityManager } from 'typeorm';
import type { Actor, PartyRole } from '@weir/persistence';
import { Forbidden, NotFound } from '../problem.js';
import { DealRecord } from './entities.js';

/** The parts an organisation can play in a deal. */
export const PARTY_ROLES: readonly PartyRole[] = ['issuer', 'servicer', 'trustee', 'calculation-agent', 'investor'];

/** The parts that the actor's organisation plays in a deal. */
export async function partiesOf(manager: EntityManager, actor: Actor, dealId: string): Promise<PartyRole[]> {
  const rows: { role: PartyRole }[] = await manager.query(
    'select role from weir.deal_party where deal_id = $1 and organisation_id = $2',
    [dealId, actor.organisationId],
  );
  return rows.map((row) => row.role);
}

/** The organisation that plays a part in a deal. @throws NotFound when nobody does */
export async function organisationInPart(manager: EntityManager, dealId: string, role: PartyRole): Promise<string> {
  const rows: { organisation_id: string }[] = await manager.query(
    'select organisation_id from weir.deal_party where deal_id = $1 and role = $2 order by organisation_id',
    [dealId, role],
  );
  const first = rows[0];
  if (first === undefined) throw new NotFound(role, `of deal ${dealId}`);
  return first.organisation_id;
}

/** Loads a deal that the actor may see. Row-level security hides the others, so that they are simply not found. */
export async function dealFor(manager: EntityManager, dealId: string): Promise<DealRecord> {
  const deal = await manager.findOneBy(DealRecord, { dealId });
  if (deal === null) throw new NotFound('deal', dealId);
  return deal;
}

/**
 * Loads a deal for a command, checks the object: the actor's organisation must play one of the parts, and the
 * actor must hold the matching role.
 * @throws NotFound, Forbidden
 */
export async function dealAs(
  manager: EntityManager,
  actor: Actor,
  dealId: string,
  ...parts: readonly PartyRole[]
): Promise<DealRecord> {
  const deal = await dealFor(manager, dealId);
  const played = await partiesOf(manager, actor, dealId);
  const allowed = parts.some((part) => played.includes(part) && actor.roles.includes(part));
  if (!allowed) throw new Forbidden(`the part of ${parts.join(' or ')} in this deal`);
  return deal;
}
