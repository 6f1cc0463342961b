import { stuckTransactions } from '@weir/chain';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR, systemTransaction, withLease } from '@weir/persistence';
import type { CompiledDeal } from '@weir/waterfall';
import { In, type DataSource, type EntityManager } from 'typeorm';
import type { ServiceContext } from '../context.js';
import { dealAt } from '../amendments/eras.js';
import { compiledDeal } from '../deals/compiled.js';
import { DealRecord, type DealStatus } from '../deals/entities.js';
import { PoolKeys } from '../pledges/pool-keys.js';
import { ALARMING_ATTEMPTS, failedPledges, inWords } from '../settlement/failed-pledges.js';
import { keepAlarms } from './alarms.js';
import { auditDeal, type AuditedBlock, type DealAuditResult } from './deal-audit.js';
import { DealAudit } from './entities.js';
import type { Finding, Letter } from './invariants.js';
import { platformPowerFindings } from './power-health.js';

/** How the auditor is run. */
export interface AuditorOptions {
  /** Told of each alarm when it is raised. */
  readonly onAlarm: (dealId: string | null, finding: Finding) => void;
  /** Seconds for which a transaction may come no further. */
  readonly stuckAfter: number;
  /** The time, for telling how long a transaction has waited. */
  readonly now: () => Date;
}

/** Deals whose contracts are on chain. One that failed still owes refunds. */
const LIVE: readonly DealStatus[] = ['deployed', 'offered', 'closed', 'failed'];

/** An indexer that far behind the chain is still reading it: states that old are not to be had from every node. */
const MOST_BLOCKS_BEHIND = 64;

/** Audits each live deal once for every block batch that the indexer has read. One process audits at a time. */
export class DealAuditor {
  /** Programs by deal and by what they were compiled from: an amended deal has several. */
  private readonly programs = new Map<string, CompiledDeal>();
  private readonly pools: PoolKeys;
  /** Hash of the block at which the platform's powers were last looked at. */
  private platformAt: Hex | null = null;

  constructor(
    private readonly context: ServiceContext,
    private readonly dataSource: DataSource,
    private readonly options: AuditorOptions,
  ) {
    this.pools = new PoolKeys(context);
  }

  /** Audits what has not been at the indexed block. Gives the deals audited, or null when another process is auditing. */
  tick(): Promise<string[] | null> {
    return withLease(this.dataSource, 'weir.deal-audit', async () => {
      const head = await this.context.provider.getBlockNumber();
      await this.auditTransactions(head);
      await this.auditPlatform(head);
      const audited: string[] = [];
      for (const dealId of await this.due(head)) if (await this.audit(dealId)) audited.push(dealId);
      return audited;
    });
  }

  /** Live deals that were not audited at the block that the indexer has reached. */
  private due(head: number): Promise<string[]> {
    return this.context.uow.read(SYSTEM_ACTOR, async (manager) => {
      const block = await indexed(manager);
      if (block === null || head - block.number > MOST_BLOCKS_BEHIND) return [];
      const deals = await manager.find(DealRecord, { select: { dealId: true }, where: { status: In([...LIVE]) } });
      const done = await manager.findBy(DealAudit, { blockHash: block.hash });
      return deals.map(({ dealId }) => dealId).filter((dealId) => !done.some((audit) => audit.dealId === dealId));
    });
  }

  private async audit(dealId: string): Promise<boolean> {
    const done = await this.context.uow.read(SYSTEM_ACTOR, async (manager) => {
      const block = await indexed(manager);
      const record = await manager.findOneBy(DealRecord, { dealId });
      if (block === null || record === null) return null;
      const before = await manager.findOneBy(DealAudit, { dealId });
      const end = { blockNumber: block.number, logIndex: Number.MAX_SAFE_INTEGER };
      const compiled = this.programOf(await dealAt(manager, record, end));
      const accountsAtClosing = this.programOf(record).accounts.length;
      const poolKeys = this.pools.of.bind(this.pools);
      const deal = { dealId, compiled, accountsAtClosing, before, record, poolKeys };
      const result = await auditDeal(this.context, manager, deal, block);
      return result === null ? null : { block, result };
    });
    // What was read while the chain was reorganised says nothing; the indexer follows, and the next turn sees it.
    if (done === null || !(await this.stands(done.block))) return false;
    const { block, result } = done;
    await this.keep({ dealId, block: block.number }, result);
    await systemTransaction(this.dataSource, (manager) =>
      manager.upsert(DealAudit, auditRow(dealId, block, result, this.options.now()), ['dealId']),
    );
    return true;
  }

  /** Y of the platform, once for every block batch that the indexer has read. */
  private async auditPlatform(head: number): Promise<void> {
    const done = await this.context.uow.read(SYSTEM_ACTOR, async (manager) => {
      const block = await indexed(manager);
      if (block === null || block.hash === this.platformAt || head - block.number > MOST_BLOCKS_BEHIND) return null;
      return { block, findings: await platformPowerFindings(manager) };
    });
    if (done === null || done.findings === null || !(await this.stands(done.block))) return;
    const { block, findings } = done;
    await this.keep({ dealId: null, block: block.number }, { findings, complete: new Set<Letter>(['Y']) });
    this.platformAt = block.hash;
  }

  /** N, of every deal and of none, whatever the chain does: it may be the chain that stands still. */
  private async auditTransactions(head: number): Promise<void> {
    const before = new Date(this.options.now().getTime() - this.options.stuckAfter * 1000);
    const { stuck, failing, alarmed } = await this.context.uow.read(SYSTEM_ACTOR, async (manager) => ({
      stuck: await stuckTransactions(manager, before),
      failing: (await failedPledges(manager)).filter((one) => one.first < before || one.attempts >= ALARMING_ATTEMPTS),
      alarmed: (await manager.query(
        `select distinct deal_id as "dealId" from weir.deal_alarm where letter = 'N' and cleared_block is null`,
      )) as { dealId: string | null }[],
    }));
    const deals = new Set([...stuck, ...failing, ...alarmed].map(({ dealId }) => dealId));
    for (const dealId of deals) {
      const expected = `mined within ${this.options.stuckAfter} seconds`;
      const findings = [
        ...stuck.map(({ dealId: of, id, state, since }) => ({
          of,
          place: id,
          actual: `${state} since ${since.toISOString()}`,
        })),
        ...failing.map((one) => ({ of: one.dealId, place: one.key, actual: inWords(one) })),
      ]
        .filter(({ of }) => of === dealId)
        .map(({ place, actual }): Finding => ({ letter: 'N', place, verdict: 'broken', actual, expected }));
      await this.keep({ dealId, block: head }, { findings, complete: new Set<Letter>(['N']) });
    }
  }

  private async keep(
    scope: { readonly dealId: string | null; readonly block: number },
    result: Pick<DealAuditResult, 'findings' | 'complete'>,
  ): Promise<void> {
    const at = this.options.now();
    const raised = await keepAlarms(this.context, this.dataSource, { ...scope, at }, result);
    for (const finding of raised) this.options.onAlarm(scope.dealId, finding);
  }

  private programOf(record: DealRecord): CompiledDeal {
    const of = `${record.documentHash} ${record.cutOffPool ?? ''}`;
    const key = `${record.dealId} ${of}`;
    const known = this.programs.get(key);
    if (known !== undefined) return known;
    const compiled = compiledDeal(record);
    this.programs.set(key, compiled);
    return compiled;
  }

  private async stands({ number, hash }: AuditedBlock): Promise<boolean> {
    return (await this.context.provider.getBlock(number))?.hash === hash;
  }
}

/** The block that the indexer has reached. */
async function indexed(manager: EntityManager): Promise<AuditedBlock | null> {
  const rows: { number: string; hash: Hex }[] = await manager.query(
    `select block_number as number, block_hash as hash from weir.chain_checkpoint where name = 'indexer'`,
  );
  return rows[0] === undefined ? null : { number: Number(rows[0].number), hash: rows[0].hash };
}

/** The books were looked at by an earlier audit where they have not changed since. */
function lettersOf({ findings, complete, booksMark }: DealAuditResult): Letter[] {
  const books: Letter[] = booksMark === null ? [] : ['K'];
  return [...new Set([...findings.map(({ letter }) => letter), ...complete, ...books])].sort();
}

const auditRow = (dealId: string, block: AuditedBlock, result: DealAuditResult, auditedAt: Date): DealAudit => ({
  dealId,
  blockNumber: String(block.number),
  blockHash: block.hash,
  auditedAt,
  letters: lettersOf(result),
  nextPeriod: result.nextPeriod,
  booksMark: result.booksMark,
});
