import { concat, keccak256, type Contract } from 'ethers';
import { artifacts } from '@weir/bindings';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR, type Actor, type Idempotency, type PartyRole, type Role, type Tx } from '@weir/persistence';
import type { EntityManager } from 'typeorm';
import { accountOf } from '../access/access.service.js';
import { attemptId, queueCall } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { compiledDeal } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import { dealAs, dealFor } from '../deals/party.js';
import { dealAddress, reader } from '../deployment/contracts.js';
import { PLATFORM_SIGNERS } from '../deployment/roles.js';
import { NoSuchTranche } from '../offering/errors.js';
import { Forbidden } from '../problem.js';
import { ApproverIsProposer, NothingToPush } from './errors.js';
import { noteAccounts } from './note-accounts.js';

const { abi } = artifacts.Distributor;

/** Holders paid in one transaction, of about two million gas. */
const HOLDERS_AT_ONCE = 100;
/** Holders who are asked about at the same time. */
const ASKED_AT_ONCE = 20;

const PROPOSE = 'distribution.propose-unclaimed';

/** What a class was paid for a period. */
export interface PaidClass {
  readonly dealId: string;
  readonly period: number;
  readonly tranche: string;
}

/** What a push brought about. */
export interface PushAnswer {
  readonly holders: number;
  readonly transactionIds: readonly string[];
}

type Step = 'proposeUnclaimed' | 'approveUnclaimed' | 'cancelUnclaimed';

/** What happens to classes' money beside claims: pushed to holders, tax remitted, moved when nobody claims it. */
export class DistributionService {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Pays every holder who can be paid and did not claim, in batches.
   * @throws NothingToPush, NoSuchTranche
   */
  push(actor: Actor, paid: PaidClass, idempotency: Idempotency): Promise<PushAnswer> {
    const parts: PartyRole[] = ['issuer', 'servicer', 'trustee', 'calculation-agent'];
    return this.command(actor, paid, 'push', parts, idempotency, async (tx, index, distributor) => {
      const { dealId, period, tranche } = paid;
      const accounts = await payable(this.context, distributor, paid, index);
      if (accounts.length === 0) throw new NothingToPush(tranche, period);
      const signer = (await accountOf(tx, actor.organisationId)) as Hex;
      const to = String(distributor.target) as Hex;
      const transactionIds: string[] = [];
      for (let start = 0; start < accounts.length; start += HOLDERS_AT_ONCE) {
        const some = accounts.slice(start, start + HOLDERS_AT_ONCE);
        const digest = keccak256(concat(some)).slice(2, 34);
        const id = await attemptId(tx.manager, `deal/${dealId}/push/${period}/${tranche}/${digest}`);
        const args = [index, period, some];
        const call = { id, signer, to, abi, method: 'push', args, dealId, purpose: 'distributor: push' };
        transactionIds.push(await queueCall(tx.manager, call));
      }
      return { holders: accounts.length, transactionIds };
    });
  }

  /** Sends the tax withheld of a class's period to the tax account. @throws Fault naming NoTaxHeld */
  remitTax(actor: Actor, paid: PaidClass, idempotency: Idempotency): Promise<{ transactionId: string }> {
    const parts: PartyRole[] = ['servicer', 'trustee'];
    return this.command(actor, paid, 'remit-tax', parts, idempotency, (tx, index, distributor) =>
      this.send(tx, actor, paid, index, distributor, 'remitTax'),
    );
  }

  /** Moves unclaimed money to the rule's account, once its delay after the approval is over. @throws Fault naming why not */
  moveUnclaimed(actor: Actor, paid: PaidClass, idempotency: Idempotency): Promise<{ transactionId: string }> {
    const parts: PartyRole[] = ['issuer', 'servicer', 'trustee', 'calculation-agent'];
    return this.command(actor, paid, 'move-unclaimed', parts, idempotency, (tx, index, distributor) =>
      this.send(tx, actor, paid, index, distributor, 'moveUnclaimed'),
    );
  }

  /** The operator proposes that money which nobody claimed is moved. @throws Forbidden, Fault naming why it is not unclaimed */
  proposeUnclaimed(actor: Actor, paid: PaidClass, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.decide(actor, paid, PROPOSE, 'proposeUnclaimed', idempotency);
  }

  /** Another person, of compliance, approves it. @throws Forbidden, ApproverIsProposer */
  approveUnclaimed(actor: Actor, paid: PaidClass, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.decide(actor, paid, 'distribution.approve-unclaimed', 'approveUnclaimed', idempotency);
  }

  /** Compliance takes the proposal back. @throws Forbidden */
  cancelUnclaimed(actor: Actor, paid: PaidClass, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.decide(actor, paid, 'distribution.cancel-unclaimed', 'cancelUnclaimed', idempotency);
  }

  /** A decision of the platform, by the account of the role that may take it. It belongs to no party of the deal. */
  private async decide(
    actor: Actor,
    paid: PaidClass,
    name: string,
    method: Step,
    idempotency: Idempotency,
  ): Promise<{ transactionId: string }> {
    const role: Role = method === 'proposeUnclaimed' ? 'operator' : 'compliance-officer';
    if (!actor.roles.includes(role)) throw new Forbidden(`the role ${role}`);
    const { address, index, proposer } = await this.context.uow.read(SYSTEM_ACTOR, async (manager) => ({
      address: await dealAddress(manager, paid.dealId, 'Distributor'),
      index: await indexOf(manager, paid),
      proposer: await proposerOf(manager, paid),
    }));
    if (method === 'approveUnclaimed' && proposer === actor.personId) throw new ApproverIsProposer();
    const { signers } = this.context;
    const account = role === 'operator' ? PLATFORM_SIGNERS.operator : PLATFORM_SIGNERS.compliance;
    const signer = (await signers.openOrCreate(account)).address;
    const object = objectOf(paid);
    return this.context.uow.run(actor, { name, object, idempotency }, async (tx) => {
      const args = [index, paid.period];
      await reader(this.context, address, abi)
        .getFunction(method)
        .staticCall(...args, { from: signer });
      const id = await attemptId(tx.manager, `${object}/${method}/${idempotency.key}`);
      await queueCall(tx.manager, { id, signer, to: address, abi, method, args, purpose: `distributor: ${method}` });
      tx.record({ object, before: null, after: { transactionId: id } });
      return { transactionId: id };
    });
  }

  private command<T extends object>(
    actor: Actor,
    paid: PaidClass,
    name: string,
    parts: readonly PartyRole[],
    idempotency: Idempotency,
    work: (tx: Tx, index: number, distributor: Contract) => Promise<T>,
  ): Promise<T> {
    const object = objectOf(paid);
    return this.context.uow.run(actor, { name: `distribution.${name}`, object, idempotency }, async (tx) => {
      const deal = await dealAs(tx.manager, actor, paid.dealId, ...parts);
      requireStatus(deal, ['closed'], 'distributed from');
      const distributor = reader(this.context, await dealAddress(tx.manager, paid.dealId, 'Distributor'), abi);
      const done = await work(tx, await indexOf(tx.manager, paid), distributor);
      tx.record({ object, before: null, after: { ...done } });
      return done;
    });
  }

  /** Asks the contract first, so that a refusal has its reason, and queues the call. */
  private async send(
    tx: Tx,
    actor: Actor,
    paid: PaidClass,
    index: number,
    distributor: Contract,
    method: 'remitTax' | 'moveUnclaimed',
  ): Promise<{ transactionId: string }> {
    const { dealId, period, tranche } = paid;
    const signer = (await accountOf(tx, actor.organisationId)) as Hex;
    const args = [index, period];
    await distributor.getFunction(method).staticCall(...args, { from: signer });
    const id = await attemptId(tx.manager, `deal/${dealId}/${method}/${period}/${tranche}`);
    const to = String(distributor.target) as Hex;
    await queueCall(tx.manager, { id, signer, to, abi, method, args, dealId, purpose: `distributor: ${method}` });
    return { transactionId: id };
  }
}

const objectOf = ({ dealId, period, tranche }: PaidClass): string => `deal:${dealId}/period:${period}/class:${tranche}`;

async function indexOf(manager: EntityManager, { dealId, tranche }: PaidClass): Promise<number> {
  const names = compiledDeal(await dealFor(manager, dealId)).tranches.map(({ name }) => name);
  const index = names.indexOf(tranche);
  if (index < 0) throw new NoSuchTranche(tranche, names);
  return index;
}

/** The person who proposed last, or null. */
async function proposerOf(manager: EntityManager, paid: PaidClass): Promise<string | null> {
  const [last]: { actor_person: string }[] = await manager.query(
    'select actor_person from weir.audit_record where command = $1 and object = $2 order by at desc limit 1',
    [PROPOSE, objectOf(paid)],
  );
  return last?.actor_person ?? null;
}

/** Holders of a class who can be paid for a period now. */
async function payable(context: ServiceContext, distributor: Contract, paid: PaidClass, index: number): Promise<Hex[]> {
  const holders = await noteAccounts(context, paid.dealId, paid.tranche);
  const claimable = distributor.getFunction('claimable');
  const found: Hex[] = [];
  for (let start = 0; start < holders.length; start += ASKED_AT_ONCE) {
    const some = holders.slice(start, start + ASKED_AT_ONCE);
    const codes = await Promise.all(
      some.map(async (account) => ((await claimable.staticCall(account, index, paid.period)) as [bigint])[0]),
    );
    found.push(...some.filter((_, place) => codes[place] === 0n));
  }
  return found;
}
