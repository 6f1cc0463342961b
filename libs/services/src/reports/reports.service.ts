import type { EntityManager } from 'typeorm';
import { SYSTEM_ACTOR, unfinishedJobs, type Actor, type Tx } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { dealFor } from '../deals/party.js';
import { dealAddress, platformAddress } from '../deployment/contracts.js';
import { saltOf } from '../loan-salt.js';
import { originatorOf, pledgeSaltOf } from '../pledges/pool-pledges.js';
import { NotFound } from '../problem.js';
import { PaymentRecord } from '../settlement/entities.js';
import { dealFiles } from './deal-files.js';
import { ReportFileRecord } from './entities.js';
import { PaymentChanged } from './errors.js';
import type { PublishedFile } from './file.js';
import { loadFacts, type PeriodFacts } from './load-facts.js';
import { INVESTOR_REPORT_PDF, periodFiles } from './period-files.js';

/** Queue of the job that writes a period's files. */
export const BUILD_REPORT_QUEUE = 'report-build';

/** Period under which a deal keeps the files that belong to no single period. */
const WHOLE_DEAL = 0;

/** Periods that one look at what is pending gives at most. */
const PENDING_AT_ONCE = 100;

/** A published file as it is listed; `bytes` is its length. */
export interface FileView {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
}

interface Rendered {
  readonly payment: PeriodFacts['payment'];
  readonly ofPeriod: readonly PublishedFile[];
  readonly ofDeal: readonly PublishedFile[];
}

/** The natural key of the job that writes a period's files. */
const jobKey = (dealId: string, period: number): string => `${dealId}/${period}`;

/** What a deal publishes of each payment date: proofs, reports, journal. */
export class ReportsService {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Job: writes the files of a period whose payment is final, and once those of the deal; all of them or none. Running
   * it again changes nothing.
   * @throws PaymentNotFinal, PaymentChanged, SettledReportDiffers, ResultNotReproduced
   */
  async build(dealId: string, period: number): Promise<void> {
    const rendered = await this.render(dealId, period);
    if (rendered === null) return;
    const object = `deal:${dealId}/period:${period}`;
    await this.context.uow.run(SYSTEM_ACTOR, { name: 'report.build', object }, async (tx) => {
      const { transactionHash, resultHash } = rendered.payment;
      const standing = { dealId, period, transactionHash, resultHash, final: true };
      if (!(await tx.manager.existsBy(PaymentRecord, standing))) throw new PaymentChanged(dealId, period);
      const ofDeal = await this.store(tx, dealId, WHOLE_DEAL, rendered.ofDeal);
      const ofPeriod = await this.store(tx, dealId, period, rendered.ofPeriod);
      tx.record({ object, before: null, after: { files: { ...ofDeal, ...ofPeriod } } });
    });
  }

  /** Periods whose payment is final, whose files are not written yet, and for which no job waits or runs. */
  pending(): Promise<{ dealId: string; period: number }[]> {
    return this.context.uow.read(SYSTEM_ACTOR, async (manager) => {
      const rows: { dealId: string; period: number }[] = await manager.query(
        `select p.deal_id as "dealId", p.period from weir.payment p
          where p.final and not exists (
            select 1 from weir.report_file f
             where f.deal_id = p.deal_id and f.period = p.period and f.name = $1)
          order by p.deal_id, p.period limit ${PENDING_AT_ONCE}`,
        [INVESTOR_REPORT_PDF],
      );
      const waiting = await unfinishedJobs(manager, BUILD_REPORT_QUEUE);
      return rows.filter(({ dealId, period }) => !waiting.has(jobKey(dealId, period)));
    });
  }

  /** Asks for the files of every period that needs them; there is nothing to record while all are asked for. */
  async request(): Promise<void> {
    const pending = await this.pending();
    if (pending.length === 0) return;
    await this.context.uow.run(SYSTEM_ACTOR, { name: 'reports.request', object: 'reports' }, async (tx) => {
      for (const { dealId, period } of pending) {
        await tx.job(BUILD_REPORT_QUEUE, { dealId, period }, jobKey(dealId, period));
        tx.record({ object: `deal:${dealId}/period:${period}`, before: null, after: { files: 'requested' } });
      }
    });
  }

  /**
   * The files of a period, by name; none while they are not written yet. Period 0 has the deal's own.
   * @throws NotFound when the caller may not see the deal
   */
  files(actor: Actor, dealId: string, period: number): Promise<FileView[]> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const records = await manager.find(ReportFileRecord, { where: { dealId, period }, order: { name: 'ASC' } });
      return records.map(({ name, mediaType, bytes, sha256 }) => ({ name, mediaType, bytes, sha256 }));
    });
  }

  /** One file. @throws NotFound */
  file(actor: Actor, dealId: string, period: number, name: string): Promise<{ bytes: Uint8Array; mediaType: string }> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const record = await manager.findOneBy(ReportFileRecord, { dealId, period, name });
      if (record === null) throw new NotFound('file', name);
      const { bytes } = await this.context.blobs.get(manager, record.sha256);
      return { bytes, mediaType: record.mediaType };
    });
  }

  /** The files to store, made from one consistent state of the database; null when they are stored already. */
  private async render(dealId: string, period: number): Promise<Rendered | null> {
    const loaded = await this.context.uow.read(SYSTEM_ACTOR, async (manager) => {
      const done = await manager.existsBy(ReportFileRecord, { dealId, period, name: INVESTOR_REPORT_PDF });
      if (done) return null;
      const facts = await loadFacts(this.context, manager, dealId, period);
      const originator = await originatorOf(manager, dealId);
      return { facts, originator, ofDeal: await this.filesOfDeal(manager, dealId, facts) };
    });
    if (loaded === null) return null;
    const { facts, originator, ofDeal } = loaded;
    const ofPeriod = await periodFiles(facts, (loanKey) => ({
      salt: saltOf(this.context, dealId, loanKey),
      ...(facts.pledges !== null && { pledgeSalt: pledgeSaltOf(this.context, originator, loanKey) }),
    }));
    return { payment: facts.payment, ofPeriod, ofDeal };
  }

  private async filesOfDeal(manager: EntityManager, dealId: string, facts: PeriodFacts): Promise<PublishedFile[]> {
    const { document, chainId, vaultAddress: vault, tokens, atClosing, cutOffPool, amendments } = facts;
    const manifest = {
      chainId,
      vault,
      cash: await platformAddress(manager, 'Cash'),
      registry: await platformAddress(manager, 'InvestorRegistry'),
      offering: await dealAddress(manager, dealId, 'Subscription'),
      pledges: facts.pledges,
      tokens,
      programHash: atClosing.program.hash,
      documentHash: atClosing.documentHash,
      cutOffPool,
    };
    return dealFiles(document, manifest, amendments);
  }

  /** Stores the files that are not there yet. @returns their SHA-256 by name */
  private async store(
    tx: Tx,
    dealId: string,
    period: number,
    files: readonly PublishedFile[],
  ): Promise<Record<string, string>> {
    const stored: Record<string, string> = {};
    for (const { name, mediaType, bytes } of files) {
      if (await tx.manager.existsBy(ReportFileRecord, { dealId, period, name })) continue;
      const sha256 = await this.context.blobs.put(tx.manager, bytes, mediaType);
      await tx.manager.query(
        `insert into weir.report_file (deal_id, period, name, media_type, sha256, bytes)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [dealId, period, name, mediaType, sha256, bytes.length],
      );
      stored[name] = sha256;
    }
    return stored;
  }
}
