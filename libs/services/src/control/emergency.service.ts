import { artifacts } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { Actor, Idempotency, PartyRole } from '@weir/persistence';
import { accountOf } from '../access/access.service.js';
import { queueCall } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { requireStatus } from '../deals/deals.service.js';
import { dealAs } from '../deals/party.js';
import { dealAddress } from '../deployment/contracts.js';
import { OutOfOrder } from '../problem.js';
import { transactionIdOf } from '../transaction-id.js';
import { requireMayCall } from './may-call.js';

const PARTS: readonly PartyRole[] = ['issuer', 'servicer', 'trustee', 'calculation-agent'];
const { abi } = artifacts.DealControl;

/** The emergency stop: nothing new happens in the vault, what belongs to somebody already is paid. */
export class EmergencyService {
  constructor(private readonly context: ServiceContext) {}

  /** Stops the deal's vault. @throws RoleNotHeld, OutOfOrder when it is stopped */
  stop(actor: Actor, dealId: string, reason: string, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.set(actor, dealId, 'stop', reason, idempotency);
  }

  /** Resumes it. @throws RoleNotHeld, OutOfOrder when it is not stopped */
  resume(actor: Actor, dealId: string, reason: string, idempotency: Idempotency): Promise<{ transactionId: string }> {
    return this.set(actor, dealId, 'resume', reason, idempotency);
  }

  private set(
    actor: Actor,
    dealId: string,
    method: 'stop' | 'resume',
    reason: string,
    idempotency: Idempotency,
  ): Promise<{ transactionId: string }> {
    const object = `deal:${dealId}`;
    return this.context.uow.run(actor, { name: `control.${method}`, object, idempotency }, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, ...PARTS);
      requireStatus(deal, ['closed'], method === 'stop' ? 'stopped' : 'resumed');
      if (deal.stopped === (method === 'stop'))
        throw new OutOfOrder(`The deal is ${deal.stopped ? '' : 'not '}stopped.`, { stopped: deal.stopped });
      const control = await dealAddress(tx.manager, dealId, 'DealControl');
      const account = (await accountOf(tx, actor.organisationId)) as Hex;
      await requireMayCall(this.context, tx.manager, { account, control, method });
      const id = transactionIdOf(actor, dealId, `control.${method}`, idempotency);
      const args = [await dealAddress(tx.manager, dealId, 'DealVault')];
      const purpose = `control: ${method}`;
      await queueCall(tx.manager, { id, signer: account, to: control, abi, method, args, dealId, purpose });
      tx.record({ object, before: { stopped: deal.stopped }, after: { transactionId: id, reason } });
      return { transactionId: id };
    });
  }
}
