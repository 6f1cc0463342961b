import { randomUUID } from 'node:crypto';
import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { SYSTEM_ACTOR, systemTransaction, type Tx } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { DealAlarm } from './entities.js';
import type { AuditResult, Finding } from './invariants.js';

/** Whose alarms, and at which block an audit found what it found. */
export interface AlarmScope {
  /** Null for what is of no deal. */
  readonly dealId: string | null;
  readonly block: number;
  readonly at: Date;
}

const keyOf = ({ letter, place }: Pick<Finding, 'letter' | 'place'>): string => `${letter} ${place}`;

/** Alarms of a deal that are open, or of no deal. */
export function openAlarms(manager: EntityManager, dealId: string | null): Promise<DealAlarm[]> {
  return manager.find(DealAlarm, {
    where: { dealId: dealId ?? IsNull(), clearedBlock: IsNull() },
    order: { letter: 'ASC', place: 'ASC' },
  });
}

/**
 * Raises an alarm for each finding that does not hold and has none, clears those that hold again, and keeps the figures of
 * those that stay. What was not looked at stays as it is. Gives the alarms that were raised.
 */
export async function keepAlarms(
  context: Pick<ServiceContext, 'uow'>,
  dataSource: DataSource,
  scope: AlarmScope,
  { findings, complete }: AuditResult,
): Promise<Finding[]> {
  const open = await context.uow.read(SYSTEM_ACTOR, (manager) => openAlarms(manager, scope.dealId));
  const byKey = new Map(findings.map((finding) => [keyOf(finding), finding]));
  const broken = findings.filter(({ verdict }) => verdict !== 'holds');
  const known = new Set(open.map(keyOf));
  const raised = broken.filter((finding) => !known.has(keyOf(finding)));
  const cleared = open.filter((alarm) => {
    const found = byKey.get(keyOf(alarm));
    return found === undefined ? complete.has(alarm.letter) : found.verdict === 'holds';
  });
  if (raised.length + cleared.length > 0) await record(context, scope, raised, cleared);
  const staying = open.filter((alarm) => !cleared.includes(alarm));
  const changed = staying.flatMap((alarm) => {
    const found = byKey.get(keyOf(alarm));
    const same = found === undefined || (found.actual === alarm.actual && found.expected === alarm.expected);
    return same ? [] : [{ alarmId: alarm.alarmId, found }];
  });
  if (changed.length > 0)
    await systemTransaction(dataSource, async (manager) => {
      for (const { alarmId, found } of changed) await manager.update(DealAlarm, { alarmId }, figuresOf(found));
    });
  return raised;
}

const figuresOf = ({ actual, expected, verdict }: Finding) => ({
  ...{ actual, expected },
  answered: verdict !== 'unanswered',
});

function record(
  context: Pick<ServiceContext, 'uow'>,
  { dealId, block, at }: AlarmScope,
  raised: readonly Finding[],
  cleared: readonly DealAlarm[],
): Promise<void> {
  const object = dealId === null ? 'platform' : `deal:${dealId}`;
  return context.uow.run(SYSTEM_ACTOR, { name: 'monitoring.audit', object }, async (tx: Tx) => {
    for (const finding of raised) {
      const { letter, place } = finding;
      const alarmId = randomUUID();
      const figures = figuresOf(finding);
      await tx.manager.insert(DealAlarm, {
        ...{ alarmId, dealId, letter, place, ...figures },
        ...{ sinceBlock: String(block), since: at, clearedBlock: null, clearedAt: null },
      });
      tx.record({ object: `alarm:${alarmId}`, before: null, after: { dealId, letter, place, ...figures, block } });
    }
    for (const { alarmId, letter, place } of cleared) {
      await tx.manager.update(DealAlarm, { alarmId }, { clearedBlock: String(block), clearedAt: at });
      tx.record({ object: `alarm:${alarmId}`, before: { letter, place, open: true }, after: { open: false, block } });
    }
  });
}
