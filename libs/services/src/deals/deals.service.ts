import { randomUUID } from 'node:crypto';
import type { Actor, Idempotency, PartyRole, Tx } from '@weir/persistence';
import { documentHashOf } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import { isForeignKeyViolation } from '../database-refusal.js';
import { Forbidden, NotFound, OutOfOrder } from '../problem.js';
import { checkDocument } from './compiled.js';
import { DealRecord, type DealStatus } from './entities.js';
import { ApprovalNamesAnotherProgram, ApproverNotIndependent, PartUnknown } from './errors.js';
import { PARTY_ROLES, dealAs, dealFor, isInstitution, partiesOf, requirePartFree } from './party.js';

/** What a caller sees of a deal. */
export interface DealView {
  readonly dealId: string;
  readonly name: string;
  readonly status: DealStatus;
  readonly documentHash: string;
  readonly programHash: string | null;
  readonly approvedHash: string | null;
  readonly cutOffPool: string | null;
  /** The emergency stop holds. */
  readonly stopped: boolean;
  /** The parts the caller's organisation plays. */
  readonly parts: readonly PartyRole[];
}

/** Statuses in which the document may still change. */
const EDITABLE: readonly DealStatus[] = ['draft', 'structured', 'approved'];

/** Deals: their documents, parties and approval. */
export class DealsService {
  constructor(private readonly context: ServiceContext) {}

  /** Brings a new deal. @throws DealDocumentInvalid, Forbidden */
  async create(actor: Actor, document: string, idempotency: Idempotency): Promise<{ dealId: string }> {
    if (!actor.roles.includes('issuer')) throw new Forbidden('the role issuer');
    const deal = checkDocument(document);
    const dealId = randomUUID();
    const command = { name: 'deal.create', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      await this.insertParty(tx, dealId, 'issuer', actor.organisationId);
      await tx.manager.insert(DealRecord, {
        dealId,
        name: deal.name,
        status: 'draft',
        document,
        documentHash: documentHashOf(document),
        authorId: actor.personId,
        editorId: actor.personId,
      });
      tx.record({ object: `deal:${dealId}`, before: null, after: { name: deal.name, document } });
      return { dealId };
    });
  }

  /** Replaces the document; the program, the pool and any approval fall. @throws DealDocumentInvalid, OutOfOrder */
  async edit(actor: Actor, dealId: string, document: string, idempotency: Idempotency): Promise<{ dealId: string }> {
    const parsed = checkDocument(document);
    const command = { name: 'deal.edit', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'issuer');
      requireStatus(deal, EDITABLE, 'edited');
      await tx.manager.update(DealRecord, dealId, {
        name: parsed.name,
        status: 'draft',
        document,
        documentHash: documentHashOf(document),
        cutOffPool: null,
        programHash: null,
        editorId: actor.personId,
        approverId: null,
        approvedHash: null,
      });
      tx.record({ object: `deal:${dealId}`, before: { document: deal.document }, after: { document } });
      return { dealId };
    });
  }

  /**
   * Gives an organisation a part in the deal; from then on it sees the deal. Investors may join at any time, the
   * institutions until the deal is deployed, one each.
   * @throws PartUnknown, PartTaken, PartsNotDistinct, OutOfOrder, NotFound when there is no such organisation
   */
  addParty(
    actor: Actor,
    dealId: string,
    party: { role: PartyRole; organisationId: string },
    idempotency: Idempotency,
  ): Promise<{ dealId: string }> {
    const command = { name: 'deal.add-party', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'issuer');
      if (!PARTY_ROLES.includes(party.role)) throw new PartUnknown(party.role, PARTY_ROLES);
      if (isInstitution(party.role)) requireStatus(deal, EDITABLE, `given a ${party.role}`);
      await requirePartFree(tx.manager, dealId, party);
      await this.insertParty(tx, dealId, party.role, party.organisationId);
      tx.record({ object: `deal:${dealId}`, before: null, after: { party } });
      return { dealId };
    });
  }

  /**
   * Approves the program by its hash.
   * @throws ApproverNotIndependent, ApprovalNamesAnotherProgram, OutOfOrder
   */
  approve(actor: Actor, dealId: string, programHash: string, idempotency: Idempotency): Promise<{ dealId: string }> {
    const command = { name: 'deal.approve', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'issuer', 'trustee');
      requireStatus(deal, ['structured'], 'approved');
      if (deal.authorId === actor.personId || deal.editorId === actor.personId) throw new ApproverNotIndependent();
      if (deal.programHash !== programHash)
        throw new ApprovalNamesAnotherProgram(deal.programHash ?? 'not compiled', programHash);
      await tx.manager.update(DealRecord, dealId, {
        status: 'approved',
        approverId: actor.personId,
        approvedHash: programHash,
      });
      tx.record({ object: `deal:${dealId}`, before: { approvedHash: null }, after: { approvedHash: programHash } });
      return { dealId };
    });
  }

  /** One deal. @throws NotFound */
  get(actor: Actor, dealId: string): Promise<DealView> {
    return this.context.uow.read(actor, async (manager) => {
      const deal = await dealFor(manager, dealId);
      return view(deal, await partiesOf(manager, actor, dealId));
    });
  }

  /** All deals that the caller may see, by name. */
  list(actor: Actor): Promise<DealView[]> {
    return this.context.uow.read(actor, async (manager) => {
      const deals = await manager.find(DealRecord, { order: { name: 'ASC', dealId: 'ASC' }, take: 500 });
      return Promise.all(deals.map(async (deal) => view(deal, await partiesOf(manager, actor, deal.dealId))));
    });
  }

  private async insertParty(tx: Tx, dealId: string, role: PartyRole, organisationId: string): Promise<void> {
    const insert =
      'insert into weir.deal_party (deal_id, organisation_id, role) values ($1, $2, $3) on conflict do nothing';
    await tx.manager.query(insert, [dealId, organisationId, role]).catch((error: unknown) => {
      throw isForeignKeyViolation(error) ? new NotFound('organisation', organisationId) : error;
    });
  }
}

/** @throws OutOfOrder when the deal stands elsewhere */
export function requireStatus(deal: DealRecord, allowed: readonly DealStatus[], step: string): void {
  if (!allowed.includes(deal.status))
    throw new OutOfOrder(`A deal that is ${deal.status} cannot be ${step}; it must be ${allowed.join(' or ')}.`, {
      status: deal.status,
    });
}

function view(deal: DealRecord, parts: readonly PartyRole[]): DealView {
  const { dealId, name, status, documentHash, programHash, approvedHash, cutOffPool, stopped } = deal;
  return { dealId, name, status, documentHash, programHash, approvedHash, cutOffPool, stopped, parts };
}
