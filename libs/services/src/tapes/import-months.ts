import { randomUUID } from 'node:crypto';
import { divideByMonth, type Finding, type MonthSource } from '@weir/collateral';
import type { Tx } from '@weir/persistence';
import { type TapeFailure, TapeRecord } from './entities.js';
import { storeFindings } from './findings.js';
import type { OpenedTape } from './open-source.js';
import type { History, KeptTape, TapeReading } from './reading.js';
import { storableJson } from './storable.js';
import { summariseReading } from './summary.js';

type Change = Parameters<Tx['record']>[0];

/** What the months of a history came to together. */
class Gathered {
  readonly findings: Finding[] = [];
  readonly counts: Record<string, number> = {};
  readonly refused: { month: string; failure: TapeFailure }[] = [];
  blockedRows = 0;

  add(month: string, { judged, failure }: Pick<KeptTape, 'judged' | 'failure'>): void {
    if (failure !== null) this.refused.push({ month, failure });
    if (judged === null) return;
    this.blockedRows += judged.blocked.length;
    this.findings.push(...judged.findings);
    for (const [rule, count] of Object.entries(judged.findingCounts)) {
      this.counts[rule] = (this.counts[rule] ?? 0) + count;
    }
  }
}

function unplacedFindings({ result, several }: History): Finding[] {
  const rows = new Set(several.unplaced);
  return result.findings.filter(({ row, weight }) => row !== null && rows.has(row) && weight === 'blocks');
}

function failureOf({ several: { months, unplaced } }: History, { refused }: Gathered): TapeFailure | null {
  const [first] = refused;
  if (unplaced.length > 0) {
    const message = `${unplaced.length} rows are of no month of the file; nothing was imported. The first is row ${unplaced[0]}.`;
    return { code: 'rows-unplaced', message };
  }
  if (first === undefined) return null;
  const message = `${refused.length} of ${months.length} months are refused; nothing was imported. First: ${first.month}: ${first.failure.message}`;
  return { code: 'months-refused', message };
}

/** Imports a file of several months: each month a tape of its own in the order of time, all of them or none. */
export class MonthsImporter {
  constructor(private readonly importer: TapeReading) {}

  /** Imports a file that the transaction has locked. */
  async import(tx: Tx, tape: TapeRecord, history: History): Promise<void> {
    const { manager } = tx;
    const gathered = new Gathered();
    gathered.findings.push(...unplacedFindings(history));
    await manager.query('savepoint months');
    const changes: Change[] = [];
    const months = await this.importAll(
      { ...tx, record: (change) => void changes.push(change) },
      tape,
      history,
      gathered,
    );
    const failure = failureOf(history, gathered);
    if (failure === null) for (const change of changes) tx.record(change);
    else {
      await manager.query('rollback to savepoint months');
      await storeFindings(manager, tape, gathered.findings);
    }
    const { opened, result } = history;
    const { blockedRows, counts } = gathered;
    const change = {
      status: failure === null ? ('divided' as const) : ('rejected' as const),
      failure,
      summary: { ...summariseReading(result, opened), blockedRows, loans: result.rows - blockedRows, findings: counts },
      assetClass: opened.options.assetClass.name,
      readBy: opened.options.mapping ? tape.mappingId : null,
    };
    await manager.update(TapeRecord, tape.tapeId, JSON.parse(storableJson(change)) as object);
    const after = { status: change.status, failure, ...(failure === null ? { months } : {}) };
    tx.record({ object: `tape:${tape.tapeId}`, before: { status: 'received' }, after });
  }

  private async importAll(
    tx: Tx,
    tape: TapeRecord,
    { opened, several }: History,
    gathered: Gathered,
  ): Promise<string[]> {
    const { source, options } = opened;
    const again = async (): Promise<OpenedTape['source']> => (await this.importer.open(tx.manager, tape)).source;
    const division = { ...options, months: several.months, columns: source.columns.length };
    const months: string[] = [];
    for await (const one of divideByMonth(again, division)) {
      months.push(one.month);
      const month = { source: one.source, options };
      // Once a month is refused, the others are judged by themselves: they would be compared with what was not kept.
      if (gathered.refused.length > 0) gathered.add(one.month, await this.judge(tx, tape, month));
      else gathered.add(one.month, await this.importMonth(tx, tape, one, month));
    }
    return months;
  }

  private async importMonth(tx: Tx, tape: TapeRecord, { month }: MonthSource, opened: OpenedTape): Promise<KeptTape> {
    const tapeId = randomUUID();
    const { dealId, period, fileSha256, loanKey, requestedClass, requestedKind, mappingId } = tape;
    const part = { dealId, period, fileSha256, loanKey, requestedClass, requestedKind, mappingId };
    const own = { tapeId, requestedMonth: `${month}-01`, partOf: tape.tapeId, status: 'received' as const };
    await tx.manager.insert(TapeRecord, { ...part, ...own });
    tx.record({ object: `tape:${tapeId}`, before: null, after: { ...part, ...own } });
    const record = await tx.manager.findOneByOrFail(TapeRecord, { tapeId });
    return this.importer.keep(tx, record, await this.importer.read(tx.manager, record, opened));
  }

  private async judge({ manager }: Tx, tape: TapeRecord, opened: OpenedTape) {
    await manager.query('savepoint judged');
    const { result, failure } = await this.importer.read(manager, { ...tape, requestedMonth: null }, opened);
    await manager.query('rollback to savepoint judged');
    return { judged: result, failure };
  }
}
