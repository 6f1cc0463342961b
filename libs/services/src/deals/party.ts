import type { EntityManager } from 'typeorm';
import type { Actor, PartyRole } from '@weir/persistence';
import { Forbidden, NotFound } from '../problem.js';
import { DealRecord } from './entities.js';
import { PartTaken, PartsMissing, PartsNotDistinct } from './errors.js';

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
 * actor must hold the matching role. Commands on one deal follow one another: each sees what the one before left.
 * @throws NotFound, Forbidden
 */
export async function dealAs(
  manager: EntityManager,
  actor: Actor,
  dealId: string,
  ...parts: readonly PartyRole[]
): Promise<DealRecord> {
  await manager.query(`select pg_advisory_xact_lock(hashtextextended('weir.deal.' || $1, 0))`, [dealId]);
  const deal = await dealFor(manager, dealId);
  const played = await partiesOf(manager, actor, dealId);
  const allowed = parts.some((part) => played.includes(part) && actor.roles.includes(part));
  if (!allowed) throw new Forbidden(`the part of ${parts.join(' or ')} in this deal`);
  return deal;
}

/** Parts that a deal cannot be without, and that one organisation each plays. */
const INSTITUTIONS: readonly PartyRole[] = ['issuer', 'servicer', 'trustee', 'calculation-agent'];

/** The trustee signs beside each of these, so that it cannot be the same organisation. */
const BESIDE_TRUSTEE: readonly PartyRole[] = ['servicer', 'calculation-agent'];

export const isInstitution = (role: PartyRole): boolean => INSTITUTIONS.includes(role);

type Parties = readonly { role: PartyRole; organisationId: string }[];

async function institutionsOf(manager: EntityManager, dealId: string): Promise<Parties> {
  return manager.query(
    `select role, organisation_id as "organisationId" from weir.deal_party where deal_id = $1 and role = any($2)`,
    [dealId, INSTITUTIONS],
  );
}

function requireDistinct(parties: Parties): void {
  const trustee = parties.find(({ role }) => role === 'trustee');
  if (trustee === undefined) return;
  const { organisationId } = trustee;
  const both = parties.find((one) => BESIDE_TRUSTEE.includes(one.role) && one.organisationId === organisationId);
  if (both !== undefined) throw new PartsNotDistinct('trustee', both.role);
}

/** Whether the organisation may get the part beside those that are given. @throws PartTaken, PartsNotDistinct */
export async function requirePartFree(
  manager: EntityManager,
  dealId: string,
  party: { role: PartyRole; organisationId: string },
): Promise<void> {
  if (!isInstitution(party.role)) return;
  const parties = await institutionsOf(manager, dealId);
  const taken = parties.some(
    ({ role, organisationId }) => role === party.role && organisationId !== party.organisationId,
  );
  if (taken) throw new PartTaken(party.role);
  requireDistinct([...parties, party]);
}

/** Whether every part is given as the contracts want it. @throws PartsMissing, PartsNotDistinct */
export async function requireParts(manager: EntityManager, dealId: string): Promise<void> {
  const parties = await institutionsOf(manager, dealId);
  const missing = INSTITUTIONS.filter((part) => !parties.some(({ role }) => role === part));
  if (missing.length > 0) throw new PartsMissing(missing);
  requireDistinct(parties);
}
