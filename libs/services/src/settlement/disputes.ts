import { Interface, keccak256, toUtf8Bytes } from 'ethers';
import { abis, dismissalDigest, dismissalTypes, inSignerOrder, recoverSigner, reportDomain } from '@weir/bindings';
import { enqueueTransaction } from '@weir/chain';
import type { Hex } from '@weir/money';
import type { Actor, Idempotency, PartyRole, Tx } from '@weir/persistence';
import { accountOf } from '../access/access.service.js';
import { attemptId } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { dealAs, partiesOf } from '../deals/party.js';
import { dealAddress, vaultReader } from '../deployment/contracts.js';
import { ServicerReportRecord } from './entities.js';
import { DisputeRefused, NotDisputed, ReportNotSubmitted, SignerNotIndependent } from './errors.js';
import { pendingReport, type PendingReport } from './pending-report.js';
import { reportFor } from './reports.js';
import { requireNoSettlementInFlight, vaultPurpose } from './standing.js';

const vaultAbi = new Interface(abis.DealVault);

type Dismissal = Pick<
  ServicerReportRecord,
  | 'dismissalReasonHash'
  | 'dismissalTrusteeSignature'
  | 'dismissalTrusteeSignedBy'
  | 'dismissalCalculationAgentSignature'
  | 'dismissalCalculationAgentSignedBy'
>;

const NOT_DISMISSED: Dismissal = {
  dismissalReasonHash: null,
  dismissalTrusteeSignature: null,
  dismissalTrusteeSignedBy: null,
  dismissalCalculationAgentSignature: null,
  dismissalCalculationAgentSignedBy: null,
};

/** What the parties can do about a report that is on chain and not settled: dispute, dismiss, withdraw. */
export class ReportDisputes {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Disputes the period's report on chain. Its reason goes into the audit log, and its hash on chain.
   * @throws ReportNotSubmitted, DisputeRefused
   */
  dispute(actor: Actor, dealId: string, period: number, reason: string, idempotency: Idempotency) {
    const parts: PartyRole[] = ['servicer', 'trustee', 'calculation-agent'];
    return this.act(actor, dealId, period, 'dispute', parts, idempotency, async (tx, pending) => {
      if (pending.dispute !== 'none') throw new DisputeRefused(period, 'it was disputed before');
      const block = await this.context.provider.getBlock('latest');
      if (block !== null && block.timestamp >= pending.settleAfter)
        throw new DisputeRefused(period, 'its dispute delay is over; ask servicer or trustee to withdraw it');
      const from = (await accountOf(tx, actor.organisationId)) as Hex;
      const args = [pending.digest, reasonHashOf(reason)];
      const transactionId = await this.send(tx, { dealId, from, method: 'dispute', digest: pending.digest, args });
      return { transactionId, reason };
    });
  }

  /** Withdraws the period's report from the chain, disputed or not. @throws ReportNotSubmitted, SettlementInFlight */
  withdraw(actor: Actor, dealId: string, period: number, idempotency: Idempotency) {
    const parts: PartyRole[] = ['servicer', 'trustee'];
    return this.act(actor, dealId, period, 'withdraw', parts, idempotency, async (tx, { digest }) => {
      await requireNoSettlementInFlight(tx.manager, dealId, period);
      const from = (await accountOf(tx, actor.organisationId)) as Hex;
      const transactionId = await this.send(tx, { dealId, from, method: 'withdrawReport', digest, args: [digest] });
      return { transactionId };
    });
  }

  /**
   * Trustee's or calculation agent's finding that the dispute is unfounded. When both gave the same reason, it is sent.
   * @throws ReportNotSubmitted, NotDisputed, SignerNotIndependent
   */
  dismiss(actor: Actor, dealId: string, period: number, reason: string, idempotency: Idempotency) {
    const parts: PartyRole[] = ['trustee', 'calculation-agent'];
    return this.act(actor, dealId, period, 'dismiss', parts, idempotency, async (tx, { digest, dispute }) => {
      if (dispute !== 'standing') throw new NotDisputed(period);
      const record = await reportFor(tx.manager, dealId, period);
      const message = { reportDigest: digest, reasonHash: reasonHashOf(reason) };
      const from = (await accountOf(tx, actor.organisationId)) as Hex;
      const signer = await this.context.signers.signerOf(from);
      const { chainId } = await this.context.provider.getNetwork();
      const domain = reportDomain(chainId, await dealAddress(tx.manager, dealId, 'DealVault'));
      const signature = (await signer.signTypedData(domain, dismissalTypes, message)) as Hex;
      const played = await partiesOf(tx.manager, actor, dealId);
      const asTrustee = played.includes('trustee') && actor.roles.includes('trustee');
      // Another reason is another finding: the other party's signature over it falls.
      const kept = record.dismissalReasonHash === message.reasonHash ? dismissalOf(record) : NOT_DISMISSED;
      requireOtherPerson(kept, asTrustee, actor.personId);
      const own = asTrustee
        ? { dismissalTrusteeSignature: signature, dismissalTrusteeSignedBy: actor.personId }
        : { dismissalCalculationAgentSignature: signature, dismissalCalculationAgentSignedBy: actor.personId };
      const change: Dismissal = { ...kept, ...own, dismissalReasonHash: message.reasonHash };
      await tx.manager.update(ServicerReportRecord, { dealId, period }, change);
      const { dismissalTrusteeSignature: one, dismissalCalculationAgentSignature: other } = change;
      if (one === null || other === null) return { dismissed: false, transactionId: null, reason };
      const dismissed = dismissalDigest(domain, message);
      const signatures = [one, other].map((given) => ({ signer: recoverSigner(dismissed, given), signature: given }));
      const args = [message, inSignerOrder(signatures)];
      const transactionId = await this.send(tx, { dealId, from, method: 'dismissDispute', digest, args });
      return { dismissed: true, transactionId, reason };
    });
  }

  /** Runs a command about the pending report, which must be the period's. */
  private act<T extends object>(
    actor: Actor,
    dealId: string,
    period: number,
    name: string,
    parts: readonly PartyRole[],
    idempotency: Idempotency,
    work: (tx: Tx, pending: PendingReport & { readonly digest: Hex }) => Promise<T>,
  ): Promise<T> {
    const object = `deal:${dealId}/period:${period}`;
    return this.context.uow.run(actor, { name: `report.${name}`, object, idempotency }, async (tx) => {
      await dealAs(tx.manager, actor, dealId, ...parts);
      const record = await reportFor(tx.manager, dealId, period);
      const pending = await pendingReport(await vaultReader(this.context, tx.manager, dealId));
      const { digest } = pending;
      if (digest === null || digest !== record.digest) throw new ReportNotSubmitted(period);
      const done = await work(tx, { ...pending, digest });
      tx.record({ object, before: null, after: { digest, ...done } });
      return done;
    });
  }

  private async send(
    tx: Tx,
    call: { dealId: string; from: Hex; method: string; digest: Hex; args: readonly unknown[] },
  ): Promise<string> {
    const { dealId, from, method, digest, args } = call;
    const id = await attemptId(tx.manager, `deal/${dealId}/${method}/${digest}/${from}`);
    await enqueueTransaction(tx.manager, {
      id,
      signer: from,
      to: await dealAddress(tx.manager, dealId, 'DealVault'),
      data: vaultAbi.encodeFunctionData(method, [...args]) as Hex,
      dealId,
      purpose: vaultPurpose(method),
    });
    return id;
  }
}

const reasonHashOf = (reason: string): Hex => keccak256(toUtf8Bytes(reason)) as Hex;

function dismissalOf(record: ServicerReportRecord): Dismissal {
  const { dismissalReasonHash, dismissalTrusteeSignature, dismissalTrusteeSignedBy } = record;
  const { dismissalCalculationAgentSignature, dismissalCalculationAgentSignedBy } = record;
  return {
    dismissalReasonHash,
    dismissalTrusteeSignature,
    dismissalTrusteeSignedBy,
    dismissalCalculationAgentSignature,
    dismissalCalculationAgentSignedBy,
  };
}

/** Trustee and calculation agent find as two people. @throws SignerNotIndependent */
function requireOtherPerson(kept: Dismissal, asTrustee: boolean, person: string): void {
  if (asTrustee && kept.dismissalCalculationAgentSignedBy === person)
    throw new SignerNotIndependent('trustee', 'calculation agent');
  if (!asTrustee && kept.dismissalTrusteeSignedBy === person)
    throw new SignerNotIndependent('calculation agent', 'trustee');
}
