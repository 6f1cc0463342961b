import { artifacts } from '@weir/bindings';
import type { EntityManager } from 'typeorm';
import { attemptId, queueCall } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { dealAddress, platformAddress } from '../deployment/contracts.js';
import { PLATFORM_SIGNERS } from '../deployment/roles.js';
import { hasPledges } from './pool-pledges.js';

/** Queues what frees the loans of a deal whose offering failed; nothing for a deal to which none were pledged. */
export async function queueAbandon(context: ServiceContext, manager: EntityManager, dealId: string): Promise<void> {
  if (!(await hasPledges(manager, dealId))) return;
  const operator = await context.signers.openOrCreate(PLATFORM_SIGNERS.operator);
  await queueCall(manager, {
    id: await attemptId(manager, `deal/${dealId}/abandon-pledges`),
    signer: operator.address,
    to: await platformAddress(manager, 'PledgeRegistry'),
    abi: artifacts.PledgeRegistry.abi,
    method: 'abandon',
    args: [await dealAddress(manager, dealId, 'DealVault')],
    dealId,
    purpose: 'pledges: abandon',
  });
}
