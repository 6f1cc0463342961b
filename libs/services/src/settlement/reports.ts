import type { EntityManager } from 'typeorm';
import { Interface } from 'ethers';
import { abis, inSignerOrder, recoverSigner, reportDomain, reportTypes } from '@weir/bindings';
import { enqueueTransaction } from '@weir/chain';
import type { Hex } from '@weir/money';
import type { Actor, Idempotency, Tx } from '@weir/persistence';
import { accountOf } from '../access/access.service.js';
import { dealInPeriod } from '../amendments/eras.js';
import { attemptId } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { compiledDeal } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import { dealAs, partiesOf } from '../deals/party.js';
import { dealAddress, vaultReader } from '../deployment/contracts.js';
import { NotFound, OutOfOrder } from '../problem.js';
import { importedTape } from '../tapes/tapes.service.js';
import { DealStateRecord, PaymentRecord, ServicerReportRecord, openingOf } from './entities.js';
import { ReportNotReproduced, ReportOutdated, ReportSubmitted, SignerNotIndependent } from './errors.js';
import { publishFigures, type PublishedFigures } from './figures.js';
import { pendingReport } from './pending-report.js';
import { buildReport, type BuiltReport } from './report-builder.js';
import { inFlight, requireNoSettlementInFlight, requireSameState, vaultPurpose } from './standing.js';

const vaultAbi = new Interface(abis.DealVault);

/** What a caller sees of a servicer report. */
export interface ReportView {
  readonly period: number;
  /** How many reports of the period were withdrawn on chain before this one. */
  readonly revision: number;
  readonly figures: PublishedFigures;
  readonly tapeRoot: Hex;
  readonly previousStateHash: Hex;
  readonly digest: Hex;
  readonly signedBy: { readonly servicer: boolean; readonly trustee: boolean };
}

/** Servicer reports: preparing and signing. */
export class ServicerReports {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Prepares the next period's report from an imported tape. Preparing again voids the signatures; once both were given and
   * the report is on its way to the vault, only after it was withdrawn there.
   * @throws ReportSubmitted, ReportBlocked, OutOfOrder, TapeNotImported, StatesDiffer, SettlementInFlight
   */
  prepare(actor: Actor, dealId: string, period: number, tapeId: string, idempotency: Idempotency): Promise<ReportView> {
    const object = `deal:${dealId}/period:${period}`;
    return this.context.uow.run(actor, { name: 'report.prepare', object, idempotency }, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'servicer');
      requireStatus(deal, ['closed'], 'reported on');
      const { state, revision } = await this.standing(tx.manager, dealId, period);
      const tape = await importedTape(tx.manager, dealId, tapeId);
      if (tape.period !== period)
        throw new OutOfOrder(`Tape ${tapeId} was handed in for period ${tape.period}, not ${period}.`, { tapeId });
      const compiled = compiledDeal(await dealInPeriod(tx.manager, deal, period));
      const built = await buildReport(this.context, tx.manager, compiled, {
        dealId,
        period,
        revision,
        tape,
        previousStateHash: state.stateHash,
      });
      const record = {
        dealId,
        period,
        revision,
        tapeId,
        figures: publishFigures(built.figures),
        inputs: built.report.inputs.map(String),
        tapeRoot: built.report.tapeRoot,
        previousStateHash: state.stateHash,
        digest: built.digest,
        preparedBy: actor.personId,
        servicerSignature: null,
        trusteeSignature: null,
        jointCashHeld: null,
        jointTrusteeSignature: null,
        jointCalculationAgentSignature: null,
        servicerSignedBy: null,
        trusteeSignedBy: null,
        jointTrusteeSignedBy: null,
        jointCalculationAgentSignedBy: null,
        dismissalReasonHash: null,
        dismissalTrusteeSignature: null,
        dismissalTrusteeSignedBy: null,
        dismissalCalculationAgentSignature: null,
        dismissalCalculationAgentSignedBy: null,
      };
      await tx.manager.upsert(ServicerReportRecord, record, ['dealId', 'period']);
      tx.record({ object, before: null, after: { tapeId, digest: built.digest, available: record.figures.available } });
      return viewOf(record);
    });
  }

  /**
   * Signs the report for the caller's part. The trustee's signature is given only when the report comes out the same
   * from the tape again. With the second signature the report is sent to the vault.
   * @throws ReportSubmitted, ReportNotReproduced, SignerNotIndependent, ReportOutdated, OutOfOrder, NotFound
   */
  sign(actor: Actor, dealId: string, period: number, idempotency: Idempotency): Promise<ReportView> {
    const object = `deal:${dealId}/period:${period}`;
    return this.context.uow.run(actor, { name: 'report.sign', object, idempotency }, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'servicer', 'trustee');
      const record = await reportFor(tx.manager, dealId, period);
      const part = await partToSign(tx.manager, actor, dealId);
      requireIndependent(record, part, actor.personId);
      const { state, revision } = await this.standing(tx.manager, dealId, period);
      if (record.previousStateHash !== state.stateHash || record.revision !== revision)
        throw new ReportOutdated(period);
      const tape = await importedTape(tx.manager, dealId, record.tapeId);
      const { previousStateHash } = record;
      const request = { dealId, period, revision, tape, previousStateHash };
      const compiled = compiledDeal(await dealInPeriod(tx.manager, deal, period));
      const built = await buildReport(this.context, tx.manager, compiled, request);
      if (built.digest !== record.digest) throw new ReportNotReproduced(record.digest, built.digest);
      const signer = await this.context.signers.signerOf((await accountOf(tx, actor.organisationId)) as Hex);
      const { chainId } = await this.context.provider.getNetwork();
      const domain = reportDomain(chainId, await dealAddress(tx.manager, dealId, 'DealVault'));
      const signature = (await signer.signTypedData(domain, reportTypes, { ...built.report })) as Hex;
      const change =
        part === 'servicer'
          ? { servicerSignature: signature, servicerSignedBy: actor.personId }
          : { trusteeSignature: signature, trusteeSignedBy: actor.personId };
      await tx.manager.update(ServicerReportRecord, { dealId, period }, change);
      const signed = { ...record, ...change };
      const submission = await this.submit(tx, dealId, signed, built, signer.address as Hex);
      tx.record({ object, before: null, after: { signedAs: part, digest: record.digest, submission } });
      return viewOf(signed);
    });
  }

  /**
   * Queues the report for the vault once servicer and trustee have signed it; gives the transaction's id, or null while a
   * signature is missing. The id names the report, so that asked twice it is one transaction.
   */
  private async submit(
    tx: Tx,
    dealId: string,
    { period, digest, servicerSignature, trusteeSignature }: ServicerReportRecord,
    { report }: BuiltReport,
    from: Hex,
  ): Promise<string | null> {
    if (servicerSignature === null || trusteeSignature === null) return null;
    const signatures = inSignerOrder(
      [servicerSignature, trusteeSignature].map((signature) => ({
        signer: recoverSigner(digest, signature),
        signature,
      })),
    );
    const id = await attemptId(tx.manager, `deal/${dealId}/submit/${period}/${digest}`);
    await enqueueTransaction(tx.manager, {
      id,
      signer: from,
      to: await dealAddress(tx.manager, dealId, 'DealVault'),
      data: vaultAbi.encodeFunctionData('submitReport', [report, signatures]) as Hex,
      dealId,
      purpose: vaultPurpose('submitReport'),
    });
    return id;
  }

  /** The state in which the period starts, on which database and chain agree, with no report or settlement under way. */
  private async standing(manager: EntityManager, dealId: string, period: number) {
    const state = await openingState(manager, dealId, period);
    await requireNoSettlementInFlight(manager, dealId, period);
    const vault = await vaultReader(this.context, manager, dealId);
    await requireSameState(vault, period, state);
    const pending = await pendingReport(vault);
    if (pending.digest !== null) throw new ReportSubmitted(period, pending.digest);
    if (await inFlight(manager, dealId, 'submitReport')) throw new ReportSubmitted(period, 'on its way');
    return { state, revision: pending.revision };
  }
}

/** As what the actor signs. */
async function partToSign(manager: EntityManager, actor: Actor, dealId: string): Promise<'servicer' | 'trustee'> {
  const played = await partiesOf(manager, actor, dealId);
  return played.includes('servicer') && actor.roles.includes('servicer') ? 'servicer' : 'trustee';
}

/** The trustee's signature is worth something only when it is another person's. */
function requireIndependent(record: ServicerReportRecord, part: 'servicer' | 'trustee', person: string): void {
  const { preparedBy, servicerSignedBy, trusteeSignedBy } = record;
  if (part === 'trustee' && (person === preparedBy || person === servicerSignedBy))
    throw new SignerNotIndependent('trustee', 'servicer');
  if (part === 'servicer' && person === trusteeSignedBy) throw new SignerNotIndependent('servicer', 'trustee');
}

/** A period's report. @throws NotFound */
export async function reportFor(manager: EntityManager, dealId: string, period: number): Promise<ServicerReportRecord> {
  const record = await manager.findOneBy(ServicerReportRecord, { dealId, period });
  if (record === null) throw new NotFound('servicer report for period', String(period));
  return record;
}

/**
 * The state in which a period starts. @throws OutOfOrder when the period was settled already, or the one before was not
 */
export async function openingState(manager: EntityManager, dealId: string, period: number): Promise<DealStateRecord> {
  const settled = await manager.findOneBy(PaymentRecord, { dealId, period });
  if (settled !== null)
    throw new OutOfOrder(`Period ${period} is settled; a correction goes into the next period's report.`, { period });
  const state = await manager.findOneBy(DealStateRecord, { dealId, period: period - 1 });
  if (state === null)
    throw new OutOfOrder(`Period ${period} cannot start: period ${period - 1} is not settled.`, { period });
  return { ...state, ...openingOf(state) };
}

/** What a caller sees of a stored report. */
export function viewOf(record: ServicerReportRecord): ReportView {
  const { period, revision, figures, tapeRoot, previousStateHash, digest } = record;
  const { servicerSignature, trusteeSignature } = record;
  const signedBy = { servicer: servicerSignature !== null, trustee: trusteeSignature !== null };
  return { period, revision, figures, tapeRoot, previousStateHash, digest, signedBy };
}
