import { setTimeout as sleep } from 'node:timers/promises';
import { Interface } from 'ethers';
import { AUDIT_GENESIS, chainRecord } from '@weir/audit';
import { abis } from '@weir/bindings';
import { Indexer, OutboxSender } from '@weir/chain';
import { AuditSealer, JobQueue, SYSTEM_ACTOR } from '@weir/persistence';
import { adoptPlatform } from './deployment/adoption.js';
import { runDealScript } from './deployment/deal-script.js';
import { DEPLOY_DEAL_QUEUE, DEPLOY_PLATFORM_QUEUE } from './deployment/deployment.service.js';
import { DealContract, PlatformContract } from './deployment/entities.js';
import { runPlatformScript, type PlatformOrder } from './deployment/platform-script.js';
import { DealAuditor } from './monitoring/deal-auditor.js';
import { InvariantBroken } from './monitoring/errors.js';
import { IssueProjection } from './further-issues/issue-projection.js';
import { DEPLOY_ISSUE_QUEUE, type IssueJob, runIssueScript } from './further-issues/issue-script.js';
import { AmendmentProjection } from './amendments/amendment-projection.js';
import { OfferingProjection } from './offering/offering-projection.js';
import { PledgeProjection } from './pledges/pledge-projection.js';
import { BUILD_REPORT_QUEUE } from './reports/reports.service.js';
import { SetKeeper } from './scenario-sets/set-keeper.js';
import { RUN_SHARD_QUEUE, type ShardJob } from './scenario-sets/shard-queue.js';
import { ShardWorker } from './scenario-sets/shard-worker.js';
import type { Services } from './services.js';
import { DistributionProjection } from './settlement/distribution-projection.js';
import { PledgedPeriods, RELEASE_LOANS_QUEUE } from './settlement/pledged-periods.js';
import { VaultProjection } from './settlement/vault-projection.js';
import { REJUDGE_TAPES_QUEUE } from './tapes/judgements.js';
import { IMPORT_TAPE_QUEUE } from './tapes/tapes.service.js';
import { VINTAGES_QUEUE } from './tapes/vintage-curves.js';

/** How a running worker is told of failures; the loops go on by themselves. */
export interface WorkerOptions {
  readonly onError: (error: unknown, where: string) => void;
}

/** Pauses between two turns of each loop. */
const PAUSE_MS = {
  outbox: 100,
  indexer: 150,
  audit: 250,
  reports: 300,
  pledges: 1_000,
  pledgeRetries: 10_000,
  sealer: 500,
  scenarioSets: 500,
  vintages: 5_000,
};

/** Unmined transactions of one account at once: as many as common nodes keep of an account whatever their load (geth's `txpool.accountslots`). */
const MAX_IN_FLIGHT = 16;

/** A transaction that has come no further for so long is an alarm. */
const STUCK_AFTER_S = 600;

/**
 * Runs the job handlers and the loops: outbox, indexer, audit of deals, report and release requests, retries of releases, audit sealer, scenario sets, vintage curves. Any number of workers may run
 * at once; each loop takes a lease or is idempotent.
 */
export async function runWorker(services: Services, options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { manifestFile } = services.settings;
  if (manifestFile !== null) await adoptPlatform(services.context, manifestFile);
  const queue = new JobQueue({
    url: services.settings.databaseUrl,
    onError: (error, name) => options.onError(error, `job ${name ?? 'queue'}`),
  });
  await queue.start();
  const shards = new ShardWorker(services.context, services.dataSource);
  serveJobs(queue, services, shards);
  const stopping = new AbortController();
  const loop = async (name: keyof typeof PAUSE_MS, turn: () => Promise<unknown>): Promise<void> => {
    while (!stopping.signal.aborted) {
      await turn().catch((error: unknown) => options.onError(error, name));
      await sleep(PAUSE_MS[name], undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const { chainId } = await services.context.provider.getNetwork();
  const outbox = outboxOf(services, chainId, options);
  const indexer = indexerOf(services, chainId);
  const auditor = new DealAuditor(services.context, services.dataSource, {
    onAlarm: (dealId, finding) =>
      options.onError(new InvariantBroken(finding, null), `audit of ${dealId ?? 'the platform'}`),
    stuckAfter: STUCK_AFTER_S,
    now: () => new Date(),
  });
  const sealer = new AuditSealer(services.dataSource, { genesis: AUDIT_GENESIS, chainRecord });
  const sets = new SetKeeper(services.context);
  const releases = new PledgedPeriods(services.context);
  const loops = [
    loop('outbox', () => outbox.tick()),
    loop('indexer', () => indexer.tick()),
    loop('audit', () => auditor.tick()),
    loop('reports', () => services.reports.request()),
    loop('pledges', () => releases.request()),
    loop('pledgeRetries', () => releases.retry(new Date())),
    loop('sealer', () => sealer.seal()),
    loop('scenarioSets', () => sets.tend()),
    loop('vintages', () => services.vintages.tend()),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all([...loops, shards.stop()]);
      await queue.stop();
    },
  };
}

function serveJobs(queue: JobQueue, services: Services, shards: ShardWorker): void {
  const { context } = services;
  queue.workOn<{ tapeId: string }>(IMPORT_TAPE_QUEUE, ({ data }) => services.tapes.importTape(data.tapeId));
  queue.workOn<{ dealId: string; month: string }>(REJUDGE_TAPES_QUEUE, ({ data }) =>
    services.tapeHistory.rejudge(data.dealId, data.month),
  );
  queue.workOn<PlatformOrder>(DEPLOY_PLATFORM_QUEUE, ({ data }) => runPlatformScript(context, data));
  queue.workOn<{ dealId: string }>(DEPLOY_DEAL_QUEUE, ({ data }) => runDealScript(context, data.dealId));
  queue.workOn<IssueJob>(DEPLOY_ISSUE_QUEUE, ({ data }) => runIssueScript(context, data));
  queue.workOn<{ dealId: string; period: number }>(BUILD_REPORT_QUEUE, ({ data }) =>
    services.reports.build(data.dealId, data.period),
  );
  queue.workOn<{ dealId: string; period: number }>(RELEASE_LOANS_QUEUE, ({ data }) =>
    new PledgedPeriods(context).release(data.dealId, data.period),
  );
  queue.workOn<{ dealId: string }>(VINTAGES_QUEUE, ({ data }) => services.vintages.build(data));
  queue.workOn<ShardJob>(RUN_SHARD_QUEUE, ({ data }) => shards.run(data));
}

function outboxOf(services: Services, chainId: bigint, options: WorkerOptions): OutboxSender {
  return new OutboxSender({
    dataSource: services.dataSource,
    rpc: services.context.provider,
    chainId: Number(chainId),
    signers: services.context.signers,
    finalityDepth: services.settings.finalityDepth,
    maxInFlight: MAX_IN_FLIGHT,
    dryRun: services.settings.dryRun,
    errors: Object.values(abis).map((abi) => new Interface(abi)),
    onError: (error, signer) => options.onError(error, `outbox of ${signer}`),
  });
}

function indexerOf(services: Services, chainId: bigint): Indexer {
  const followed: Record<string, Interface> = {
    DealVault: new Interface(abis.DealVault),
    DealControl: new Interface(abis.DealControl),
    Distributor: new Interface(abis.Distributor),
    Subscription: new Interface(abis.Subscription),
    FurtherIssue: new Interface(abis.FurtherIssue),
    TrancheToken: new Interface(abis.TrancheToken),
    PledgeRegistry: new Interface(abis.PledgeRegistry),
    AccessManager: new Interface(abis.AccessManager),
    DealRoles: new Interface(abis.DealRoles),
    // Whom it asks, for the audit of powers; who is admitted, it is asked itself.
    InvestorRegistry: new Interface(['event AuthorityUpdated(address authority)']),
  };
  return new Indexer({
    dataSource: services.dataSource,
    rpc: services.context.provider,
    chainId: Number(chainId),
    finalityDepth: services.settings.finalityDepth,
    projections: [
      new VaultProjection(services.context),
      new DistributionProjection(services.context),
      new OfferingProjection(services.context),
      new PledgeProjection(),
      new AmendmentProjection(),
      new IssueProjection(),
    ],
    contracts: async () => {
      const contracts = await services.context.uow.read(SYSTEM_ACTOR, async (manager) => [
        ...(await manager.find(DealContract)),
        ...(await manager.find(PlatformContract)),
      ]);
      return new Map(
        contracts.flatMap(({ name, address }) => {
          // Tokens by their classes, issues by their amendments.
          const [kind = ''] = name.split(':');
          const found = followed[kind === 'Token' ? 'TrancheToken' : kind];
          return found === undefined ? [] : [[address, found] as const];
        }),
      );
    },
  });
}
