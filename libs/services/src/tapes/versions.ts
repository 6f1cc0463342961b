import type { EntityManager } from 'typeorm';
import type { TapeKind, TapeRecord } from './entities.js';

/** What a tape is among those of its month. */
export interface TapeVersion {
  readonly kind: TapeKind;
  readonly version: number;
  /** The tape that counts for the month so far; null when this is the first. */
  readonly current: { readonly tapeId: string; readonly kind: TapeKind } | null;
}

/** The tape that counts for a month of the deal, by the latest choice; null when the month has none. */
export async function currentTape(manager: EntityManager, dealId: string, month: string): Promise<string | null> {
  const [row]: { tape_id: string }[] = await manager.query(
    'select tape_id from weir.tape_choice where deal_id = $1 and month = $2 order by ordinal desc limit 1',
    [dealId, month],
  );
  return row?.tape_id ?? null;
}

/** Tapes that count, by month. */
export async function currentTapes(
  manager: EntityManager,
  dealId: string,
): Promise<{ month: string; tapeId: string }[]> {
  return manager.query(
    `select distinct on (month) month::text, tape_id as "tapeId" from weir.tape_choice where deal_id = $1
     order by month, ordinal desc`,
    [dealId],
  );
}

/** The first month after another that has a tape which counts, as its first day; null when there is none. */
export async function nextMonth(manager: EntityManager, dealId: string, month: string): Promise<string | null> {
  const [row]: { month: string | null }[] = await manager.query(
    'select min(month)::text as month from weir.tape_choice where deal_id = $1 and month > $2',
    [dealId, month],
  );
  return row?.month ?? null;
}

/** Places a tape beside the others of its month, one import after another. */
export async function versionOf(manager: EntityManager, tape: TapeRecord, month: string): Promise<TapeVersion> {
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`weir.tape.${tape.dealId}.${month}`]);
  const others: { tape_id: string; kind: TapeKind; version: number }[] = await manager.query(
    'select tape_id, kind, version from weir.tape where deal_id = $1 and month = $2 and version is not null',
    [tape.dealId, month],
  );
  const chosen = await currentTape(manager, tape.dealId, month);
  const current = others.find(({ tape_id }) => tape_id === chosen);
  return {
    kind: tape.requestedKind ?? (others.every(({ kind }) => kind === 'estimate') ? 'original' : 'restatement'),
    version: Math.max(0, ...others.map(({ version }) => version)) + 1,
    current: current === undefined ? null : { tapeId: current.tape_id, kind: current.kind },
  };
}

/** Records which tape counts for a month from now on, and why. */
export async function chooseTape(
  manager: EntityManager,
  choice: { dealId: string; month: string; tapeId: string; chosenBy: string | null; why: string },
): Promise<void> {
  const { dealId, month, tapeId, chosenBy, why } = choice;
  await manager.query(
    'insert into weir.tape_choice (deal_id, month, tape_id, chosen_by, why) values ($1, $2, $3, $4, $5)',
    [dealId, month, tapeId, chosenBy, why],
  );
}

/**
 * Why a tape counts for its month as soon as it is imported: it is the first, or what counted was estimated. Null when
 * what counts goes on counting until a person chooses otherwise.
 */
export function countsAtOnce({ kind, current }: TapeVersion): string | null {
  if (current === null) return 'the first tape of the month';
  return current.kind === 'estimate' && kind !== 'estimate' ? 'it takes the place of an estimate' : null;
}
