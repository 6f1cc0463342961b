import { In, type EntityManager } from 'typeorm';
import type { ChainEvent, Projection } from '@weir/chain';
import { AmendmentRecord, type AmendmentStanding } from '../amendments/entities.js';

const UNDER_WAY: AmendmentStanding[] = ['queued', 'proposed', 'approved'];

/** Follows the contracts of further issues: one that failed comes in force no more. */
export class IssueProjection implements Projection {
  async apply(event: ChainEvent, manager: EntityManager): Promise<void> {
    if (event.name !== 'IssueFailed') return;
    const failed = { issueAddress: event.address, standing: In(UNDER_WAY) };
    await manager.update(AmendmentRecord, failed, { standing: 'cancelled' });
  }

  async unwind(event: ChainEvent, manager: EntityManager): Promise<void> {
    if (event.name !== 'IssueFailed') return;
    const record = await manager.findOneBy(AmendmentRecord, { issueAddress: event.address, standing: 'cancelled' });
    if (record === null) return;
    // It was approved where it has an instant.
    const standing = record.readyAt === null ? 'proposed' : 'approved';
    await manager.update(AmendmentRecord, { amendmentId: record.amendmentId }, { standing });
  }

  async finalise(): Promise<void> {}
}
