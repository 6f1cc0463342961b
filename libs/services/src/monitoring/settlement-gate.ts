import type { EntityManager } from 'typeorm';
import type { CompiledDeal } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import { PlatformContract } from '../deployment/entities.js';
import { openAlarms } from './alarms.js';
import { healthNow } from './deal-audit.js';
import { InvariantBroken } from './errors.js';
import { stopsSettlement } from './invariants.js';

/**
 * Demands that nothing is wrong with the deal: that no alarm is open, and that its contracts say so now, since the audit
 * stands at the indexed block and the chain may be further on.
 * @throws InvariantBroken which names the letter
 */
export async function requireSound(
  context: ServiceContext,
  manager: EntityManager,
  dealId: string,
  compiled: CompiledDeal,
): Promise<void> {
  const alarm = (await openAlarms(manager, dealId)).find(({ letter }) => stopsSettlement(letter));
  if (alarm !== undefined)
    throw new InvariantBroken({ ...alarm, verdict: alarm.answered ? 'broken' : 'unanswered' }, alarm.sinceBlock);
  // A platform that was deployed before the contract has none to ask; its worker says so in every turn.
  if (!(await manager.existsBy(PlatformContract, { name: 'DealHealth' }))) return;
  const broken = (await healthNow(context, manager, dealId, compiled)).find(({ verdict }) => verdict !== 'holds');
  if (broken !== undefined) throw new InvariantBroken(broken, null);
}
