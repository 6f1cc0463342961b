import { In, type EntityManager } from 'typeorm';
import type { ChainEvent, Projection } from '@weir/chain';
import type { Hex } from '@weir/money';
import { DealContract } from '../deployment/entities.js';
import { AmendmentRecord, type AmendmentStanding } from './entities.js';

/** What an event of a deal's control makes of an amendment. That it came in force is the vault's to tell. */
interface Step {
  readonly from: readonly AmendmentStanding[];
  readonly to: AmendmentStanding;
}

const STEPS: Readonly<Record<string, Step>> = {
  AmendmentProposed: { from: ['queued'], to: 'proposed' },
  IssueProposed: { from: ['queued'], to: 'proposed' },
  ChangeApproved: { from: ['proposed'], to: 'approved' },
  ChangeCancelled: { from: ['proposed', 'approved'], to: 'cancelled' },
};

/** Follows a deal's control: amendments proposed, approved, given up. */
export class AmendmentProjection implements Projection {
  async apply(event: ChainEvent, manager: EntityManager): Promise<void> {
    const step = STEPS[event.name];
    const record = step && (await found(event, manager, step.from));
    if (!record) return;
    const readyAt = event.name === 'ChangeApproved' ? String(event.args['readyAt']) : record.readyAt;
    await manager.update(AmendmentRecord, { amendmentId: record.amendmentId }, { standing: step.to, readyAt });
  }

  async unwind(event: ChainEvent, manager: EntityManager): Promise<void> {
    const step = STEPS[event.name];
    const record = step && (await found(event, manager, [step.to]));
    if (!record) return;
    // What was given up had been approved where it has an instant.
    const wasApproved = event.name === 'ChangeCancelled' && record.readyAt !== null;
    const standing = wasApproved ? 'approved' : step.from[0];
    const readyAt = wasApproved ? record.readyAt : null;
    await manager.update(AmendmentRecord, { amendmentId: record.amendmentId }, { standing, readyAt });
  }

  async finalise(): Promise<void> {}
}

/** The amendment of an event of a control; null for new signers, and for what was proposed past the API. */
async function found(event: ChainEvent, manager: EntityManager, standings: readonly AmendmentStanding[]) {
  const contract = await manager.findOneBy(DealContract, { address: event.address, name: 'DealControl' });
  if (contract === null) return null;
  const proposal = event.args['proposal'] as Hex;
  return manager.findOneBy(AmendmentRecord, { dealId: contract.dealId, proposal, standing: In([...standings]) });
}
