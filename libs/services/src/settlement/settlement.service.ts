import { Interface, type Contract } from 'ethers';
import type { EntityManager } from 'typeorm';
import { REASONS, abis, inSignerOrder, jointDigest, jointTypes, recoverSigner, reportDomain } from '@weir/bindings';
import { OutboxConflict, enqueueTransaction } from '@weir/chain';
import { formatMoney, type Hex } from '@weir/money';
import type { Actor, Idempotency, PartyRole, Tx } from '@weir/persistence';
import { summarise, type CompiledDeal } from '@weir/waterfall';
import { accountOf } from '../access/access.service.js';
import { currentDeal, dealInPeriod } from '../amendments/eras.js';
import { positiveAmount } from '../amount.js';
import type { ServiceContext } from '../context.js';
import { compiledDeal } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import type { DealRecord } from '../deals/entities.js';
import { dealAs, dealFor, partiesOf } from '../deals/party.js';
import { dealAddress, distributorReader, platformAddress, vaultReader } from '../deployment/contracts.js';
import { NoSuchTranche } from '../offering/errors.js';
import { NotFound } from '../problem.js';
import { transactionIdOf } from '../transaction-id.js';
import { ReportDisputes } from './disputes.js';
import { ServicerReportRecord } from './entities.js';
import {
  ClaimRefused,
  DepositDiffers,
  DepositInFlight,
  DisputeDelayRuns,
  JointAmountDiffers,
  ReportDisputed,
  ReportNotSubmitted,
  ReportOutdated,
  SettlementInFlight,
  SignatureMissing,
  SignerNotIndependent,
} from './errors.js';
import { pendingReport } from './pending-report.js';
import { loadPeriod, type PeriodView } from './period-view.js';
import { ServicerReports, openingState, reportFor } from './reports.js';
import { runBoth } from './run.js';
import { inFlight, requireNoSettlementInFlight, requireSameState, settlementId, vaultPurpose } from './standing.js';

const vaultAbi = new Interface(abis.DealVault);
const cashAbi = new Interface(abis.TestStablecoin);

/**
 * Demands that nothing is wrong with a deal before it is settled; who watches deals gives it.
 * @throws Problem which names what is wrong
 */
export type SoundnessGate = (
  context: ServiceContext,
  manager: EntityManager,
  dealId: string,
  compiled: CompiledDeal,
) => Promise<void>;

/** Settlement of a period: the deposit, the joint agreement, the payment itself, and what holders and payees fetch. */
export class SettlementService {
  private readonly reports: ServicerReports;
  private readonly disputes: ReportDisputes;

  constructor(
    private readonly context: ServiceContext,
    private readonly requireSound: SoundnessGate,
  ) {
    this.reports = new ServicerReports(context);
    this.disputes = new ReportDisputes(context);
  }

  /**
   * Deposits collections into the vault from the caller's account.
   * @param amount decimal string; the vault counts it in its own ledger for the next settlement
   */
  async deposit(
    actor: Actor,
    dealId: string,
    period: number,
    amount: string,
    idempotency: Idempotency,
  ): Promise<{ transactionId: string }> {
    const cents = positiveAmount(amount);
    const parts: PartyRole[] = ['servicer', 'trustee'];
    return this.command(actor, dealId, period, 'deposit', parts, idempotency, async (tx, _deal, id) => {
      const vault = await vaultReader(this.context, tx.manager, dealId);
      const units = cents * ((await vault.getFunction('unit').staticCall()) as bigint);
      const signer = (await accountOf(tx, actor.organisationId)) as Hex;
      const to = await platformAddress(tx.manager, 'Cash');
      const data = cashAbi.encodeFunctionData('approve', [vault.target, units]) as Hex;
      await enqueueTransaction(tx.manager, { id: `${id}/approve`, signer, to, data, dealId, purpose: 'pay a deposit' });
      await this.send(tx, actor, dealId, id, 'deposit', [units]);
    });
  }

  /**
   * Trustee's or calculation agent's agreement to settle on the cash that the vault holds. Both must name it.
   * @throws JointAmountDiffers, SignerNotIndependent, SettlementInFlight, StatesDiffer
   */
  agreeJointly(
    actor: Actor,
    dealId: string,
    period: number,
    cashHeld: string,
    idempotency: Idempotency,
  ): Promise<{ agreed: boolean }> {
    const object = `deal:${dealId}/period:${period}`;
    return this.context.uow.run(actor, { name: 'settlement.agree', object, idempotency }, async (tx) => {
      await dealAs(tx.manager, actor, dealId, 'trustee', 'calculation-agent');
      const record = await reportFor(tx.manager, dealId, period);
      const state = await openingState(tx.manager, dealId, period);
      await requireNoSettlementInFlight(tx.manager, dealId, period);
      await requireSameState(await vaultReader(this.context, tx.manager, dealId), period, state);
      const named = /^0(\.0{1,2})?$/.test(cashHeld) ? 0n : positiveAmount(cashHeld);
      const held = await this.cashHeld(tx, dealId);
      if (held !== named) throw new JointAmountDiffers(named, held);
      const signer = await this.context.signers.signerOf((await accountOf(tx, actor.organisationId)) as Hex);
      const { chainId } = await this.context.provider.getNetwork();
      const domain = reportDomain(chainId, await dealAddress(tx.manager, dealId, 'DealVault'));
      const message = { reportDigest: record.digest, cashHeld: held };
      const signature = (await signer.signTypedData(domain, jointTypes, message)) as Hex;
      const played = await partiesOf(tx.manager, actor, dealId);
      const asTrustee = played.includes('trustee') && actor.roles.includes('trustee');
      // An agreement on another amount is not an agreement: the other party's signature over it falls.
      const stands = record.jointCashHeld !== null && BigInt(record.jointCashHeld) === held;
      const kept = stands ? record : NOT_AGREED;
      requireOtherPerson(kept, asTrustee, actor.personId);
      const own = asTrustee
        ? { jointTrusteeSignature: signature, jointTrusteeSignedBy: actor.personId }
        : { jointCalculationAgentSignature: signature, jointCalculationAgentSignedBy: actor.personId };
      const change = { ...agreementOf(kept), ...own, jointCashHeld: held.toString() };
      await tx.manager.update(ServicerReportRecord, { dealId, period }, change);
      tx.record({ object, before: null, after: { agreedOn: formatMoney(held), as: asTrustee ? 'trustee' : 'agent' } });
      return { agreed: change.jointTrusteeSignature !== null && change.jointCalculationAgentSignature !== null };
    });
  }

  /**
   * Calculates the payment twice, exactly and in the EVM, and sends it with the result hash that both gave.
   * Asked twice for the same period, it is one transaction.
   * @throws SignatureMissing, ReportNotSubmitted, ReportDisputed, DisputeDelayRuns, DepositDiffers, DepositInFlight, StatesDiffer, ReportOutdated, SettlementInFlight,
   *   InvariantBroken, ExecutorsDiffer, RunStopped, OutOfOrder
   */
  async settle(
    actor: Actor,
    dealId: string,
    period: number,
    idempotency: Idempotency,
  ): Promise<{ transactionId: string; expectedResultHash: Hex }> {
    let expectedResultHash: Hex = '0x';
    const parts: PartyRole[] = ['calculation-agent'];
    const work = async (tx: Tx, deal: DealRecord) => {
      const id = await settlementId(tx.manager, dealId, period);
      const state = await openingState(tx.manager, dealId, period);
      const record = await reportFor(tx.manager, dealId, period);
      const { servicerSignature, trusteeSignature } = record;
      if (servicerSignature === null) throw new SignatureMissing('servicer');
      if (trusteeSignature === null) throw new SignatureMissing('trustee');
      if (record.previousStateHash !== state.stateHash) throw new ReportOutdated(period);
      const vault = await vaultReader(this.context, tx.manager, dealId);
      await requireSameState(vault, period, state);
      await this.requireSettleable(vault, record);
      const compiled = compiledDeal(await dealInPeriod(tx.manager, deal, period));
      await this.requireSound(this.context, tx.manager, dealId, compiled);
      const deposit = await this.cashHeld(tx, dealId);
      const inputs = record.inputs.map(BigInt);
      const run = await runBoth(compiled, vault, { period, inputs, deposit, state: state.state.map(BigInt) });
      expectedResultHash = run.resultHash;
      const { previousStateHash, revision, tapeRoot } = record;
      const report = { programHash: compiled.program.hash, period, revision, previousStateHash, tapeRoot, inputs };
      const { remittance } = summarise(compiled, run);
      if (remittance === deposit) {
        const args = [report, run.resultHash];
        return this.sendSettlement(tx, actor, { dealId, period, id }, 'settle', args);
      }
      const joint = jointAgreement(record, deposit);
      if (joint === null) {
        const coming = await inFlight(tx.manager, dealId, 'deposit');
        throw coming ? new DepositInFlight(remittance, deposit) : new DepositDiffers(remittance, deposit);
      }
      const message = { reportDigest: record.digest, cashHeld: deposit };
      const { chainId } = await this.context.provider.getNetwork();
      const agreement = jointDigest(reportDomain(chainId, String(vault.target)), message);
      const signatures = joint.map((signature) => ({ signer: recoverSigner(agreement, signature), signature }));
      const args = [report, message, inSignerOrder(signatures), run.resultHash];
      return this.sendSettlement(tx, actor, { dealId, period, id }, 'settleJointly', args);
    };
    const answer = await this.command(actor, dealId, period, 'settle', parts, idempotency, work, () => ({
      expectedResultHash,
    }));
    return answer as { transactionId: string; expectedResultHash: Hex };
  }

  /**
   * Claims the caller's share of a class's payment of a period.
   * @throws ClaimRefused with the contract's reason; the money waits
   */
  claim(
    actor: Actor,
    dealId: string,
    period: number,
    tranche: string,
    idempotency: Idempotency,
  ): Promise<{ transactionId: string }> {
    return this.command(actor, dealId, period, 'claim', ['investor'], idempotency, async (tx, deal, id) => {
      const names = compiledDeal(deal).tranches.map(({ name }) => name);
      const index = names.indexOf(tranche);
      if (index < 0) throw new NoSuchTranche(tranche, names);
      const distributor = await distributorReader(this.context, tx.manager, dealId);
      const account = await accountOf(tx, actor.organisationId);
      const claimable = distributor.getFunction('claimable');
      const [code, share] = (await claimable.staticCall(account, index, period)) as unknown as [bigint, Share];
      if (code !== 0n)
        throw new ClaimRefused(Number(code), REASONS[Number(code)] ?? `reason ${code}`, {
          interest: share.interest.toString(),
          principal: share.principal.toString(),
          tax: share.tax.toString(),
        });
      await enqueueTransaction(tx.manager, {
        id,
        signer: account as Hex,
        to: String(distributor.target) as Hex,
        data: distributor.interface.encodeFunctionData('claim', [index, period]) as Hex,
        dealId,
        purpose: 'distributor: claim',
      });
    });
  }

  /** Sends a payee what the vault owes it. Anybody may push it; it goes to the payee's address only. */
  withdraw(actor: Actor, dealId: string, payee: string, idempotency: Idempotency): Promise<{ transactionId: string }> {
    const parts: PartyRole[] = ['servicer', 'trustee', 'issuer'];
    return this.command(actor, dealId, 0, 'withdraw', parts, idempotency, async (tx, deal, id) => {
      const { payees } = compiledDeal(await currentDeal(tx.manager, deal));
      const index = payees.findIndex(({ name }) => name === payee);
      if (index < 0) throw new NotFound('payee', payee);
      await this.send(tx, actor, dealId, id, 'withdraw', [index]);
    });
  }

  /** Prepares the servicer report of a period (see ServicerReports). */
  prepareReport(actor: Actor, dealId: string, period: number, tapeId: string, idempotency: Idempotency) {
    return this.reports.prepare(actor, dealId, period, tapeId, idempotency);
  }

  /** Signs the servicer report for the caller's part (see ServicerReports). */
  signReport(actor: Actor, dealId: string, period: number, idempotency: Idempotency) {
    return this.reports.sign(actor, dealId, period, idempotency);
  }

  /** Disputes the report on chain (see ReportDisputes). */
  disputeReport(actor: Actor, dealId: string, period: number, reason: string, idempotency: Idempotency) {
    return this.disputes.dispute(actor, dealId, period, reason, idempotency);
  }

  /** Finds a dispute unfounded for the caller's part (see ReportDisputes). */
  dismissDispute(actor: Actor, dealId: string, period: number, reason: string, idempotency: Idempotency) {
    return this.disputes.dismiss(actor, dealId, period, reason, idempotency);
  }

  /** Withdraws the report from the chain (see ReportDisputes). */
  withdrawReport(actor: Actor, dealId: string, period: number, idempotency: Idempotency) {
    return this.disputes.withdraw(actor, dealId, period, idempotency);
  }

  /** A period: its report, what it paid, and how. */
  period(actor: Actor, dealId: string, period: number): Promise<PeriodView> {
    return this.context.uow.read(actor, async (manager) => {
      const deal = await dealFor(manager, dealId);
      return loadPeriod(manager, deal, period);
    });
  }

  /** The vault has the report, its dispute delay is over and no dispute stands. */
  private async requireSettleable(vault: Contract, { digest, period }: ServicerReportRecord): Promise<void> {
    const pending = await pendingReport(vault);
    if (pending.digest !== digest) throw new ReportNotSubmitted(period);
    if (pending.dispute === 'standing') throw new ReportDisputed(period);
    const block = await this.context.provider.getBlock('latest');
    if (block === null || block.timestamp < pending.settleAfter)
      throw new DisputeDelayRuns(period, pending.settleAfter);
  }

  /** Cents that the vault's own ledger counts for the next settlement. */
  private async cashHeld(tx: Pick<Tx, 'manager'>, dealId: string): Promise<bigint> {
    const vault = await vaultReader(this.context, tx.manager, dealId);
    const pending = (await vault.getFunction('pendingDeposit').staticCall()) as bigint;
    return pending / ((await vault.getFunction('unit').staticCall()) as bigint);
  }

  private command(
    actor: Actor,
    dealId: string,
    period: number,
    name: string,
    parts: readonly PartyRole[],
    idempotency: Idempotency,
    work: (tx: Tx, deal: DealRecord, transactionId: string) => Promise<string | void>,
    more: () => object = () => ({}),
  ): Promise<{ transactionId: string }> {
    const object = `deal:${dealId}/period:${period}`;
    return this.context.uow.run(actor, { name: `settlement.${name}`, object, idempotency }, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, ...parts);
      requireStatus(deal, ['closed'], 'paid on');
      const requested = transactionIdOf(actor, dealId, name, idempotency);
      const transactionId = (await work(tx, deal, requested)) ?? requested;
      tx.record({ object, before: null, after: { transactionId, ...more() } });
      return { transactionId, ...more() };
    });
  }

  /** Queues the period's one settlement and gives its id. @throws SettlementInFlight when another is on its way */
  private async sendSettlement(
    tx: Tx,
    actor: Actor,
    { dealId, period, id }: { dealId: string; period: number; id: string },
    method: string,
    args: unknown[],
  ): Promise<string> {
    await this.send(tx, actor, dealId, id, method, args).catch((error: unknown) => {
      throw error instanceof OutboxConflict ? new SettlementInFlight(period) : error;
    });
    return id;
  }

  private async send(tx: Tx, actor: Actor, dealId: string, id: string, method: string, args: unknown[]): Promise<void> {
    await enqueueTransaction(tx.manager, {
      id,
      signer: (await accountOf(tx, actor.organisationId)) as Hex,
      to: await dealAddress(tx.manager, dealId, 'DealVault'),
      data: vaultAbi.encodeFunctionData(method, args) as Hex,
      dealId,
      purpose: vaultPurpose(method),
    });
  }
}

/** What a claim would pay, in base units (IDistributor.Share). */
interface Share {
  readonly interest: bigint;
  readonly principal: bigint;
  readonly tax: bigint;
}

type Agreement = Pick<
  ServicerReportRecord,
  'jointTrusteeSignature' | 'jointTrusteeSignedBy' | 'jointCalculationAgentSignature' | 'jointCalculationAgentSignedBy'
>;

const NOT_AGREED: Agreement = {
  jointTrusteeSignature: null,
  jointTrusteeSignedBy: null,
  jointCalculationAgentSignature: null,
  jointCalculationAgentSignedBy: null,
};

/** Trustee and calculation agent agree as two people. @throws SignerNotIndependent */
function requireOtherPerson(kept: Agreement, asTrustee: boolean, person: string): void {
  if (asTrustee && kept.jointCalculationAgentSignedBy === person)
    throw new SignerNotIndependent('trustee', 'calculation agent');
  if (!asTrustee && kept.jointTrusteeSignedBy === person)
    throw new SignerNotIndependent('calculation agent', 'trustee');
}

function agreementOf(record: Agreement): Agreement {
  const { jointTrusteeSignature, jointTrusteeSignedBy } = record;
  const { jointCalculationAgentSignature, jointCalculationAgentSignedBy } = record;
  return {
    jointTrusteeSignature,
    jointTrusteeSignedBy,
    jointCalculationAgentSignature,
    jointCalculationAgentSignedBy,
  };
}

/** Both parties' signatures over the cash held, or null while they have not agreed on it. */
function jointAgreement(record: ServicerReportRecord, held: bigint) {
  const { jointCashHeld, jointTrusteeSignature, jointCalculationAgentSignature } = record;
  if (jointCashHeld === null || BigInt(jointCashHeld) !== held) return null;
  if (jointTrusteeSignature === null || jointCalculationAgentSignature === null) return null;
  return [jointTrusteeSignature, jointCalculationAgentSignature];
}
