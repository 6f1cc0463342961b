import { buildSumTree } from '@weir/audit';
import { artifacts } from '@weir/bindings';
import { enqueueTransaction } from '@weir/chain';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR, unfinishedJobs } from '@weir/persistence';
import type { EntityManager } from 'typeorm';
import { dealInPeriod } from '../amendments/eras.js';
import { attemptId, queueCall } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { compiledDeal } from '../deals/compiled.js';
import { dealFor } from '../deals/party.js';
import { dealAddress, platformAddress } from '../deployment/contracts.js';
import { PLATFORM_SIGNERS } from '../deployment/roles.js';
import { saltOf } from '../loan-salt.js';
import { hasPledges, originatorOf, pledgedKeys, pledgeKeyOf, pledgeSaltOf } from '../pledges/pool-pledges.js';
import { importedTape } from '../tapes/tapes.service.js';
import { failedPledges, isDue, RELEASE_PURPOSE, ROOT_PURPOSE } from './failed-pledges.js';
import { buildReport } from './report-builder.js';
import { reportFor } from './reports.js';

/** Queue of the job that releases the loans that ended in a period. */
export const RELEASE_LOANS_QUEUE = 'pledge-release';

/** Periods that one look at what is pending gives at most. */
const PENDING_AT_ONCE = 100;

/** Name of the natural key of a period's releases. */
const jobKey = (dealId: string, period: number): string => `${dealId}/${period}`;

/**
 * Queues the recording of the tape root that a settlement left, for a deal whose loans are pledged: the registry takes it
 * until the next period is settled.
 */
export async function queueRoot(context: ServiceContext, manager: EntityManager, dealId: string, period: number) {
  if (!(await hasPledges(manager, dealId))) return;
  const operator = await context.signers.openOrCreate(PLATFORM_SIGNERS.operator);
  await queueCall(manager, {
    id: await attemptId(manager, `deal/${dealId}/record-root/${period}`),
    signer: operator.address,
    to: await platformAddress(manager, 'PledgeRegistry'),
    abi: artifacts.PledgeRegistry.abi,
    method: 'recordRoot',
    args: [await dealAddress(manager, dealId, 'DealVault')],
    dealId,
    purpose: ROOT_PURPOSE,
  });
}

/** Releases loans that ended, once the root of their last period is on record for good. */
export class PledgedPeriods {
  constructor(private readonly context: ServiceContext) {}

  /** Asks for the releases of every period that needs them; there is nothing to record while all are asked for. */
  async request(): Promise<void> {
    const pending = await this.pending();
    if (pending.length === 0) return;
    await this.context.uow.run(SYSTEM_ACTOR, { name: 'pledges.request', object: 'pledges' }, async (tx) => {
      for (const { dealId, period } of pending) {
        await tx.job(RELEASE_LOANS_QUEUE, { dealId, period }, jobKey(dealId, period));
        tx.record({ object: `deal:${dealId}/period:${period}`, before: null, after: { releases: 'requested' } });
      }
    });
  }

  /**
   * Queues releases and roots that failed anew, with what they said before, after pauses that double to a day; never while
   * one is on its way. It does not give up: the cause may be mended by a person, to whom letter N says why it fails and when it
   * is tried again.
   */
  async retry(now: Date): Promise<void> {
    const failed = await this.context.uow.read(SYSTEM_ACTOR, failedPledges);
    const due = failed.filter((one) => one.mendable && isDue(one, now));
    if (due.length === 0) return;
    await this.context.uow.run(SYSTEM_ACTOR, { name: 'pledges.retry', object: 'pledges' }, async (tx) => {
      for (const { key, signer, to, data, dealId, purpose, attempts, failure } of due) {
        const id = await attemptId(tx.manager, key);
        await enqueueTransaction(tx.manager, { id, signer, to, data, dealId, purpose });
        tx.record({
          object: `deal:${dealId}`,
          before: { failed: key, attempts, failure },
          after: { transactionId: id },
        });
      }
    });
  }

  /**
   * Job: shows the registry the row of each pledged loan that closed the period without a balance, which frees it.
   * Running it again changes nothing.
   */
  async release(dealId: string, period: number): Promise<void> {
    const object = `deal:${dealId}/period:${period}`;
    await this.context.uow.run(SYSTEM_ACTOR, { name: 'pledges.release', object }, async (tx) => {
      const ended = await this.endedLoans(tx.manager, dealId, period);
      const operator = await this.context.signers.openOrCreate(PLATFORM_SIGNERS.operator);
      const to = await platformAddress(tx.manager, 'PledgeRegistry');
      const vault = await dealAddress(tx.manager, dealId, 'DealVault');
      for (const { key, row, salt } of ended)
        await queueCall(tx.manager, {
          id: await attemptId(tx.manager, `deal/${dealId}/release/${key}/${period}`),
          signer: operator.address,
          to,
          abi: artifacts.PledgeRegistry.abi,
          method: 'release',
          args: [vault, period, row, salt],
          dealId,
          purpose: RELEASE_PURPOSE,
        });
      await tx.manager.query('update weir.pledge_root set releases_asked = true where deal_id = $1 and period = $2', [
        dealId,
        period,
      ]);
      tx.record({ object, before: null, after: { released: ended.length } });
    });
  }

  private pending(): Promise<{ dealId: string; period: number }[]> {
    return this.context.uow.read(SYSTEM_ACTOR, async (manager) => {
      const rows: { dealId: string; period: number }[] = await manager.query(
        `select deal_id as "dealId", period from weir.pledge_root where final and not releases_asked
          order by deal_id, period limit ${PENDING_AT_ONCE}`,
      );
      if (rows.length === 0) return rows;
      const waiting = await unfinishedJobs(manager, RELEASE_LOANS_QUEUE);
      return rows.filter(({ dealId, period }) => !waiting.has(jobKey(dealId, period)));
    });
  }

  /** Pledged loans of the settled report that closed without a balance, with what shows each to the registry. */
  private async endedLoans(manager: EntityManager, dealId: string, period: number) {
    const originator = await originatorOf(manager, dealId);
    const report = await reportFor(manager, dealId, period);
    const tape = await importedTape(manager, dealId, report.tapeId);
    const { previousStateHash, revision } = report;
    const compiled = compiledDeal(await dealInPeriod(manager, await dealFor(manager, dealId), period));
    const request = { dealId, period, revision, tape, previousStateHash };
    const { loans, leaves } = await buildReport(this.context, manager, compiled, request);
    const pledged = await pledgedKeys(manager, dealId);
    const tree = buildSumTree(leaves);
    return loans.flatMap((loan, index) => {
      const key = pledgeKeyOf(this.context, originator, loan.key);
      const leaf = leaves[index];
      if (leaf === undefined || loan.closing !== 0n || !pledged.has(key)) return [];
      const leafSalt: Hex = saltOf(this.context, dealId, loan.key);
      const row = { loanKey: loan.key, leafSalt, leaf, proof: tree.proof(index) };
      return [{ key, row, salt: pledgeSaltOf(this.context, originator, loan.key) }];
    });
  }
}
