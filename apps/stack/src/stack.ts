import { appUrlOf, createBeside, dropBeside, isEmpty } from './database.js';
import { answersRpc } from './chain/rpc.js';
import { startAnvil } from './chain/anvil.js';
import { ServiceRefused } from './errors.js';
import { createFolders, type Folders } from './folders.js';
import { startPostgres } from './postgres/server.js';
import { Supervisor } from './process/supervisor.js';
import { migrate, startApi, startWorker, type Programs } from './programs.js';
import type { Progress } from './progress.js';
import { secretsIn } from './secrets.js';

/** What to start, where to keep it, and what of it exists already. */
export interface StackPlan {
  checkout: string;
  folders: Folders;
  programs: Programs;
  /** The owner's URL of a database that replaces the embedded one. */
  databaseUrl: string | null;
  /** A node that replaces the local chain. */
  rpcUrl: string | null;
  /** Preferred ports; 0 is any. A taken one is replaced by a free one. */
  ports: { api: number; rpc: number };
  /** A run whose state is removed at the end; in an outside server it gets a database of its own. */
  throwAway: { database: string; appPassword: string | null } | null;
  progress: Progress;
}

/** A stack whose processes have all answered. */
export interface RunningStack {
  apiUrl: string;
  rpcUrl: string;
  /** The database as its owner, and as API and worker connect. */
  databaseUrls: { owner: string; app: string };
  /** Whether the database held nothing before this start. */
  wasEmpty: boolean;
  /** Rejects when a process ends by itself; never resolves. */
  ended: Promise<never>;
}

/** Starts one stack and stops it again, wholly, from whatever point it got to. */
export class Stack {
  private readonly supervisor: Supervisor;
  private readonly undo: (() => Promise<void> | void)[] = [];

  constructor(private readonly plan: StackPlan) {
    createFolders(plan.folders);
    this.supervisor = new Supervisor(plan.folders.pids, plan.folders.logs);
  }

  /** Stops what a killed launcher left; answers the names of the processes. */
  stopLeftovers(): Promise<string[]> {
    return this.supervisor.stopLeftovers();
  }

  logFileOf(name: string): string {
    return this.supervisor.logFileOf(name);
  }

  /** Starts everything in order: database and chain, schema, API, worker. */
  async start(): Promise<RunningStack> {
    const { plan, supervisor } = this;
    plan.progress.step('Starting database and chain');
    const [ownerUrl, rpcUrl] = await settled([this.database(), this.chain()]);
    const wasEmpty = await isEmpty(ownerUrl);

    const secrets = secretsIn(plan.folders.secretsFile, plan.throwAway?.appPassword ?? null);
    const appUrl = appUrlOf(ownerUrl, secrets.appPassword);
    const ownChain = plan.rpcUrl === null;
    const around = { checkout: plan.checkout, folders: plan.folders, ownerUrl, appUrl, rpcUrl, ownChain };
    plan.progress.step('Bringing the schema up to date');
    await migrate(plan.programs, around, supervisor);
    plan.progress.step('Starting API and worker');
    const [apiUrl] = await settled([
      startApi(plan.programs, around, plan.ports.api, supervisor),
      startWorker(plan.programs, around, supervisor),
    ]);
    plan.progress.finish();
    return { apiUrl, rpcUrl, databaseUrls: { owner: ownerUrl, app: appUrl }, wasEmpty, ended: supervisor.ended() };
  }

  /** Stops every process that was started. Safe at any point, and more than once. */
  async stop(): Promise<void> {
    await this.supervisor.stopAll(['worker', 'api', 'migrate']);
    for (let next = this.undo.pop(); next; next = this.undo.pop()) await next();
    await this.supervisor.stopAll();
  }

  /** Kills every process at once. */
  kill(): void {
    this.supervisor.killAll();
  }

  private async database(): Promise<string> {
    const { databaseUrl, throwAway, folders, checkout } = this.plan;
    if (!databaseUrl) return startPostgres({ checkout, folders, throwAway: throwAway !== null }, this.supervisor);
    if (!throwAway) return databaseUrl;
    this.undo.push(() => dropBeside(databaseUrl, throwAway.database));
    return createBeside(databaseUrl, throwAway.database);
  }

  private async chain(): Promise<string> {
    const { rpcUrl, folders, ports } = this.plan;
    if (!rpcUrl) {
      const chain = await startAnvil(folders, ports.rpc, this.supervisor);
      this.undo.push(chain.stop);
      return chain.url;
    }
    if (!(await answersRpc(rpcUrl))) throw new ServiceRefused('The chain of RPC_URL', `no node answers at ${rpcUrl}`);
    return rpcUrl;
  }
}

/** Like Promise.all, but waits for every one before it throws: nothing may still be starting while the rest is stopped. */
async function settled<T extends unknown[]>(all: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const results = await Promise.allSettled(all);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as T;
}
