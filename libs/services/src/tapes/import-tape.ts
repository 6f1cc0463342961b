import type { EntityManager } from 'typeorm';
import {
  assetClassNamed,
  type Finding,
  MissingColumns,
  monthOf,
  type ReadRow,
  scoreTape,
  streamTape,
  TapeUnreadable,
  type TapeResult,
} from '@weir/collateral';
import { SYSTEM_ACTOR, type ReadOnce, type Tx } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { type TapeFailure, TapeRecord } from './entities.js';
import { storeFindings } from './findings.js';
import { keyFieldOf, layoutOf } from './loan-columns.js';
import { LoanCopy, openMonth } from './loan-copy.js';
import { MonthsImporter } from './import-months.js';
import { historyFindings } from './history-findings.js';
import { askToRejudge } from './judgements.js';
import { keepProposal, mappingById } from './mappings.js';
import { columnNames, openForReading, type OpenedTape } from './open-source.js';
import { readInto } from './read-into.js';
import type { History, KeptTape, Reading, TapeReading } from './reading.js';
import { storableJson } from './storable.js';
import type { StoredTape } from './stored-tape.js';
import { summariseReading } from './summary.js';
import { chooseTape, countsAtOnce, nextMonth, versionOf } from './versions.js';

/** Why a file was turned away before its rows could be judged together. */
class Refusal extends Error {
  constructor(readonly failure: TapeFailure) {
    super(failure.message);
  }
}

/** Bytes that are read at once: few rows at a time are gone before the collector looks at them twice. */
const SMALL = 1 << 16;

async function* small(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += SMALL) yield piece.subarray(at, at + SMALL);
  }
}

/** Postgres's classes of errors that the data are to blame for: 22 data exception, 54 limits exceeded. */
const isDataError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && /^(22|54)/.test(String((error as { code?: unknown }).code));

function failureOf(error: unknown): TapeFailure | null {
  if (error instanceof Refusal) return error.failure;
  if (error instanceof TapeUnreadable) return { code: 'tape-unreadable', message: error.message };
  if (error instanceof MissingColumns) return { code: 'missing-columns', message: error.message };
  const remedy = 'ask the servicer for a file without such values';
  return isDataError(error)
    ? { code: 'tape-not-storable', message: `The tape cannot be stored: ${error.message}; ${remedy}.` }
    : null;
}

function blockedFailure({ blocked, rows, findings }: TapeResult): TapeFailure | null {
  if (blocked.length === 0) return null;
  const first = findings.find((finding: Finding) => finding.weight === 'blocks');
  const example = first === undefined ? '' : ` First: ${first.message} — ${first.remedy}.`;
  const message = `${blocked.length} of ${rows} rows are blocked; nothing was imported.${example}`;
  return { code: 'rows-blocked', message };
}

/** A payment period is of one month: which of them, the file cannot say. */
function needsMonth(period: number, { several: { months } }: History): TapeFailure {
  const span = `${months[0]?.month} to ${months.at(-1)?.month}`;
  const remedy = `name the one that payment period ${period} reports (month=YYYY-MM), or hand the file in whole as past months`;
  return { code: 'several-months', message: `The file holds ${months.length} months, ${span}; ${remedy}.` };
}

/** Reads received tapes into the database, all of a tape or nothing, holding no more of it than its loan keys. */
export class TapeImporter implements TapeReading {
  constructor(private readonly context: ServiceContext) {}

  /** Imports a file that the transaction has locked: a tape, or the tapes of several months. */
  async import(tx: Tx, tape: TapeRecord): Promise<void> {
    const reading = await this.read(tx.manager, tape);
    const history = await this.historyIn(tx.manager, tape, reading);
    const { requestedMonth, period } = tape;
    if (history === null) await this.keep(tx, tape, reading);
    else if (requestedMonth !== null) await this.keep(tx, tape, await this.picked(tx.manager, tape, reading, history));
    else if (period !== null) await this.keep(tx, tape, { ...reading, failure: needsMonth(period, history) });
    else await new MonthsImporter(this).import(tx, tape, history);
  }

  /** Writes down what became of a tape that was read. */
  async keep(tx: Tx, tape: TapeRecord, reading: Reading): Promise<KeptTape> {
    const { manager, record } = tx;
    const { opened, result, stored } = reading;
    const failure = await this.withProposal(manager, tape, reading);
    const judged = result && (await this.withHistory(manager, tape, reading, result));
    if (judged !== null) await storeFindings(manager, tape, judged.findings);
    const change = {
      status: failure === null ? ('imported' as const) : ('rejected' as const),
      failure,
      summary: judged === null || opened === null ? null : summariseReading(judged, opened),
      assetClass: opened?.options.assetClass.name ?? null,
      readBy: opened?.options.mapping ? tape.mappingId : null,
      ...(judged === null ? {} : { quality: scoreTape(judged) }),
      ...(stored === null ? {} : await this.place(tx, tape, stored)),
    };
    await manager.update(TapeRecord, tape.tapeId, JSON.parse(storableJson(change)) as object);
    const { status, kind = null, month = null, version = null } = change as Partial<TapeRecord>;
    const after = { status, failure, kind, month, version };
    record({ object: `tape:${tape.tapeId}`, before: { status: 'received' }, after });
    return { failure, judged };
  }

  /** The several months of a file; null when it is one month's tape. */
  private async historyIn(manager: EntityManager, tape: TapeRecord, reading: Reading): Promise<History | null> {
    const { opened, result, failure } = reading;
    if (opened === null) return null;
    if (result !== null) return result.several && { opened, result, several: result.several };
    // The first row was of another month than was asked for: the month may come further on.
    if (failure?.code !== 'month-differs') return null;
    const whole = await this.open(manager, tape);
    const stream = streamTape(whole.source, whole.options);
    for await (const rows of stream.rows()) void rows;
    const found = stream.result();
    return found.several && { opened: whole, result: found, several: found.several };
  }

  /** The month that was asked for out of several; the reading as it was when the file has none of it. */
  private async picked(
    manager: EntityManager,
    tape: TapeRecord,
    reading: Reading,
    { several }: History,
  ): Promise<Reading> {
    const month = tape.requestedMonth?.slice(0, 7) ?? '';
    if (!several.months.some((one) => one.month === month)) return reading;
    const { source, options } = await this.open(manager, tape);
    return this.read(manager, tape, { source: monthOf(source, options, month), options });
  }

  /** Reads a tape's rows into the database. @param given the rows that are the tape's; those of its whole file without it */
  async read(manager: EntityManager, tape: TapeRecord, given: OpenedTape | null = null): Promise<Reading> {
    let opened: OpenedTape | null = null;
    let stored: Reading['stored'] = null;
    await manager.query('savepoint loans');
    const undo = (): Promise<unknown> => manager.query('rollback to savepoint loans');
    try {
      opened = given ?? (await this.open(manager, tape));
      const open = opened;
      const { result, refused } = await readInto(open, async (first, read) => {
        const { assetClass, loanKey } = open.options;
        const month = monthReported(tape, first);
        const fields = read.map(({ name }) => name);
        const layout = layoutOf(assetClass, new Set(fields), keyFieldOf(assetClass, loanKey));
        const { tapeId, dealId } = tape;
        const partition = await this.partition(month);
        const copy = await LoanCopy.begin(manager, partition, { tapeId, dealId, month }, layout, fields);
        stored = { month, layout };
        return copy;
      });
      const failure = blockedFailure(result) ?? (refused === null ? null : failureOf(refused));
      if (failure === null && refused !== null) throw refused;
      if (failure !== null) await undo();
      return { failure, opened, result, columnsUnknown: false, stored: failure === null ? stored : null };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === null) throw error;
      await undo();
      const byName = error instanceof TapeUnreadable && error.reason === 'header';
      const columnsUnknown = byName || error instanceof MissingColumns;
      return { failure, opened, result: null, columnsUnknown, stored: null };
    }
  }

  /** Opens a tape's file to read it once more. @throws TapeUnreadable */
  async open(manager: EntityManager, tape: TapeRecord): Promise<OpenedTape> {
    const mapping = tape.mappingId === null ? null : await mappingById(manager, tape.mappingId);
    // The file is read on connections of its own: that of the transaction is copying meanwhile.
    const read: ReadOnce = (work) => this.context.uow.read(SYSTEM_ACTOR, work);
    const bytes = small(this.context.blobs.pieces(read, tape.fileSha256));
    const { requestedClass, loanKey } = tape;
    return openForReading(bytes, { requestedClass, loanKey, mapping: mapping?.mapping ?? null });
  }

  /** The month's partition. A new one is made before the loans are copied, so that no other import waits for this. */
  private async partition(month: string): Promise<string> {
    const name = `weir_month.tape_loan_${month.slice(0, 4)}${month.slice(5, 7)}`;
    const known = await this.context.uow.read(SYSTEM_ACTOR, (manager): Promise<{ found: string | null }[]> =>
      manager.query('select to_regclass($1)::text as found', [name]),
    );
    if (typeof known[0]?.found === 'string') return name;
    const command = { name: 'tape.open-month', object: `month:${month}` };
    return this.context.uow.run(SYSTEM_ACTOR, command, (tx) => openMonth(tx.manager, month));
  }

  private async withProposal(manager: EntityManager, tape: TapeRecord, { failure, opened, columnsUnknown }: Reading) {
    if (failure === null || opened === null || !columnsUnknown) return failure;
    const named = assetClassNamed(tape.requestedClass ?? '');
    const proposalId = await keepProposal(manager, tape, opened.source, named === null ? {} : { assetClass: named });
    if (proposalId === null) return failure;
    const message = `${failure.message}. A mapping of the columns is proposed: confirm it and hand the file in again`;
    return { ...failure, message, proposalId };
  }

  /** What the months before contradict, beside what the file says by itself. */
  private async withHistory(
    manager: EntityManager,
    tape: TapeRecord,
    { opened, stored }: Reading,
    result: TapeResult,
  ): Promise<TapeResult> {
    if (opened === null || stored === null) return result;
    const { assetClass, loanKey } = opened.options;
    const { reportingFrom: from, reportingTo: to } = result;
    const kept: StoredTape = {
      ...{ tapeId: tape.tapeId, month: stored.month, assetClass, layout: stored.layout, values: {} },
      keyField: keyFieldOf(assetClass, loanKey),
      period: to === '' ? { from: stored.month, to: stored.month } : { from, to },
    };
    const log = await historyFindings(manager, tape.dealId, kept, columnNames(opened));
    const findings = [...result.findings, ...log.findings()].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
    return { ...result, findings, findingCounts: { ...result.findingCounts, ...log.counts() } };
  }

  private async place(tx: Tx, tape: TapeRecord, stored: NonNullable<Reading['stored']>) {
    const { manager } = tx;
    const { month, layout } = stored;
    const version = await versionOf(manager, tape, month);
    const why = countsAtOnce(version);
    const { dealId, tapeId } = tape;
    if (why !== null) {
      await chooseTape(manager, { dealId, month, tapeId, chosenBy: null, why });
      const next = await nextMonth(manager, dealId, month);
      if (next !== null) await askToRejudge(tx, dealId, next);
    }
    const otherFields = layout.others.map(({ name }) => name);
    return { kind: version.kind, version: version.version, month, otherFields };
  }
}

/** First day of the month that the tape reports. */
function monthReported({ requestedMonth }: TapeRecord, { period }: ReadRow): string {
  const stated = period === null ? null : `${period.to.slice(0, 7)}-01`;
  if (stated === null && requestedMonth === null) {
    const message = 'The file does not say which month it reports; name the month when you hand it in again.';
    throw new Refusal({ code: 'month-unknown', message });
  }
  if (stated !== null && requestedMonth !== null && stated !== requestedMonth) {
    const message = `The file reports ${stated.slice(0, 7)} and was handed in for ${requestedMonth.slice(0, 7)}.`;
    throw new Refusal({ code: 'month-differs', message });
  }
  return stated ?? (requestedMonth as string);
}
