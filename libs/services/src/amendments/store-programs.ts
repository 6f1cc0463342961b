import { artifacts } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { EntityManager } from 'typeorm';
import { queueCall } from '../chain-call.js';
import { platformAddress } from '../deployment/contracts.js';
import { storingCalls } from './on-chain.js';

/** Queues what stores an amendment's programs on chain; storing one that is there changes nothing. @throws NotDeployed */
export async function queueStoring(
  manager: EntityManager,
  { amendmentId, dealId, signer }: { amendmentId: string; dealId: string; signer: Hex },
  programs: readonly Uint8Array[],
): Promise<void> {
  const to = await platformAddress(manager, 'ProgramStore');
  const { abi } = artifacts.ProgramStore;
  const scope = `deal/${dealId}/amendment/${amendmentId}`;
  for (const [place, { method, args }] of programs.flatMap(storingCalls).entries()) {
    const purpose = 'amendment: store a program';
    await queueCall(manager, { id: `${scope}/store-${place}`, signer, to, abi, method, args, dealId, purpose });
  }
}
