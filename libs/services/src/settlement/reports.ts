import type { EntityManager } from 'typeorm';
import { reportDomain, reportTypes } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { Actor, Idempotency } from '@weir/persistence';
import { accountOf } from '../access/access.service.js';
import type { ServiceContext } from '../context.js';
import { compiledDeal } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import { dealAs, partiesOf } from '../deals/party.js';
import { dealAddress, vaultReader } from '../deployment/contracts.js';
import { NotFound, OutOfOrder } from '../problem.js';
import { importedTape } from '../tapes/tapes.service.js';
import { DealStateRecord, PaymentRecord, ServicerReportRecord } from './entities.js';
import { ReportNotReproduced, ReportOutdated, SignerNotIndependent } from './errors.js';
import { publishFigures, type PublishedFigures } from './figures.js';
import { buildReport } from './report-builder.js';
import { requireNoSettlementInFlight, requireSameState } from './standing.js';

/** What a caller sees of a servicer report. */
export interface ReportView {
  readonly period: number;
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
   * Prepares the next period's report from an imported tape. Preparing again before settlement voids the signatures.
   * @throws ReportBlocked, OutOfOrder, TapeNotImported, StatesDiffer, SettlementInFlight
   */
  prepare(actor: Actor, dealId: string, period: number, tapeId: string, idempotency: Idempotency): Promise<ReportView> {
    const object = `deal:${dealId}/period:${period}`;
    return this.context.uow.run(actor, { name: 'report.prepare', object, idempotency }, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'servicer');
      requireStatus(deal, ['closed'], 'reported on');
      const state = await this.standing(tx.manager, dealId, period);
      const tape = await importedTape(tx.manager, dealId, tapeId);
      if (tape.period !== period)
        throw new OutOfOrder(`Tape ${tapeId} was handed in for period ${tape.period}, not ${period}.`, { tapeId });
      const built = await buildReport(this.context, tx.manager, compiledDeal(deal), {
        dealId,
        period,
        tape,
        previousStateHash: state.stateHash,
      });
      const record = {
        dealId,
        period,
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
      };
      await tx.manager.upsert(ServicerReportRecord, record, ['dealId', 'period']);
      tx.record({ object, before: null, after: { tapeId, digest: built.digest, available: record.figures.available } });
      return viewOf(record);
    });
  }

  /**
   * Signs the report for the caller's part. The trustee's signature is given only when the report comes out the same
   * from the tape again.
   * @throws ReportNotReproduced, SignerNotIndependent, ReportOutdated, OutOfOrder, NotFound
   */
  sign(actor: Actor, dealId: string, period: number, idempotency: Idempotency): Promise<ReportView> {
    const object = `deal:${dealId}/period:${period}`;
    return this.context.uow.run(actor, { name: 'report.sign', object, idempotency }, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'servicer', 'trustee');
      const record = await reportFor(tx.manager, dealId, period);
      const part = await partToSign(tx.manager, actor, dealId);
      requireIndependent(record, part, actor.personId);
      const state = await this.standing(tx.manager, dealId, period);
      if (record.previousStateHash !== state.stateHash) throw new ReportOutdated(period);
      const tape = await importedTape(tx.manager, dealId, record.tapeId);
      const { previousStateHash } = record;
      const request = { dealId, period, tape, previousStateHash };
      const built = await buildReport(this.context, tx.manager, compiledDeal(deal), request);
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
      tx.record({ object, before: null, after: { signedAs: part, digest: record.digest } });
      return viewOf({ ...record, ...change });
    });
  }

  /** The state in which the period starts, on which database and chain agree, with no settlement under way. */
  private async standing(manager: EntityManager, dealId: string, period: number): Promise<DealStateRecord> {
    const state = await openingState(manager, dealId, period);
    await requireNoSettlementInFlight(manager, dealId, period);
    await requireSameState(await vaultReader(this.context, manager, dealId), period, state);
    return state;
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
  return state;
}

/** What a caller sees of a stored report. */
export function viewOf(record: ServicerReportRecord): ReportView {
  const { period, figures, tapeRoot, previousStateHash, digest, servicerSignature, trusteeSignature } = record;
  const signedBy = { servicer: servicerSignature !== null, trustee: trusteeSignature !== null };
  return { period, figures, tapeRoot, previousStateHash, digest, signedBy };
}
