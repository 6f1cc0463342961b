import type { Contract } from 'ethers';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { OutboxTransaction } from '@weir/chain';
import { attemptId } from '../chain-call.js';
import type { DealStateRecord } from './entities.js';
import { SettlementInFlight, StatesDiffer } from './errors.js';

/** What a transaction of the vault is for, as the outbox names it. */
export const vaultPurpose = (method: string): string => `vault: ${method}`;

/**
 * Demands that the vault stands where the database does. Right after a settlement, or while a reorganisation is being
 * followed, the two differ for a moment, and what is calculated from one would be refused by the other.
 * @throws StatesDiffer
 */
export async function requireSameState(vault: Contract, period: number, opening: DealStateRecord): Promise<void> {
  const settled = Number((await vault.getFunction('period').staticCall()) as bigint);
  const stateHash = (await vault.getFunction('stateHash').staticCall()) as string;
  if (settled !== period - 1 || stateHash.toLowerCase() !== opening.stateHash.toLowerCase())
    throw new StatesDiffer(period, settled);
}

/** True while a transaction of the deal with one of these purposes has not been mined. */
export async function inFlight(manager: EntityManager, dealId: string, ...methods: string[]): Promise<boolean> {
  const purpose = In(methods.map(vaultPurpose));
  return manager.existsBy(OutboxTransaction, { dealId, purpose, state: In(['queued', 'laid-out', 'signed', 'sent']) });
}

/** Demands that no settlement is on its way: what it settles may not change under it. @throws SettlementInFlight */
export async function requireNoSettlementInFlight(
  manager: EntityManager,
  dealId: string,
  period: number,
): Promise<void> {
  if (await inFlight(manager, dealId, 'settle', 'settleJointly')) throw new SettlementInFlight(period);
}

/**
 * The outbox id of a period's settlement: the same for every command that asks for it, so that two are one
 * transaction. One that failed had no effect, and the next has a further id.
 */
export function settlementId(manager: EntityManager, dealId: string, period: number): Promise<string> {
  return attemptId(manager, `deal/${dealId}/settle/${period}`);
}
