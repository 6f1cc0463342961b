import { Interface } from 'ethers';
import { artifacts, REASONS } from '@weir/bindings';
import { enqueueTransaction } from '@weir/chain';
import { formatMoney, type Hex } from '@weir/money';
import type { Actor, Idempotency, PartyRole, Tx } from '@weir/persistence';
import { accountOf } from '../access/access.service.js';
import { positiveAmount } from '../amount.js';
import type { ServiceContext } from '../context.js';
import { compiledDeal } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import type { DealRecord } from '../deals/entities.js';
import { dealAs } from '../deals/party.js';
import { dealAddress, platformAddress } from '../deployment/contracts.js';
import { requirePledged } from '../pledges/pool-pledges.js';
import { transactionIdOf } from '../transaction-id.js';
import { requireDealVault } from './bound-vault.js';
import { requireAttested } from './attestations.js';
import {
  InvestorLimitPassed,
  NoSuchTranche,
  NotAdmitted,
  NotFullySubscribed,
  NotWholeLots,
  OfferingNotOver,
  SubscriptionExceeds,
} from './errors.js';
import { OfferOnChain } from './offer-on-chain.js';

const offeringAbi = new Interface(artifacts.Subscription.abi);
const cashAbi = new Interface(artifacts.TestStablecoin.abi);

/** Notes are minted to so many subscribers in one transaction, of about six million gas. */
const POSITIONS_AT_ONCE = 100;

/** Offering: opening subscription, subscribing, closing, refunds. */
export class OfferingService {
  constructor(private readonly context: ServiceContext) {}

  /** Opens subscription for the deal's vault. */
  open(actor: Actor, dealId: string, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.command(actor, dealId, 'offering.open', ['issuer'], idempotency, async (tx, deal, id) => {
      requireStatus(deal, ['deployed'], 'offered');
      const vault = await dealAddress(tx.manager, dealId, 'DealVault');
      await this.send(tx, actor, dealId, id, 'open', [vault]);
    });
  }

  /**
   * Closes the deal: notes are minted, in as many transactions as the subscribers need; with the last of them the reserve
   * is funded and the rest goes to the seller.
   * @throws NotFullySubscribed, NotAdmitted, LoansNotPledged, NotAttested, AttestationExceeded
   */
  close(actor: Actor, dealId: string, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.command(actor, dealId, 'offering.close', ['issuer'], idempotency, async (tx, deal, id) => {
      requireStatus(deal, ['offered'], 'closed');
      await this.checkSold(tx, deal);
      await requirePledged(this.context, tx.manager, dealId);
      await requireAttested(this.context, tx.manager, deal);
      const offer = await OfferOnChain.of(this.context, tx, dealId);
      await this.send(tx, actor, dealId, id, 'close', [POSITIONS_AT_ONCE]);
      for (let done = POSITIONS_AT_ONCE; done < (await offer.positions()); done += POSITIONS_AT_ONCE)
        await this.send(tx, actor, dealId, `${id}/allot-${done}`, 'allot', [POSITIONS_AT_ONCE]);
    });
  }

  /** Calls the offering off; every subscriber can have its cash back. */
  cancel(actor: Actor, dealId: string, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.command(actor, dealId, 'offering.cancel', ['issuer'], idempotency, async (tx, deal, id) => {
      requireStatus(deal, ['deployed', 'offered'], 'called off');
      await this.send(tx, actor, dealId, id, 'cancel', []);
    });
  }

  /**
   * Declares an offering failed that did not begin to close by its deadline, or whose closing did not end by its own: every
   * subscriber can have its cash back.
   * @throws OfferingNotOver
   */
  fail(actor: Actor, dealId: string, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.command(actor, dealId, 'offering.fail', ['issuer', 'investor'], idempotency, async (tx, deal, id) => {
      requireStatus(deal, ['deployed', 'offered'], 'declared failed');
      const last = await (await OfferOnChain.of(this.context, tx, dealId)).lastInstant();
      const now = (await this.context.provider.getBlock('latest'))?.timestamp ?? 0;
      if (now <= last) throw new OfferingNotOver(new Date(last * 1000).toISOString());
      await this.send(tx, actor, dealId, id, 'fail', []);
    });
  }

  /** Pays the caller's subscriptions of a failed offering, or those that were withdrawn, back to its account. */
  refund(actor: Actor, dealId: string, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.command(actor, dealId, 'offering.refund', ['investor'], idempotency, async (tx, deal, id) => {
      requireStatus(deal, ['offered', 'closed', 'failed'], 'refunded');
      await this.send(tx, actor, dealId, id, 'refund', [await accountOf(tx, actor.organisationId)]);
    });
  }

  /**
   * Subscribes the caller's organisation to a tranche in the settlement stablecoin.
   * @param subscription amount of original face = cash, decimal string
   * @throws NotAdmitted, OfferMisbound, NoSuchTranche, NotWholeLots, InvestorLimitPassed, SubscriptionExceeds, AmountInvalid
   */
  async subscribe(
    actor: Actor,
    dealId: string,
    subscription: { tranche: string; amount: string },
    idempotency: Idempotency,
  ): Promise<{ transactionId: string }> {
    const cents = positiveAmount(subscription.amount);
    return this.command(actor, dealId, 'offering.subscribe', ['investor'], idempotency, async (tx, deal, id) => {
      requireStatus(deal, ['offered'], 'subscribed to');
      const names = compiledDeal(deal).tranches.map((tranche) => tranche.name);
      const index = names.indexOf(subscription.tranche);
      if (index < 0) throw new NoSuchTranche(subscription.tranche, names);
      const account = (await accountOf(tx, actor.organisationId)) as Hex;
      const amount = await this.checkSubscription(tx, dealId, account, index, cents);
      const offering = await dealAddress(tx.manager, dealId, 'Subscription');
      const cash = await platformAddress(tx.manager, 'Cash');
      const approve = cashAbi.encodeFunctionData('approve', [offering, amount]) as Hex;
      const purpose = `pay for notes ${subscription.tranche}`;
      const common = { signer: account, dealId, purpose };
      await enqueueTransaction(tx.manager, { ...common, id: `${id}/approve`, to: cash, data: approve });
      await this.send(tx, actor, dealId, id, 'subscribe', [index, amount]);
    });
  }

  /** What the subscription takes, in base units. @throws NotAdmitted, OfferMisbound, NotWholeLots, InvestorLimitPassed, SubscriptionExceeds */
  private async checkSubscription(tx: Tx, dealId: string, account: Hex, tranche: number, cents: bigint) {
    const offer = await OfferOnChain.of(this.context, tx, dealId);
    const code = await offer.admissionCode(account);
    if (code !== 0) throw new NotAdmitted(account, code, REASONS[code] ?? `reason ${code}`);
    requireDealVault(await offer.boundVault(), await dealAddress(tx.manager, dealId, 'DealVault'));
    const unit = await offer.unit();
    const { maximum, perInvestor, lot } = await offer.terms(tranche);
    if (cents % lot !== 0n) throw new NotWholeLots(formatMoney(cents), formatMoney(lot));
    const left = maximum - (await offer.raised(tranche)) / unit;
    if (left < cents) throw new SubscriptionExceeds('tranche', formatMoney(left));
    const own = (await offer.subscribed(account, tranche)) / unit;
    if (perInvestor !== 0n && own + cents > perInvestor)
      throw new InvestorLimitPassed(formatMoney(perInvestor), formatMoney(own));
    const held = await offer.cashOf(account);
    if (held < cents * unit) throw new SubscriptionExceeds('cash', formatMoney(held / unit));
    return cents * unit;
  }

  /**
   * The minimum of every tranche must be subscribed, and the seller admitted when it would keep notes.
   * @throws NotFullySubscribed, NotAdmitted
   */
  private async checkSold(tx: Tx, deal: DealRecord): Promise<void> {
    const offer = await OfferOnChain.of(this.context, tx, deal.dealId);
    const unit = await offer.unit();
    const missing: Record<string, string> = {};
    let retained = false;
    for (const [index, { name }] of compiledDeal(deal).tranches.entries()) {
      const raised = await offer.raised(index);
      const left = (await offer.terms(index)).minimum - raised / unit;
      if (left > 0n) missing[name] = formatMoney(left);
      if (raised < (await offer.target(index))) retained = true;
    }
    if (Object.keys(missing).length > 0) throw new NotFullySubscribed(missing);
    if (!retained) return;
    const seller = await offer.seller();
    const code = await offer.admissionCode(seller);
    if (code !== 0) throw new NotAdmitted(seller, code, REASONS[code] ?? `reason ${code}`);
  }

  private command(
    actor: Actor,
    dealId: string,
    name: string,
    parts: readonly PartyRole[],
    idempotency: Idempotency,
    work: (tx: Tx, deal: DealRecord, transactionId: string) => Promise<void>,
  ): Promise<{ transactionId: string }> {
    const command = { name, object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, ...parts);
      const transactionId = transactionIdOf(actor, dealId, name, idempotency);
      await work(tx, deal, transactionId);
      tx.record({ object: `deal:${dealId}`, before: null, after: { transactionId } });
      return { transactionId };
    });
  }

  private async send(tx: Tx, actor: Actor, dealId: string, id: string, method: string, args: unknown[]): Promise<void> {
    await enqueueTransaction(tx.manager, {
      id,
      signer: (await accountOf(tx, actor.organisationId)) as Hex,
      to: await dealAddress(tx.manager, dealId, 'Subscription'),
      data: offeringAbi.encodeFunctionData(method, args) as Hex,
      dealId,
      purpose: `offering: ${method}`,
    });
  }
}
