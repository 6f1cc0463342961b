import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessFailed } from '../errors.js';
import { identify, type ProcessIdentity } from './identity.js';
import { leftoversIn, removePidFile, writePidFile } from './pid-files.js';
import { killGroup, stopProcess, TERMINATE, type StopManner } from './stopping.js';

/** A process to start. `as` is the account it runs under when it is not the launcher's own. */
export interface ProcessPlan {
  name: string;
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  as?: { uid: number; gid: number } | null;
  stop?: StopManner;
}

interface Started {
  name: string;
  child: ChildProcess;
  identity: ProcessIdentity;
  stop: StopManner;
}

/** How Postgres, which may be among an earlier run's processes, wants to be asked: SIGINT is its fast shutdown. */
const MANNERS: Record<string, StopManner> = { postgres: { signal: 'SIGINT', patienceMs: 10_000 } };

/**
 * Starts processes, each in a group of its own, writes them down, notices when one ends by itself, and stops them all in
 * the reverse order of their start.
 */
export class Supervisor {
  private readonly started: Started[] = [];
  private readonly watchers: ((failure: ProcessFailed) => void)[] = [];
  /** Names of processes that are meant to end. */
  private readonly short = new Set<string>();
  private stopping = false;

  constructor(
    private readonly pidFolder: string,
    private readonly logFolder: string,
  ) {}

  /** Ends what an earlier, killed launcher left behind; answers the names. */
  async stopLeftovers(): Promise<string[]> {
    const leftovers = leftoversIn(this.pidFolder);
    // The servers that others hang on come last: worker and API first.
    const last = ['anvil', 'postgres'];
    leftovers.sort((a, b) => last.indexOf(a.name) - last.indexOf(b.name));
    for (const { name, identity } of leftovers) {
      await stopProcess(identity, MANNERS[name] ?? TERMINATE);
      removePidFile(this.pidFolder, name);
    }
    return leftovers.map(({ name }) => name);
  }

  logFileOf(name: string): string {
    return path.join(this.logFolder, `${name}.log`);
  }

  /**
   * Starts a process with its output in its log file.
   * @throws ProcessFailed when it cannot be started
   */
  async start(plan: ProcessPlan): Promise<void> {
    if (this.stopping) throw this.failure(plan.name, 'was not started: the launcher is stopping');
    const log = openSync(this.logFileOf(plan.name), 'a', 0o600);
    try {
      const { file, args, env, cwd, as } = plan;
      const child = spawn(file, args, { env, cwd, detached: true, stdio: ['ignore', log, log], ...as });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', (error) => reject(this.failure(plan.name, `could not be started (${error.message})`)));
      });
      this.watch(plan, child);
      // The order to stop may have come while the process was being made.
      if (this.stopping) await this.stopAll();
    } finally {
      closeSync(log);
    }
  }

  /** Starts a process that ends by itself, and answers its exit code; one that takes too long is stopped. */
  async run(plan: ProcessPlan, withinMs: number): Promise<number> {
    const end = Date.now() + withinMs;
    this.short.add(plan.name);
    await this.start(plan);
    const entry = this.started.find(({ name }) => name === plan.name);
    while (entry && entry.child.exitCode === null && entry.child.signalCode === null) {
      if (Date.now() > end) throw this.failure(plan.name, `took longer than ${withinMs / 1000} s`);
      await sleep(20);
    }
    this.started.splice(
      this.started.findIndex(({ name }) => name === plan.name),
      1,
    );
    removePidFile(this.pidFolder, plan.name);
    return entry?.child.exitCode ?? 1;
  }

  private watch(plan: ProcessPlan, child: ChildProcess): void {
    const { name, stop = MANNERS[plan.name] ?? TERMINATE } = plan;
    const pid = child.pid!;
    const identity = identify(pid) ?? { pid, started: '', command: plan.file };
    writePidFile(this.pidFolder, name, pid);
    this.started.push({ name, child, identity, stop });
    child.once('exit', (code, signal) => {
      if (this.stopping || this.short.has(name)) return;
      const failure = this.failure(name, `ended by itself (${signal ?? `exit code ${code}`})`);
      for (const tell of this.watchers) tell(failure);
    });
  }

  /** Rejects with ProcessFailed as soon as any started process ends by itself; never resolves. */
  ended(): Promise<never> {
    return new Promise((_, reject) => {
      this.watchers.push(reject);
      const dead = this.started.find(
        ({ name, child }) => !this.short.has(name) && (child.exitCode !== null || child.signalCode !== null),
      );
      if (dead) reject(this.failure(dead.name, 'ended by itself'));
    });
  }

  /**
   * Waits until `ready` answers true.
   * @throws ProcessFailed when the time is over, or when a process ends meanwhile
   */
  async waitUntil(name: string, ready: () => Promise<boolean>, withinMs: number): Promise<void> {
    const ended = this.ended();
    ended.catch(() => undefined);
    const poll = async (): Promise<void> => {
      const end = Date.now() + withinMs;
      while (!(await ready())) {
        if (this.stopping) throw this.failure(name, 'was stopped');
        if (Date.now() > end) throw this.failure(name, `was not ready after ${Math.round(withinMs / 1000)} s`);
        await sleep(40);
      }
    };
    await Promise.race([poll(), ended]);
  }

  /** Stops the processes started here, or those named, last first. Nothing can be started after it. */
  async stopAll(names?: string[]): Promise<void> {
    this.stopping = true;
    for (const one of this.started.filter(({ name }) => names?.includes(name) ?? true).reverse()) {
      await stopProcess(one.identity, one.stop);
      removePidFile(this.pidFolder, one.name);
      const at = this.started.indexOf(one);
      if (at >= 0) this.started.splice(at, 1);
    }
  }

  /** Kills everything at once. */
  killAll(): void {
    this.stopping = true;
    for (const { identity } of this.started) killGroup(identity.pid);
  }

  private failure(name: string, what: string): ProcessFailed {
    return new ProcessFailed(name, what, this.logFileOf(name));
  }
}
