import { randomUUID } from 'node:crypto';
import { In, type EntityManager } from 'typeorm';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR, type Actor, type Idempotency, type PartyRole, type Tx } from '@weir/persistence';
import { accountOf } from '../access/access.service.js';
import { attemptId, queueCall } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { requireMayCall } from '../control/may-call.js';
import { readDocument } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import { ApprovalNamesAnotherProgram, ApproverNotIndependent } from '../deals/errors.js';
import { dealAs, dealFor } from '../deals/party.js';
import { dealAddress, vaultReader } from '../deployment/contracts.js';
import { partyAccounts } from '../deployment/party-accounts.js';
import { NotFound, OutOfOrder } from '../problem.js';
import { AmendmentRecord, type AmendmentStanding } from './entities.js';
import { AmendmentDoesNotFit, AmendmentNotReady, AmendmentUnderWay } from './errors.js';
import { currentDeal } from './eras.js';
import { amendmentOnChain, controlAbi, proposalOf } from './on-chain.js';
import { queueStoring } from './store-programs.js';
import { requireRecordDates, takeOver, tryOn } from './take-over.js';

const PARTS: readonly PartyRole[] = ['issuer', 'servicer', 'trustee', 'calculation-agent'];
const UNDER_WAY: AmendmentStanding[] = ['queued', 'proposed', 'approved'];

/** What a caller sees of an amendment; `readyAt` is a UTC instant. */
export interface AmendmentView {
  readonly amendmentId: string;
  readonly fromPeriod: number;
  readonly documentHash: Hex;
  readonly programHash: Hex;
  readonly mappingHash: Hex;
  readonly proposal: Hex;
  readonly standing: AmendmentStanding;
  readonly readyAt: string | null;
}

/** One amendment of a deal is under way at a time. @throws AmendmentUnderWay */
export async function requireNoneUnderWay(manager: EntityManager, dealId: string): Promise<void> {
  const other = await manager.findOneBy(AmendmentRecord, { dealId, standing: In(UNDER_WAY) });
  if (other !== null) throw new AmendmentUnderWay(other.amendmentId);
}

/** Amendments: a new document from a period on, with four eyes and a delay, carried out by the deal's control. */
export class AmendmentsService {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Proposes a document that amends the deal: its program and the mapping are stored on chain, and the control is told.
   * @throws DealDocumentInvalid, AmendmentDocumentInvalid, AmendmentDoesNotFit, AmendmentUnderWay, RoleNotHeld, OutOfOrder
   */
  propose(actor: Actor, dealId: string, document: string, idempotency: Idempotency): Promise<AmendmentView> {
    const object = `deal:${dealId}`;
    return this.context.uow.run(actor, { name: 'amendment.propose', object, idempotency }, async (tx) => {
      const { manager } = tx;
      const deal = await dealAs(manager, actor, dealId, ...PARTS);
      requireStatus(deal, ['closed'], 'amended');
      await requireNoneUnderWay(manager, dealId);
      const change = takeOver(await currentDeal(manager, deal), document);
      requireRecordDates(deal, change);
      if (change.mapping.issues.length > 0)
        throw new AmendmentDoesNotFit(['more of a class is issued, which is proposed as a further issue']);
      const { next, mapping } = change;
      const { fromPeriod } = mapping;
      const { upcoming, words } = await this.standing(manager, dealId);
      if (fromPeriod < upcoming)
        throw new OutOfOrder(`Period ${fromPeriod} is settled; amend from period ${upcoming} on.`, { upcoming });
      if (fromPeriod === upcoming) tryOn(change, words);
      // Whose accounts those are, parties do not see of each other.
      const accounts = await this.context.uow.read(SYSTEM_ACTOR, (reading) =>
        partyAccounts(reading, dealId, readDocument(document)),
      );
      const terms = amendmentOnChain(next, mapping, accounts);
      const proposal = proposalOf(await dealAddress(manager, dealId, 'DealVault'), terms);
      const amendment = { amendmentId: randomUUID(), dealId, fromPeriod, document, proposal, terms };
      const hashes = {
        documentHash: terms.documentHash,
        programHash: terms.programHash,
        mappingHash: terms.mappingHash,
      };
      const record = {
        ...{ ...amendment, ...hashes, standing: 'queued' as const, proposedBy: actor.personId },
        ...{ readyAt: null, appliedBlock: null, appliedLog: null, approvedBy: null, issue: null, issueAddress: null },
      };
      await manager.insert(AmendmentRecord, record);
      await this.queueProposal(tx, actor, record, [next.program.bytes, mapping.program.bytes]);
      tx.record({
        object,
        before: { programHash: change.old.program.hash },
        after: { ...hashes, fromPeriod, proposal },
      });
      return viewOf(record);
    });
  }

  /** Approves an amendment by the hash of its program. @throws ApproverNotIndependent, ApprovalNamesAnotherProgram, RoleNotHeld, OutOfOrder */
  approve(actor: Actor, dealId: string, amendmentId: string, programHash: string, idempotency: Idempotency) {
    return this.act(actor, dealId, amendmentId, 'approve', ['proposed'], idempotency, async (tx, record) => {
      if (record.proposedBy === actor.personId) throw new ApproverNotIndependent();
      if (record.programHash !== programHash) throw new ApprovalNamesAnotherProgram(record.programHash, programHash);
      await tx.manager.update(AmendmentRecord, { amendmentId }, { approvedBy: actor.personId });
      return this.queue(tx, actor, record, 'approveChange', [record.proposal], true);
    });
  }

  /** Gives an amendment up. @throws RoleNotHeld, OutOfOrder */
  cancel(actor: Actor, dealId: string, amendmentId: string, idempotency: Idempotency) {
    return this.act(actor, dealId, amendmentId, 'cancel', ['proposed', 'approved'], idempotency, (tx, record) =>
      this.queue(tx, actor, record, 'cancelChange', [record.proposal], true),
    );
  }

  /**
   * Puts an approved amendment in force, when its delay is over and its first period is next. Its mapping is tried on the words
   * that the vault has now: those of the proposal may have been another period's.
   * @throws AmendmentNotReady, AmendmentDoesNotFit, OutOfOrder
   */
  apply(actor: Actor, dealId: string, amendmentId: string, idempotency: Idempotency) {
    return this.act(actor, dealId, amendmentId, 'apply', ['approved'], idempotency, async (tx, record) => {
      if (record.issue !== null) throw new OutOfOrder('It comes in force with its issue; complete the issue.', {});
      const { upcoming, words } = await this.standing(tx.manager, dealId);
      const now = (await this.context.provider.getBlock('latest'))?.timestamp ?? 0;
      if (record.fromPeriod !== upcoming || record.readyAt === null || now < Number(record.readyAt))
        throw new AmendmentNotReady(instantOf(record.readyAt), record.fromPeriod, upcoming);
      const deal = await dealFor(tx.manager, dealId);
      tryOn(takeOver(await currentDeal(tx.manager, deal), record.document), words);
      const args = [await dealAddress(tx.manager, dealId, 'DealVault'), record.terms];
      return this.queue(tx, actor, record, 'applyAmendment', args, false);
    });
  }

  /** The deal's amendments, by period. @throws NotFound */
  list(actor: Actor, dealId: string): Promise<AmendmentView[]> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const records = await manager.find(AmendmentRecord, { where: { dealId }, order: { fromPeriod: 'ASC' } });
      return records.map(viewOf);
    });
  }

  private act(
    actor: Actor,
    dealId: string,
    amendmentId: string,
    name: string,
    standings: readonly AmendmentStanding[],
    idempotency: Idempotency,
    work: (tx: Tx, record: AmendmentRecord) => Promise<string>,
  ): Promise<{ transactionId: string }> {
    const object = `deal:${dealId}/amendment:${amendmentId}`;
    return this.context.uow.run(actor, { name: `amendment.${name}`, object, idempotency }, async (tx) => {
      await dealAs(tx.manager, actor, dealId, ...PARTS);
      const record = await tx.manager.findOneBy(AmendmentRecord, { dealId, amendmentId });
      if (record === null) throw new NotFound('amendment', amendmentId);
      const { standing, programHash } = record;
      if (!standings.includes(standing))
        throw new OutOfOrder(`The amendment is ${standing}; it must be ${standings.join(' or ')}.`, { standing });
      const transactionId = await work(tx, record);
      tx.record({ object, before: { standing }, after: { transactionId, programHash } });
      return { transactionId };
    });
  }

  /** The period that the vault settles next, and the words that it has. */
  private async standing(manager: EntityManager, dealId: string): Promise<{ upcoming: number; words: bigint[] }> {
    const vault = await vaultReader(this.context, manager, dealId);
    const settled = Number((await vault.getFunction('period').staticCall()) as bigint);
    return { upcoming: settled + 1, words: [...((await vault.getFunction('state').staticCall()) as bigint[])] };
  }

  private async queueProposal(
    tx: Tx,
    actor: Actor,
    record: Pick<AmendmentRecord, 'amendmentId' | 'dealId' | 'terms'>,
    programs: readonly Uint8Array[],
  ): Promise<void> {
    const { amendmentId, dealId, terms } = record;
    const signer = (await accountOf(tx, actor.organisationId)) as Hex;
    await queueStoring(tx.manager, { amendmentId, dealId, signer }, programs);
    const args = [await dealAddress(tx.manager, dealId, 'DealVault'), terms];
    await this.queue(tx, actor, { amendmentId, dealId }, 'proposeAmendment', args, true);
  }

  private async queue(
    tx: Tx,
    actor: Actor,
    { amendmentId, dealId }: Pick<AmendmentRecord, 'amendmentId' | 'dealId'>,
    method: string,
    args: readonly unknown[],
    restricted: boolean,
  ): Promise<string> {
    const control = await dealAddress(tx.manager, dealId, 'DealControl');
    const account = (await accountOf(tx, actor.organisationId)) as Hex;
    if (restricted) await requireMayCall(this.context, tx.manager, { account, control, method });
    const id = await attemptId(tx.manager, `deal/${dealId}/amendment/${amendmentId}/${method}`);
    const purpose = `amendment: ${method}`;
    return queueCall(tx.manager, { id, signer: account, to: control, abi: controlAbi, method, args, dealId, purpose });
  }
}

const instantOf = (seconds: string | null): string | null =>
  seconds === null ? null : new Date(Number(seconds) * 1000).toISOString();

function viewOf(record: AmendmentRecord): AmendmentView {
  const { amendmentId, fromPeriod, documentHash, programHash, mappingHash, proposal, standing } = record;
  const readyAt = instantOf(record.readyAt);
  return { amendmentId, fromPeriod, documentHash, programHash, mappingHash, proposal, standing, readyAt };
}
