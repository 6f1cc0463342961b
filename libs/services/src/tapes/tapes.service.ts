import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import {
  assetClassNamed,
  ASSET_CLASSES,
  openingOf,
  selectPool,
  type Finding,
  type TapeQuality,
} from '@weir/collateral';
import { formatMoney } from '@weir/money';
import { SYSTEM_ACTOR, type Actor, type Idempotency } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { compiledDeal, readDocument } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import { DealRecord } from '../deals/entities.js';
import { dealAs, dealFor } from '../deals/party.js';
import { NotFound } from '../problem.js';
import { TapeRecord, type TapeKind } from './entities.js';
import { EmptyPool, EmptyUpload, PeriodInvalid, PoolNeedsLoans, TapeNotImported, UploadInvalid } from './errors.js';
import { csvOfFindings, loadFindings } from './findings.js';
import { TapeImporter } from './import-tape.js';
import { loadLoans } from './loan-rows.js';
import { type Judgement, type JudgementView, judgementsOf } from './judgements.js';
import { mappingById, mappingsOf, SPONSOR } from './mappings.js';
import { countReasons, replacePool } from './pool-rows.js';
import type { TapeSummary } from './summary.js';
import { currentTape } from './versions.js';
import { askForVintages } from './vintage-curves.js';

/** Queue of the job that imports an uploaded tape. */
export const IMPORT_TAPE_QUEUE = 'tape-import';

/** What a caller sees of a tape. */
export interface TapeView {
  readonly tapeId: string;
  /** Null for a month before the first payment period. */
  readonly period: number | null;
  readonly status: TapeRecord['status'];
  readonly failure: TapeRecord['failure'];
  readonly summary: TapeSummary | null;
  readonly assetClass: string | null;
  /** Month reported, YYYY-MM; null until it is imported, as are kind and version. */
  readonly month: string | null;
  readonly kind: TapeKind | null;
  readonly version: number | null;
  /** Whether this is the tape that counts for its month. */
  readonly current: boolean;
  /** The confirmed mapping that its columns were read by; null where they have the standards' names. */
  readonly mapping: { readonly originator: string; readonly version: number } | null;
  readonly quality: TapeQuality | null;
  /** The tapes that a file of several months was divided into, in the order of time; empty of any other. */
  readonly parts: readonly { readonly tapeId: string; readonly month: string }[];
  /** The file of several months that it is a month of. */
  readonly partOf: string | null;
  /** Judgements since its import, the latest first: earlier months were corrected. `summary` and `quality` are by the latest. */
  readonly judgements: readonly JudgementView[];
}

/** A file that is handed in. */
export interface TapeUpload {
  /** Payment period whose collection period it reports; null for a month before the first. */
  readonly period: number | null;
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
  /** Columns or fields that make the loan key; null takes those of the deal document. */
  readonly loanKey: readonly string[] | null;
  /** What the file itself may leave open: its asset class, its month (YYYY-MM), and what it is beside earlier ones. */
  readonly assetClass?: string | null;
  readonly month?: string | null;
  readonly kind?: TapeKind | null;
  /** Whose file it is, for the mapping of its columns; the deal's sponsor's when absent. */
  readonly originator?: string | null;
}

/** The pool that the eligibility criteria picked, and the program compiled for it. */
export interface PoolView {
  readonly loans: number;
  readonly opening: string;
  readonly closing: string;
  readonly excluded: number;
  /** Excluded loans by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly programHash: string;
}

/** A loan that is not in the pool, and why. */
export interface ExcludedLoanView {
  readonly loanKey: string;
  /** Line in the file; the header is 1. */
  readonly row: number;
  readonly reasons: readonly string[];
}

/** Tapes: receiving, importing, and picking the pool. */
export class TapesService {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Takes a tape of any format and queues its import. The same file, handed in as the same and read alike, is the same
   * tape: nothing changes.
   * @throws EmptyUpload, PeriodInvalid, UploadInvalid, NotFound, Forbidden
   */
  async receive(
    actor: Actor,
    dealId: string,
    upload: TapeUpload,
    idempotency: Idempotency,
  ): Promise<{ tapeId: string }> {
    const wish = wishOf(upload);
    await this.context.uow.read(actor, (manager) => dealAs(manager, actor, dealId, 'issuer', 'servicer'));
    // A slow sender holds nothing but this: the deal is taken hold of when its file is there.
    const fileSha256 = await this.store(actor, dealId, upload.bytes);
    const bodyHash = createHash('sha256').update(`${idempotency.bodyHash} ${fileSha256}`).digest('hex');
    const command = { name: 'tape.receive', object: `deal:${dealId}`, idempotency: { ...idempotency, bodyHash } };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'issuer', 'servicer');
      const loanKey = [...(upload.loanKey ?? readDocument(deal.document).loanKey)];
      const [mapping] = await mappingsOf(tx.manager, dealId, upload.originator ?? SPONSOR);
      const tape = { ...wish, dealId, fileSha256, loanKey, mappingId: mapping?.mappingId ?? null };
      const known = await sameTape(tx.manager, tape);
      if (known !== null) return { tapeId: known };
      const tapeId = randomUUID();
      await tx.manager.insert(TapeRecord, { tapeId, ...tape, status: 'received' });
      tx.record({ object: `tape:${tapeId}`, before: null, after: tape });
      await tx.job(IMPORT_TAPE_QUEUE, { tapeId }, tapeId);
      return { tapeId };
    });
  }

  private store(actor: Actor, dealId: string, bytes: TapeUpload['bytes']): Promise<string> {
    const pieces = bytes instanceof Uint8Array ? [bytes] : bytes;
    return this.context.uow.run(actor, { name: 'tape.upload', object: `deal:${dealId}` }, async ({ manager }) => {
      const { sha256, size } = await this.context.blobs.putPieces(manager, pieces, 'application/octet-stream');
      if (size === 0) throw new EmptyUpload();
      return sha256;
    });
  }

  /** Job: reads and stores a received tape, all of it or nothing. Running it again changes nothing. */
  async importTape(tapeId: string): Promise<void> {
    const command = { name: 'tape.import', object: `tape:${tapeId}` };
    await this.context.uow.run(SYSTEM_ACTOR, command, async (tx) => {
      const lock = { mode: 'pessimistic_write' as const };
      const tape = await tx.manager.findOne(TapeRecord, { where: { tapeId }, lock });
      if (tape === null) throw new NotFound('tape', tapeId);
      if (tape.status === 'received') await new TapeImporter(this.context).import(tx, tape);
      await askForVintages(tx, tape.dealId);
    });
  }

  /**
   * Picks the pool from the cut-off tape by the deal's eligibility criteria and compiles the deal for it.
   * @throws TapeNotImported, EmptyPool, OutOfOrder
   */
  structure(actor: Actor, dealId: string, tapeId: string, idempotency: Idempotency): Promise<PoolView> {
    const command = { name: 'deal.structure', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'issuer');
      requireStatus(deal, ['draft', 'structured', 'approved'], 'structured');
      const { assetClass } = await importedTape(tx.manager, dealId, tapeId);
      if (assetClass !== null && assetClass !== 'auto-loan') throw new PoolNeedsLoans(tapeId, assetClass);
      const { pool, excluded } = selectPool(
        await loadLoans(tx.manager, tapeId),
        readDocument(deal.document).eligibility,
      );
      if (pool.length === 0) throw new EmptyPool(tapeId, excluded.length);
      const opening = pool.reduce((sum, loan) => sum + openingOf(loan), 0n);
      const closing = pool.reduce((sum, loan) => sum + loan.closing, 0n);
      const compiled = compiledDeal({ ...deal, cutOffPool: formatMoney(opening) });
      await replacePool(tx.manager, dealId, { pool, excluded });
      const change = { cutOffPool: formatMoney(opening), programHash: compiled.program.hash };
      await tx.manager.update(DealRecord, dealId, {
        ...change,
        status: 'structured',
        editorId: actor.personId,
        approverId: null,
        approvedHash: null,
      });
      tx.record({ object: `deal:${dealId}`, before: { programHash: deal.programHash }, after: { tapeId, ...change } });
      return {
        loans: pool.length,
        opening: formatMoney(opening),
        closing: formatMoney(closing),
        excluded: excluded.length,
        reasons: countReasons(excluded),
        programHash: compiled.program.hash,
      };
    });
  }

  /** One tape. @throws NotFound */
  get(actor: Actor, dealId: string, tapeId: string): Promise<TapeView> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const tape = await manager.findOneBy(TapeRecord, { dealId, tapeId });
      if (tape === null) throw new NotFound('tape', tapeId);
      return viewOf(manager, tape);
    });
  }

  /** The findings of a tape in file order, at most 1,000 a page. */
  findings(actor: Actor, dealId: string, tapeId: string, page: { after: number }): Promise<Finding[]> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      return loadFindings(manager, { dealId, tapeId }, page.after);
    });
  }

  /** All findings of a tape as CSV, in pieces. @throws NotFound at once */
  async findingsCsv(actor: Actor, dealId: string, tapeId: string): Promise<AsyncIterable<string>> {
    await this.get(actor, dealId, tapeId);
    return csvOfFindings((after) => this.findings(actor, dealId, tapeId, { after }));
  }

  /** Loans of the cut-off tape that are not in the pool, with every reason, by loan key; at most 1,000 a page. */
  excludedLoans(actor: Actor, dealId: string, page: { after: string }): Promise<ExcludedLoanView[]> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const rows: ExcludedLoanView[] = await manager.query(
        `select loan_key as "loanKey", "row", reasons from weir.excluded_loan
         where deal_id = $1 and loan_key > $2 order by loan_key limit 1000`,
        [dealId, page.after],
      );
      return rows;
    });
  }
}

/** What the sender said of the file, as it is kept. @throws PeriodInvalid, UploadInvalid */
function wishOf(upload: TapeUpload) {
  const { period, assetClass = null, month = null, kind = null } = upload;
  if (period !== null && (!Number.isInteger(period) || period < 1)) throw new PeriodInvalid(period);
  if (assetClass !== null && assetClassNamed(assetClass) === null) {
    throw new UploadInvalid('The asset class', assetClass, ASSET_CLASSES.map(({ name }) => name).join(', '));
  }
  if (month !== null && !/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(month)) {
    throw new UploadInvalid('The month', month, 'YYYY-MM');
  }
  const requestedMonth = month === null ? null : `${month}-01`;
  return { period, requestedClass: assetClass, requestedKind: kind, requestedMonth };
}

type HandedIn = ReturnType<typeof wishOf> & Pick<TapeRecord, 'dealId' | 'fileSha256' | 'loanKey' | 'mappingId'>;

/**
 * The tape that was handed in alike before; null when there is none. A mapping that was confirmed since makes another tape
 * of the file, unless the file was read by the standards' names.
 */
async function sameTape(manager: EntityManager, tape: HandedIn): Promise<string | null> {
  const { dealId, fileSha256, loanKey, period, requestedClass, requestedKind, requestedMonth, mappingId } = tape;
  const [known]: { tape_id: string }[] = await manager.query(
    `select tape_id from weir.tape
      where deal_id = $1 and file_sha256 = $2 and loan_key = $3 and period is not distinct from $4
        and requested_class is not distinct from $5 and requested_kind is not distinct from $6
        and requested_month is not distinct from $7
        and (mapping_id is not distinct from $8 or (status = 'imported' and read_by is null))
      order by received_at limit 1`,
    [dealId, fileSha256, loanKey, period, requestedClass, requestedKind, requestedMonth, mappingId],
  );
  return known?.tape_id ?? null;
}

async function viewOf(manager: EntityManager, tape: TapeRecord): Promise<TapeView> {
  const { tapeId, dealId, period, status, failure, summary, assetClass, month, kind, version, quality } = tape;
  const mapping = tape.readBy === null ? null : await mappingById(manager, tape.readBy);
  const read = mapping && { originator: mapping.originator, version: mapping.version };
  const current = month !== null && (await currentTape(manager, dealId, month)) === tapeId;
  const view = { tapeId, period, status, failure, summary, assetClass, month: month?.slice(0, 7) ?? null };
  const all = await judgementsOf(manager, tapeId);
  const [latest = null] = all;
  const judged = latest && summary && { summary: { ...summary, findings: latest.findings }, quality: latest.quality };
  const parts = status === 'divided' ? await partsOf(manager, tapeId) : [];
  return {
    ...view,
    kind,
    version,
    current,
    mapping: read,
    quality,
    parts,
    partOf: tape.partOf,
    ...judged,
    judgements: all.map(judgementView),
  };
}

const judgementView = ({ version, why, findings, judgedAt }: Judgement): JudgementView => ({
  ...{ version, why, findings },
  judgedAt: judgedAt.toISOString(),
});

/** The tapes that a file of several months was divided into. */
function partsOf(manager: EntityManager, tapeId: string): Promise<{ tapeId: string; month: string }[]> {
  return manager.query(
    `select tape_id as "tapeId", to_char(month, 'YYYY-MM') as month from weir.tape where part_of = $1 order by weir.tape.month`,
    [tapeId],
  );
}

/** An imported tape of the deal. @throws NotFound, TapeNotImported */
export async function importedTape(manager: EntityManager, dealId: string, tapeId: string): Promise<TapeRecord> {
  const tape = await manager.findOneBy(TapeRecord, { dealId, tapeId });
  if (tape === null) throw new NotFound('tape', tapeId);
  if (tape.status !== 'imported') throw new TapeNotImported(tapeId, tape.status, tape.failure?.message ?? null);
  return tape;
}
