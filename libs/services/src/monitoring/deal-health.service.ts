import { IsNull, Not } from 'typeorm';
import type { Actor } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { NotFound } from '../problem.js';
import { openAlarms } from './alarms.js';
import { DealAlarm, DealAudit } from './entities.js';
import { INVARIANTS, stopsSettlement, type Letter } from './invariants.js';

/** An invariant that does not hold at a place, or did not. */
export interface AlarmView {
  readonly alarmId: string;
  /** Null for what is of no deal. */
  readonly dealId: string | null;
  readonly letter: string;
  readonly invariant: string;
  readonly place: string;
  readonly answered: boolean;
  readonly actual: string;
  readonly expected: string;
  readonly stopsSettlement: boolean;
  readonly sinceBlock: number;
  readonly since: string;
  readonly clearedBlock: number | null;
  readonly clearedAt: string | null;
}

/** What the continuous audit says of a deal. */
export interface DealHealthView {
  readonly dealId: string;
  readonly auditedBlock: number;
  readonly auditedAt: string;
  /** Each invariant, whether the last audit looked at it, and whether no alarm of it is open. */
  readonly invariants: readonly { letter: string; invariant: string; audited: boolean; holds: boolean }[];
  readonly settlementStopped: boolean;
  readonly alarms: readonly AlarmView[];
}

/** Most alarms given at once. */
const MOST = 500;

/** What the continuous audit found, for those who run deals, compliance and auditors. Row security picks the deals. */
export class DealHealthService {
  constructor(private readonly context: Pick<ServiceContext, 'uow'>) {}

  /** Alarms of all deals that the caller may see, the latest first: those that are open, or those that were cleared. */
  alarms(actor: Actor, state: 'open' | 'cleared'): Promise<AlarmView[]> {
    return this.context.uow.read(actor, async (manager) => {
      const where = { clearedBlock: state === 'open' ? IsNull() : Not(IsNull()) };
      return (await manager.find(DealAlarm, { where, order: { since: 'DESC' }, take: MOST })).map(viewOf);
    });
  }

  /** What the last audit of a deal said. @throws NotFound when it was not audited or may not be seen */
  deal(actor: Actor, dealId: string): Promise<DealHealthView> {
    return this.context.uow.read(actor, async (manager) => {
      const audit = await manager.findOneBy(DealAudit, { dealId });
      if (audit === null) throw new NotFound('audited deal', dealId);
      const alarms = await openAlarms(manager, dealId);
      const letters = Object.entries(INVARIANTS) as [Letter, string][];
      return {
        dealId,
        auditedBlock: Number(audit.blockNumber),
        auditedAt: audit.auditedAt.toISOString(),
        invariants: letters.map(([letter, invariant]) => ({
          ...{ letter, invariant },
          audited: audit.letters.includes(letter),
          holds: !alarms.some((alarm) => alarm.letter === letter),
        })),
        settlementStopped: alarms.some(({ letter }) => stopsSettlement(letter)),
        alarms: alarms.map(viewOf),
      };
    });
  }
}

const viewOf = (alarm: DealAlarm): AlarmView => ({
  alarmId: alarm.alarmId,
  dealId: alarm.dealId,
  letter: alarm.letter,
  invariant: INVARIANTS[alarm.letter],
  place: alarm.place,
  answered: alarm.answered,
  actual: alarm.actual,
  expected: alarm.expected,
  stopsSettlement: stopsSettlement(alarm.letter),
  sinceBlock: Number(alarm.sinceBlock),
  since: alarm.since.toISOString(),
  clearedBlock: alarm.clearedBlock === null ? null : Number(alarm.clearedBlock),
  clearedAt: alarm.clearedAt === null ? null : alarm.clearedAt.toISOString(),
});
