import type { EntityManager } from 'typeorm';
import { type Finding, HISTORY_RULES, type TapeQuality, type TapeRule, withHistory } from '@weir/collateral';
import type { Tx } from '@weir/persistence';
import { TapeRecord } from './entities.js';
import { historyFindings } from './history-findings.js';
import { mappingById } from './mappings.js';
import { namesOfColumns } from './open-source.js';
import { storableJson } from './storable.js';
import { storedTape } from './stored-tape.js';
import { currentTape, nextMonth } from './versions.js';

/** Queue of the job that judges a month anew against the months before it, and asks for the month after it. */
export const REJUDGE_TAPES_QUEUE = 'tape-rejudge';

/** A later judgement of a tape: what was found when an earlier month had changed. Its import is the first. */
export interface JudgementView {
  /** Counted from 2. */
  readonly version: number;
  readonly why: string;
  /** Findings by rule, those of the file too. */
  readonly findings: Readonly<Record<string, number>>;
  /** Instant, ISO 8601. */
  readonly judgedAt: string;
}

/** The same as it is kept. */
export interface Judgement {
  readonly version: number;
  /** Ordinal after which its findings stand; those of a judgement are whole. */
  readonly firstFinding: number;
  readonly findings: Readonly<Partial<Record<TapeRule, number>>>;
  readonly quality: TapeQuality | null;
  readonly why: string;
  readonly judgedAt: Date;
}

/** Later judgements of a tape, the latest first; none when nothing changed since its import. */
export function judgementsOf(manager: EntityManager, tapeId: string): Promise<Judgement[]> {
  return manager.query(
    `select version, first_finding as "firstFinding", findings, quality, why, judged_at as "judgedAt"
       from weir.tape_judgement where tape_id = $1 order by version desc`,
    [tapeId],
  );
}

/** The quality of each tape of a deal that was judged anew, by its latest judgement. */
export async function qualitiesAnew(manager: EntityManager, dealId: string): Promise<Map<string, TapeQuality | null>> {
  const rows: { tapeId: string; quality: TapeQuality | null }[] = await manager.query(
    `select distinct on (tape_id) tape_id as "tapeId", quality from weir.tape_judgement where deal_id = $1
     order by tape_id, version desc`,
    [dealId],
  );
  return new Map(rows.map(({ tapeId, quality }) => [tapeId, quality]));
}

/** Asks for a month to be judged anew, and then for those after it. */
export function askToRejudge(tx: Pick<Tx, 'job'>, dealId: string, month: string): Promise<void> {
  return tx.job(REJUDGE_TAPES_QUEUE, { dealId, month }, `${dealId}.${month}`);
}

const sameFindings = (one: readonly Finding[], other: readonly Finding[]): boolean => {
  const texts = (findings: readonly Finding[]): string =>
    findings
      .map(({ row, column, value, rule, message }) => storableJson([row, column, value, rule, message]))
      .sort()
      .join('\n');
  return texts(one) === texts(other);
};

/** What the history found of a tape by its latest judgement. */
function historyOf(manager: EntityManager, tapeId: string, after: number): Promise<Finding[]> {
  return manager.query(
    `select "row", "column", value, rule, weight, message, remedy from weir.tape_finding
     where tape_id = $1 and ordinal > $2 and rule = any($3)`,
    [tapeId, after, HISTORY_RULES],
  );
}

/** Writes all findings of a new judgement behind those before it: the file's own as they were, and those of the history. */
async function storeAnew(manager: EntityManager, tape: TapeRecord, before: number, history: readonly Finding[]) {
  const { tapeId, dealId } = tape;
  const [last]: { ordinal: number }[] = await manager.query(
    'select coalesce(max(ordinal), 0)::int as ordinal from weir.tape_finding where tape_id = $1',
    [tapeId],
  );
  const firstFinding = last?.ordinal ?? 0;
  const columns = '"row", "column", value, rule, weight, message, remedy';
  await manager.query(
    `insert into weir.tape_finding (tape_id, deal_id, ordinal, ${columns})
     select $1, $2, $3 + row_number() over (order by coalesce("row", 0), source, place), ${columns} from (
       select 0 as source, ordinal as place, ${columns} from weir.tape_finding
        where tape_id = $1 and ordinal > $4 and not rule = any($5)
       union all
       select 1, f.place, ${columns} from rows from (jsonb_to_recordset($6) as ("row" int, "column" text, value text,
         rule text, weight text, message text, remedy text)) with ordinality as f (${columns}, place)) found`,
    [tapeId, dealId, firstFinding, before, HISTORY_RULES, storableJson(history)],
  );
  return firstFinding;
}

/**
 * Judges the tape that counts for a month anew against those that count for the months before it. Where that finds
 * something else than before, the findings are a new version beside the earlier ones; else nothing changes.
 * @param month first day of the month
 */
export async function rejudge({ manager, record }: Tx, dealId: string, month: string): Promise<void> {
  const tapeId = await currentTape(manager, dealId, month);
  if (tapeId === null) return;
  const lock = { mode: 'pessimistic_write' as const };
  const tape = await manager.findOneOrFail(TapeRecord, { where: { tapeId }, lock });
  const mapping = tape.readBy === null ? null : await mappingById(manager, tape.readBy);
  const stored = storedTape(tape);
  const coded = tape.summary?.format?.startsWith('esma') ?? false;
  const names = namesOfColumns(mapping?.mapping ?? null, stored.assetClass, () => coded);
  const log = await historyFindings(manager, dealId, stored, names);
  const [latest = null] = await judgementsOf(manager, tapeId);
  const before = latest?.firstFinding ?? 0;
  if (sameFindings(await historyOf(manager, tapeId, before), log.findings())) return;
  const firstFinding = await storeAnew(manager, tape, before, log.findings());
  const was: Partial<Record<string, number>> = latest?.findings ?? tape.summary?.findings ?? {};
  const kept = Object.entries(was).filter(([rule]) => !HISTORY_RULES.includes(rule as TapeRule));
  const findings = { ...Object.fromEntries(kept), ...log.counts() };
  const rows = tape.summary?.rows ?? 0;
  const known = latest?.quality ?? tape.quality;
  const quality = known === null ? null : withHistory(known, { rows, findingCounts: findings });
  const version = (latest?.version ?? 1) + 1;
  const why = 'a tape of an earlier month, or of this one, counts that did not';
  await manager.query(
    `insert into weir.tape_judgement (tape_id, deal_id, version, first_finding, findings, quality, why)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tapeId, dealId, version, firstFinding, storableJson(findings), quality && storableJson(quality), why],
  );
  record({
    object: `tape:${tapeId}`,
    before: { judgement: version - 1, findings: was },
    after: { judgement: version, findings, why },
  });
}

/** Job: judges a month anew, and asks for the next one that has a tape: a loan may come back after months. */
export async function rejudgeOnward(tx: Tx, dealId: string, month: string): Promise<void> {
  await rejudge(tx, dealId, month);
  const next = await nextMonth(tx.manager, dealId, month);
  if (next !== null) await askToRejudge(tx, dealId, next);
}
