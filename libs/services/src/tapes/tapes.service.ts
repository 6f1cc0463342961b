import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import {
  MissingColumns,
  TapeUnreadable,
  readTapeFile,
  selectPool,
  type Finding,
  type TapeReading,
} from '@weir/collateral';
import { formatMoney } from '@weir/money';
import { SYSTEM_ACTOR, type Actor, type Idempotency } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { compiledDeal, readDocument } from '../deals/compiled.js';
import { requireStatus } from '../deals/deals.service.js';
import { DealRecord } from '../deals/entities.js';
import { dealAs, dealFor } from '../deals/party.js';
import { NotFound } from '../problem.js';
import { TapeRecord } from './entities.js';
import { EmptyPool, EmptyUpload, PeriodInvalid, TapeNotImported } from './errors.js';
import { copyLoans, loadLoans } from './loan-rows.js';
import { summariseReading, type TapeSummary } from './summary.js';

/** Queue of the job that imports an uploaded tape. */
export const IMPORT_TAPE_QUEUE = 'tape-import';

/** What a caller sees of a tape. */
export interface TapeView {
  readonly tapeId: string;
  readonly period: number;
  readonly status: TapeRecord['status'];
  readonly failure: TapeRecord['failure'];
  readonly summary: TapeSummary | null;
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
   * Takes a tape and queues its import. The same file for the same period, read by the same loan key,
   * is the same tape: nothing changes.
   * @param loanKey columns that make the loan key; null takes those of the deal document
   * @throws EmptyUpload, PeriodInvalid, NotFound, Forbidden
   */
  async receive(
    actor: Actor,
    dealId: string,
    upload: { period: number; bytes: Uint8Array; loanKey: readonly string[] | null },
    idempotency: Idempotency,
  ): Promise<{ tapeId: string }> {
    if (upload.bytes.length === 0) throw new EmptyUpload();
    if (!Number.isInteger(upload.period) || upload.period < 1) throw new PeriodInvalid(upload.period);
    const command = { name: 'tape.receive', object: `deal:${dealId}`, idempotency };
    return this.context.uow.run(actor, command, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'issuer', 'servicer');
      const fileSha256 = await this.context.blobs.put(tx.manager, upload.bytes, 'text/csv');
      const { period } = upload;
      const loanKey = [...(upload.loanKey ?? readDocument(deal.document).loanKey)];
      const known = await tx.manager.findBy(TapeRecord, { dealId, period, fileSha256 });
      const same = known.find((tape) => tape.loanKey.join() === loanKey.join());
      if (same !== undefined) return { tapeId: same.tapeId };
      const tapeId = randomUUID();
      await tx.manager.insert(TapeRecord, { tapeId, dealId, period, fileSha256, loanKey, status: 'received' });
      tx.record({ object: `tape:${tapeId}`, before: null, after: { dealId, period, fileSha256, loanKey } });
      await tx.job(IMPORT_TAPE_QUEUE, { tapeId }, tapeId);
      return { tapeId };
    });
  }

  /** Job: reads and stores a received tape, all of it or nothing. Running it again changes nothing. */
  async importTape(tapeId: string): Promise<void> {
    const command = { name: 'tape.import', object: `tape:${tapeId}` };
    await this.context.uow.run(SYSTEM_ACTOR, command, async (tx) => {
      const lock = { mode: 'pessimistic_write' as const };
      const tape = await tx.manager.findOne(TapeRecord, { where: { tapeId }, lock });
      if (tape === null) throw new NotFound('tape', tapeId);
      if (tape.status !== 'received') return;
      const outcome = await this.read((await this.context.blobs.get(tx.manager, tape.fileSha256)).bytes, tape.loanKey);
      const { status, failure } = outcome;
      if (outcome.reading !== null) {
        await storeFindings(tx.manager, tape, outcome.reading.findings);
        if (status === 'imported') await copyLoans(tx.manager, tapeId, tape.dealId, outcome.reading.loans);
      }
      const summary = outcome.reading === null ? null : summariseReading(outcome.reading);
      await tx.manager.update(TapeRecord, tapeId, { status, failure, summary });
      tx.record({ object: `tape:${tapeId}`, before: { status: 'received' }, after: { status, failure } });
    });
  }

  private async read(bytes: Uint8Array, loanKey: string[]): Promise<ImportOutcome> {
    try {
      const reading = await readTapeFile(bytes, { loanKey });
      const first = reading.findings.find((finding) => finding.weight === 'blocks');
      if (first === undefined) return { status: 'imported', reading, failure: null };
      const message =
        `${reading.blocked.length} of ${reading.rows} rows are blocked; nothing was imported. ` +
        `First: ${first.message} — ${first.remedy}.`;
      return { status: 'rejected', reading, failure: { code: 'rows-blocked', message } };
    } catch (error) {
      if (error instanceof TapeUnreadable) return rejected('tape-unreadable', error.message);
      if (error instanceof MissingColumns) return rejected('missing-columns', error.message);
      throw error;
    }
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
      await importedTape(tx.manager, dealId, tapeId);
      const { pool, excluded } = selectPool(
        await loadLoans(tx.manager, tapeId),
        readDocument(deal.document).eligibility,
      );
      if (pool.length === 0) throw new EmptyPool(tapeId, excluded.length);
      const opening = pool.reduce((sum, loan) => sum + loan.opening, 0n);
      const closing = pool.reduce((sum, loan) => sum + loan.closing, 0n);
      const compiled = compiledDeal({ ...deal, cutOffPool: formatMoney(opening) });
      await replacePool(tx.manager, dealId, pool, excluded);
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
      const { period, status, failure, summary } = tape;
      return { tapeId, period, status, failure, summary };
    });
  }

  /** The findings of a tape in file order, at most 1,000 a page. */
  findings(actor: Actor, dealId: string, tapeId: string, page: { after: number }): Promise<Finding[]> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const rows: Finding[] = await manager.query(
        `select "row", "column", value, rule, weight, message, remedy from weir.tape_finding
         where deal_id = $1 and tape_id = $2 and ordinal > $3 order by ordinal limit 1000`,
        [dealId, tapeId, page.after],
      );
      return rows;
    });
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

interface ImportOutcome {
  readonly status: 'imported' | 'rejected';
  readonly reading: TapeReading | null;
  readonly failure: { code: string; message: string } | null;
}

function rejected(code: string, message: string): ImportOutcome {
  return { status: 'rejected', reading: null, failure: { code, message } };
}

/** An imported tape of the deal. @throws NotFound, TapeNotImported */
export async function importedTape(manager: EntityManager, dealId: string, tapeId: string): Promise<TapeRecord> {
  const tape = await manager.findOneBy(TapeRecord, { dealId, tapeId });
  if (tape === null) throw new NotFound('tape', tapeId);
  if (tape.status !== 'imported') throw new TapeNotImported(tapeId, tape.status, tape.failure?.message ?? null);
  return tape;
}

async function storeFindings(manager: EntityManager, tape: TapeRecord, findings: readonly Finding[]): Promise<void> {
  await manager.query(
    `insert into weir.tape_finding (tape_id, deal_id, ordinal, "row", "column", value, rule, weight, message, remedy)
     select $1, $2, ordinal, f."row", f."column", f.value, f.rule, f.weight, f.message, f.remedy
     from rows from (jsonb_to_recordset($3) as ("row" int, "column" text, value text, rule text, weight text,
       message text, remedy text)) with ordinality as f ("row", "column", value, rule, weight, message, remedy, ordinal)`,
    [tape.tapeId, tape.dealId, JSON.stringify(findings)],
  );
}

type Selection = ReturnType<typeof selectPool>;

async function replacePool(
  manager: EntityManager,
  dealId: string,
  pool: Selection['pool'],
  excluded: Selection['excluded'],
): Promise<void> {
  await manager.query('delete from weir.pool_loan where deal_id = $1', [dealId]);
  await manager.query('delete from weir.excluded_loan where deal_id = $1', [dealId]);
  await manager.query(
    `insert into weir.pool_loan (deal_id, loan_key, opening)
     select $1, loan_key, opening from jsonb_to_recordset($2) as l (loan_key text, opening numeric)`,
    [dealId, JSON.stringify(pool.map((loan) => ({ loan_key: loan.key, opening: formatMoney(loan.opening) })))],
  );
  await manager.query(
    `insert into weir.excluded_loan (deal_id, loan_key, "row", reasons)
     select $1, loan_key, "row", reasons from jsonb_to_recordset($2) as l (loan_key text, "row" int, reasons text[])`,
    [dealId, JSON.stringify(excluded.map((loan) => ({ loan_key: loan.key, row: loan.row, reasons: loan.reasons })))],
  );
}

function countReasons(excluded: Selection['excluded']): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reasons } of excluded) for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
