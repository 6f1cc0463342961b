import type { EntityManager } from 'typeorm';
import type { ChainEvent } from '@weir/chain';
import type { Hex } from '@weir/money';
import { ReportSubmissionRecord } from './entities.js';

type Change = Partial<Pick<ReportSubmissionRecord, 'dispute' | 'reasonHash' | 'withdrawn'>>;

/** What an event makes of a report that is on chain. */
const AFTER: Readonly<Record<string, (event: ChainEvent) => Change>> = {
  ReportDisputed: ({ args }) => ({ dispute: 'standing', reasonHash: args['reasonHash'] as Hex }),
  DisputeDismissed: () => ({ dispute: 'dismissed' }),
  ReportWithdrawn: () => ({ withdrawn: true }),
};

/** What it was before: a report is disputed once, dismissed once and withdrawn once. */
const BEFORE: Readonly<Record<string, Change>> = {
  ReportDisputed: { dispute: 'none', reasonHash: null },
  DisputeDismissed: { dispute: 'standing' },
  ReportWithdrawn: { withdrawn: false },
};

/** Whether an event of the vault is one of its reports. */
export const isOfReport = ({ name }: ChainEvent): boolean => name === 'ReportSubmitted' || name in AFTER;

/** Follows a report on chain: submitted, disputed, dismissed, withdrawn. */
export async function followReport(dealId: string, event: ChainEvent, manager: EntityManager): Promise<void> {
  const { args, transactionHash } = event;
  const digest = args['digest'] as Hex;
  if (event.name !== 'ReportSubmitted') {
    await manager.update(ReportSubmissionRecord, { dealId, digest }, AFTER[event.name]?.(event) ?? {});
    return;
  }
  await manager.insert(ReportSubmissionRecord, {
    dealId,
    digest,
    period: Number(args['period']),
    revision: Number(args['revision']),
    settleAfter: String(args['settleAfter']),
    dispute: 'none',
    reasonHash: null,
    withdrawn: false,
    transactionHash,
  });
}

/** Takes back what an event made of a report, when its block is no longer part of the chain. */
export async function unfollowReport(dealId: string, event: ChainEvent, manager: EntityManager): Promise<void> {
  const digest = event.args['digest'] as Hex;
  if (event.name === 'ReportSubmitted') await manager.delete(ReportSubmissionRecord, { dealId, digest });
  else await manager.update(ReportSubmissionRecord, { dealId, digest }, BEFORE[event.name] ?? {});
}
