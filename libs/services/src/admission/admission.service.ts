import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import {
  InvestorFactsInvalid,
  OnboardingOutOfOrder,
  SameOfficer,
  afterDecision,
  afterScreening,
  checkInvestorFacts,
  screenName,
  type Decision,
  type InvestorFacts,
  type ListEntry,
} from '@weir/compliance';
import type { Actor, Idempotency } from '@weir/persistence';
import { businessDate, type ServiceContext } from '../context.js';
import { isForeignKeyViolation } from '../database-refusal.js';
import { Forbidden, NotFound } from '../problem.js';
import { InvestorRecord, ScreeningEntry } from './entities.js';
import { AdmissionRefused, KycRecordInvalid, NoScreeningList } from './errors.js';
import { enqueueRegistration } from './registration.js';

/** What a compliance officer, or the investor itself, sees of an admission. */
export interface InvestorView extends InvestorFacts {
  readonly investorId: string;
  readonly organisationId: string;
  readonly state: InvestorRecord['state'];
  readonly screening: InvestorRecord['screening'];
  readonly decisionReason: string | null;
  readonly registryTransaction: string | null;
}

/** Admission of investors: KYC record, screening, decision by a second officer, entry in the registry on chain. */
export class AdmissionService {
  constructor(private readonly context: ServiceContext) {}

  /** Replaces the screening list in force. Entries are bounded to 100,000. */
  async loadScreeningList(
    actor: Actor,
    entries: readonly ListEntry[],
    idempotency: Idempotency,
  ): Promise<{ entries: number }> {
    requireOfficer(actor);
    const command = { name: 'admission.load-screening-list', object: 'screening-list', idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const before = await tx.manager.count(ScreeningEntry);
      await tx.manager.createQueryBuilder().delete().from(ScreeningEntry).execute();
      await tx.manager.insert(ScreeningEntry, [...entries]);
      tx.record({ object: 'screening-list', before: { entries: before }, after: { entries: entries.length } });
      return { entries: entries.length };
    });
  }

  /** Enters a KYC record. @throws KycRecordInvalid with every fault, NotFound when there is no such organisation */
  async enter(
    actor: Actor,
    input: InvestorFacts & { organisationId: string },
    idempotency: Idempotency,
  ): Promise<{ investorId: string }> {
    requireOfficer(actor);
    const today = await businessDate(this.context);
    try {
      checkInvestorFacts(input, today);
    } catch (error) {
      if (error instanceof InvestorFactsInvalid) throw new KycRecordInvalid(error.faults);
      throw error;
    }
    const investorId = randomUUID();
    const object = `investor:${investorId}`;
    return this.context.uow.run(actor, { name: 'admission.enter', object, idempotency }, async (tx) => {
      const { organisationId, legalName, country, account, kycValidUntil, lockedUntil, category, withholdingBps } =
        input;
      const record = {
        investorId,
        organisationId,
        legalName,
        country,
        account: account.toLowerCase(),
        kycValidUntil,
        lockedUntil,
        category,
        withholdingBps,
        state: 'entered' as const,
        enteredBy: actor.personId,
      };
      await tx.manager.insert(InvestorRecord, record).catch((error: unknown) => {
        throw isForeignKeyViolation(error) ? new NotFound('organisation', organisationId) : error;
      });
      tx.record({
        object,
        before: null,
        after: { organisationId, country, account, kycValidUntil, lockedUntil, category, withholdingBps },
      });
      return { investorId };
    });
  }

  /** Screens the legal name against the list in force. @throws NoScreeningList, AdmissionRefused */
  async screen(actor: Actor, investorId: string, idempotency: Idempotency): Promise<{ outcome: 'clear' | 'hit' }> {
    requireOfficer(actor);
    const object = `investor:${investorId}`;
    return this.context.uow.run(actor, { name: 'admission.screen', object, idempotency }, async (tx) => {
      const investor = await investorFor(tx.manager, investorId);
      const list = await tx.manager.find(ScreeningEntry);
      if (list.length === 0) throw new NoScreeningList();
      const screening = screenName(investor.legalName, list);
      const state = inOrder(() => afterScreening(investor.state, screening.outcome));
      await tx.manager.update(InvestorRecord, investorId, { screening, state });
      tx.record({ object, before: { state: investor.state }, after: { state, screening } });
      return { outcome: screening.outcome };
    });
  }

  /**
   * Admits or refuses; an admission is entered in the registry on chain.
   * @throws AdmissionRefused when the person entered the record, the record ran out, or the order is broken
   */
  async decide(
    actor: Actor,
    investorId: string,
    decision: { decision: Decision; reason: string },
    idempotency: Idempotency,
  ): Promise<{ state: string; transactionId: string | null }> {
    requireOfficer(actor);
    const object = `investor:${investorId}`;
    const command = { name: 'admission.decide', object, why: decision.reason, idempotency };
    const today = await businessDate(this.context);
    return this.context.uow.run(actor, command, async (tx) => {
      const investor = await investorFor(tx.manager, investorId);
      if (decision.decision === 'admit' && investor.kycValidUntil < today)
        throw new AdmissionRefused(`The KYC record ran out on ${investor.kycValidUntil}; enter a renewed one.`);
      const state = inOrder(() => afterDecision(investor.state, decision.decision, investor.enteredBy, actor.personId));
      const transactionId = state === 'admitted' ? await enqueueRegistration(tx.manager, this.context, investor) : null;
      await tx.manager.update(InvestorRecord, investorId, {
        state,
        decidedBy: actor.personId,
        decisionReason: decision.reason,
        registryTransaction: transactionId,
      });
      tx.record({ object, before: { state: investor.state }, after: { state, transactionId } });
      return { state, transactionId };
    });
  }

  /** Investors that the caller may see: all for compliance and auditors, otherwise its own organisation's. */
  list(actor: Actor): Promise<InvestorView[]> {
    return this.context.uow.read(actor, async (manager) => {
      const investors = await manager.find(InvestorRecord, { order: { legalName: 'ASC' }, take: 1000 });
      return investors.map(view);
    });
  }
}

/** Loads a record for a command; of two commands on it, the second sees what the first left. */
async function investorFor(manager: EntityManager, investorId: string): Promise<InvestorRecord> {
  const lock = { mode: 'pessimistic_write' as const };
  const investor = await manager.findOne(InvestorRecord, { where: { investorId }, lock });
  if (investor === null) throw new NotFound('investor', investorId);
  return investor;
}

function requireOfficer(actor: Actor): void {
  if (!actor.roles.includes('compliance-officer')) throw new Forbidden('the role compliance officer');
}

function inOrder<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof SameOfficer || error instanceof OnboardingOutOfOrder)
      throw new AdmissionRefused(error.message);
    throw error;
  }
}

function view(record: InvestorRecord): InvestorView {
  const { investorId, organisationId, legalName, country, account, kycValidUntil, lockedUntil, category } = record;
  const { withholdingBps, state, screening, decisionReason, registryTransaction } = record;
  return {
    investorId,
    organisationId,
    legalName,
    country,
    account,
    kycValidUntil,
    lockedUntil,
    category,
    withholdingBps,
    state,
    screening,
    decisionReason,
    registryTransaction,
  };
}
