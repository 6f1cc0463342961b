import { randomUUID } from 'node:crypto';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { artifacts, REASONS } from '@weir/bindings';
import { formatMoney, type Hex } from '@weir/money';
import { SYSTEM_ACTOR, type Actor, type Idempotency, type PartyRole, type Tx } from '@weir/persistence';
import { accountOf } from '../access/access.service.js';
import { requireNoneUnderWay } from '../amendments/amendments.service.js';
import { AmendmentRecord, type AmendmentStanding } from '../amendments/entities.js';
import { AmendmentNotReady } from '../amendments/errors.js';
import { currentDeal } from '../amendments/eras.js';
import { amendmentOnChain } from '../amendments/on-chain.js';
import { requireRecordDates, takeOver, tryOn } from '../amendments/take-over.js';
import { positiveAmount } from '../amount.js';
import { attemptId, queueCall } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { requireMayCall } from '../control/may-call.js';
import { readDocument } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import { dealAs, dealFor } from '../deals/party.js';
import { dealAddress, platformAddress, reader, vaultReader } from '../deployment/contracts.js';
import { partyAccounts } from '../deployment/party-accounts.js';
import { NotAdmitted, NotWholeLots, SubscriptionExceeds } from '../offering/errors.js';
import { NotFound, OutOfOrder } from '../problem.js';
import { transactionIdOf } from '../transaction-id.js';
import { IssueNotSubscribed } from './errors.js';
import { issueAbi } from './issue-on-chain.js';
import { DEPLOY_ISSUE_QUEUE } from './issue-script.js';
import { issueTerms, type IssueInput } from './issue-terms.js';

const PARTS: readonly PartyRole[] = ['issuer', 'servicer', 'trustee', 'calculation-agent'];

/** What a caller sees of a further issue; amounts are decimal strings, `lotCost` with accrued interest, times UTC instants. */
export interface FurtherIssueView {
  readonly amendmentId: string;
  readonly tranche: string;
  readonly fromPeriod: number;
  readonly standing: AmendmentStanding;
  readonly address: Hex | null;
  readonly programHash: Hex;
  readonly face: string;
  readonly maximum: string;
  readonly lot: string;
  readonly lotCost: string;
  /** Original face that is subscribed; null before the contract is deployed. */
  readonly subscribed: string | null;
  readonly issueDate: string;
  readonly deadline: string;
}

/** An issue whose contract is deployed. */
type Deployed = AmendmentRecord & { issue: NonNullable<AmendmentRecord['issue']>; issueAddress: Hex };

/** More notes of a class after closing: proposed and approved as an amendment, subscribed, and issued whole or refunded. */
export class FurtherIssuesService {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Proposes a document under which more of one class is issued, and its terms: the issue's contract is deployed, and the
   * control is told. Approval and cancellation are those of amendments.
   * @throws DealDocumentInvalid, AmendmentDocumentInvalid, AmendmentDoesNotFit, AmendmentUnderWay, IssueTermsInvalid, RoleNotHeld, OutOfOrder
   */
  propose(
    actor: Actor,
    dealId: string,
    { document, ...input }: IssueInput & { readonly document: string },
    idempotency: Idempotency,
  ): Promise<FurtherIssueView> {
    const object = `deal:${dealId}`;
    return this.context.uow.run(actor, { name: 'further-issue.propose', object, idempotency }, async (tx) => {
      const { manager } = tx;
      const deal = await dealAs(manager, actor, dealId, ...PARTS);
      requireStatus(deal, ['closed'], 'amended');
      await requireNoneUnderWay(manager, dealId);
      const proposer = (await accountOf(tx, actor.organisationId)) as Hex;
      const control = await dealAddress(manager, dealId, 'DealControl');
      await requireMayCall(this.context, manager, { account: proposer, control, method: 'proposeIssue' });
      const change = takeOver(await currentDeal(manager, deal), document);
      requireRecordDates(deal, change);
      const { upcoming, words } = await this.standing(manager, dealId);
      const { fromPeriod } = change.mapping;
      if (fromPeriod < upcoming)
        throw new OutOfOrder(`Period ${fromPeriod} is settled; issue from period ${upcoming} on.`, { upcoming });
      if (fromPeriod === upcoming) tryOn(change, words);
      // Whose accounts those are, parties do not see of each other.
      const accounts = await this.context.uow.read(SYSTEM_ACTOR, (reading) =>
        partyAccounts(reading, dealId, readDocument(document)),
      );
      const vault = await dealAddress(manager, dealId, 'DealVault');
      const issue = issueTerms(change, input, { vault, issuer: accounts.issuer, now: await this.now() });
      const terms = amendmentOnChain(change.next, change.mapping, accounts);
      const amendmentId = randomUUID();
      const { programHash, documentHash, mappingHash } = terms;
      const record = {
        ...{ amendmentId, dealId, fromPeriod, document, terms, issue, documentHash, programHash, mappingHash },
        // Its hash has the contract's address in it.
        ...{ proposal: '0x' as const, issueAddress: null, standing: 'queued' as const, proposedBy: actor.personId },
        ...{ readyAt: null, appliedBlock: null, appliedLog: null, approvedBy: null },
      };
      await manager.insert(AmendmentRecord, record);
      await tx.job(DEPLOY_ISSUE_QUEUE, { dealId, amendmentId, proposer }, amendmentId);
      tx.record({
        object,
        before: { programHash: change.old.program.hash },
        after: { amendmentId, programHash, issue },
      });
      return this.viewOf(record, change.next.tranches[issue.tranche]?.name ?? '');
    });
  }

  /** The deal's further issues, by period. @throws NotFound */
  list(actor: Actor, dealId: string): Promise<FurtherIssueView[]> {
    return this.context.uow.read(actor, async (manager) => {
      const deal = await dealFor(manager, dealId);
      const where = { dealId, issue: Not(IsNull()) };
      const records = await manager.find(AmendmentRecord, { where, order: { fromPeriod: 'ASC' } });
      const names = readDocument(deal.document).tranches.map(({ name }) => name);
      return Promise.all(records.map((record) => this.viewOf(record, names[record.issue?.tranche ?? -1] ?? '')));
    });
  }

  /**
   * Subscribes the caller's organisation to so much original face, in whole lots, at price and accrued interest.
   * @throws NotAdmitted, NotWholeLots, SubscriptionExceeds, AmountInvalid, OutOfOrder
   */
  async subscribe(actor: Actor, dealId: string, amendmentId: string, amount: string, idempotency: Idempotency) {
    const cents = positiveAmount(amount);
    return this.act(actor, { dealId, amendmentId, name: 'subscribe', part: 'investor' }, idempotency, async (of) => {
      const { tx, record, account } = of;
      if (record.standing !== 'approved')
        throw new OutOfOrder(`The issue is ${record.standing}; it takes subscriptions once it is approved.`, {});
      const lots = lotsOf(record, cents);
      const cost = lots * (await this.lotCost(record));
      await this.requireCan(tx.manager, record, account, { lots, cost });
      const cash = await platformAddress(tx.manager, 'Cash');
      const approval = { abi: artifacts.TestStablecoin.abi, method: 'approve', args: [record.issueAddress, cost] };
      const common = { signer: account, dealId, purpose: 'further issue: pay for notes' };
      await queueCall(tx.manager, { ...common, ...approval, id: `${of.id}/approve`, to: cash });
      return { method: 'subscribe', args: [lots] };
    });
  }

  /** Takes the caller's subscription back; `refund` pays it out. */
  withdraw(actor: Actor, dealId: string, amendmentId: string, idempotency: Idempotency) {
    const call = { dealId, amendmentId, name: 'withdraw', part: 'investor' as const };
    return this.act(actor, call, idempotency, async () => ({ method: 'withdraw', args: [] }));
  }

  /** Pays the caller what it took back, was not allotted, or had subscribed when the issue failed. */
  refund(actor: Actor, dealId: string, amendmentId: string, idempotency: Idempotency) {
    const call = { dealId, amendmentId, name: 'refund', part: 'investor' as const };
    return this.act(actor, call, idempotency, async ({ account }) => ({ method: 'refund', args: [account] }));
  }

  /** Gives the issue up; every subscriber can have its cash back. */
  fail(actor: Actor, dealId: string, amendmentId: string, idempotency: Idempotency) {
    const call = { dealId, amendmentId, name: 'fail', part: 'issuer' as const };
    return this.act(actor, call, idempotency, async () => ({ method: 'fail', args: [] }));
  }

  /**
   * Issues the notes, puts the document in force and pays the seller, all in one transaction.
   * @throws AmendmentNotReady, AmendmentDoesNotFit, IssueNotSubscribed, OutOfOrder
   */
  complete(actor: Actor, dealId: string, amendmentId: string, idempotency: Idempotency) {
    const call = { dealId, amendmentId, name: 'complete', part: 'issuer' as const };
    return this.act(actor, call, idempotency, async ({ tx, record }) => {
      const { upcoming, words } = await this.standing(tx.manager, dealId);
      const { issue, readyAt, fromPeriod } = record;
      const from = readyAt === null ? null : Math.max(Number(readyAt), issue.issueDate);
      const due = from !== null && (await this.now()) >= from;
      if (record.standing !== 'approved' || !due || fromPeriod !== upcoming)
        throw new AmendmentNotReady(from === null ? null : instantOf(from), fromPeriod, upcoming);
      const missing = BigInt(issue.lots) - (await this.raised(record));
      if (missing > 0n) throw new IssueNotSubscribed(formatMoney(missing * BigInt(issue.lot)));
      const deal = await dealFor(tx.manager, dealId);
      tryOn(takeOver(await currentDeal(tx.manager, deal), record.document), words);
      return { method: 'complete', args: [record.terms] };
    });
  }

  private act(
    actor: Actor,
    { dealId, amendmentId, name, part }: { dealId: string; amendmentId: string; name: string; part: PartyRole },
    idempotency: Idempotency,
    work: (of: { tx: Tx; record: Deployed; account: Hex; id: string }) => Promise<{ method: string; args: unknown[] }>,
  ): Promise<{ transactionId: string }> {
    const object = `deal:${dealId}/amendment:${amendmentId}`;
    return this.context.uow.run(actor, { name: `further-issue.${name}`, object, idempotency }, async (tx) => {
      const { manager } = tx;
      await dealAs(manager, actor, dealId, part);
      const record = await manager.findOneBy(AmendmentRecord, { dealId, amendmentId, issue: Not(IsNull()) });
      if (record === null) throw new NotFound('further issue', amendmentId);
      if (!isDeployed(record)) throw new OutOfOrder('The issue is not on chain yet; try again in a moment.', {});
      const account = (await accountOf(tx, actor.organisationId)) as Hex;
      const id =
        part === 'issuer'
          ? await attemptId(manager, `${object}/${name}`)
          : transactionIdOf(actor, dealId, `further-issue.${name}`, idempotency);
      const { method, args } = await work({ tx, record, account, id });
      const call = { id, signer: account, to: record.issueAddress, abi: issueAbi, method, args, dealId };
      await queueCall(manager, { ...call, purpose: `further issue: ${method}` });
      tx.record({ object, before: { standing: record.standing }, after: { transactionId: id } });
      return { transactionId: id };
    });
  }

  /** @throws NotAdmitted, SubscriptionExceeds */
  private async requireCan(
    manager: EntityManager,
    record: Deployed,
    account: Hex,
    { lots, cost }: { lots: bigint; cost: bigint },
  ): Promise<void> {
    const registry = reader(
      this.context,
      await platformAddress(manager, 'InvestorRegistry'),
      artifacts.InvestorRegistry.abi,
    );
    const code = Number((await registry.getFunction('canReceive').staticCall(account)) as bigint);
    if (code !== 0) throw new NotAdmitted(account, code, REASONS[code] ?? `reason ${code}`);
    const left = BigInt(record.issue.maximum) - (await this.raised(record));
    if (lots > left) throw new SubscriptionExceeds('tranche', formatMoney(left * BigInt(record.issue.lot)));
    const cash = reader(this.context, await platformAddress(manager, 'Cash'), artifacts.TestStablecoin.abi);
    const held = (await cash.getFunction('balanceOf').staticCall(account)) as bigint;
    const vault = await vaultReader(this.context, manager, record.dealId);
    const unit = (await vault.getFunction('unit').staticCall()) as bigint;
    if (held < cost) throw new SubscriptionExceeds('cash', formatMoney(held / unit));
  }

  private async raised(record: Deployed): Promise<bigint> {
    return (await reader(this.context, record.issueAddress, issueAbi).getFunction('raised').staticCall()) as bigint;
  }

  private async lotCost(record: Deployed): Promise<bigint> {
    return (await reader(this.context, record.issueAddress, issueAbi).getFunction('lotCost').staticCall()) as bigint;
  }

  /** The period that the vault settles next, and the words that it has. */
  private async standing(manager: EntityManager, dealId: string): Promise<{ upcoming: number; words: bigint[] }> {
    const vault = await vaultReader(this.context, manager, dealId);
    const settled = Number((await vault.getFunction('period').staticCall()) as bigint);
    return { upcoming: settled + 1, words: [...((await vault.getFunction('state').staticCall()) as bigint[])] };
  }

  private async now(): Promise<number> {
    return (await this.context.provider.getBlock('latest'))?.timestamp ?? 0;
  }

  private async viewOf(record: AmendmentRecord, tranche: string): Promise<FurtherIssueView> {
    const { amendmentId, fromPeriod, standing, programHash, issueAddress: address, issue } = record;
    if (issue === null) throw new NotFound('further issue', amendmentId);
    const lot = BigInt(issue.lot);
    const money = (lots: string | bigint): string => formatMoney(BigInt(lots) * lot);
    return {
      ...{ amendmentId, tranche, fromPeriod, standing, address, programHash },
      face: money(issue.lots),
      maximum: money(issue.maximum),
      lot: formatMoney(lot),
      lotCost: formatMoney(BigInt(issue.price) + BigInt(issue.accrued)),
      subscribed: isDeployed(record) ? money(await this.raised(record)) : null,
      issueDate: instantOf(issue.issueDate),
      deadline: instantOf(issue.deadline),
    };
  }
}

const isDeployed = (record: AmendmentRecord): record is Deployed =>
  record.issue !== null && record.issueAddress !== null;

const instantOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

function lotsOf({ issue }: Deployed, cents: bigint): bigint {
  const lot = BigInt(issue.lot);
  if (cents % lot !== 0n) throw new NotWholeLots(formatMoney(cents), formatMoney(lot));
  return cents / lot;
}
