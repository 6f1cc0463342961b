import { setTimeout as sleep } from 'node:timers/promises';
import { startApi, startWorker, programsOf, type Surroundings } from '../../../apps/stack/src/programs.js';
import { isAlive } from '../../../apps/stack/src/process/identity.js';
import { leftoversIn } from '../../../apps/stack/src/process/pid-files.js';
import { Supervisor } from '../../../apps/stack/src/process/supervisor.js';
import { AnotherPort, CHECKOUT, type House } from '../../e2e/harness.js';
import type { Random } from '../../laws/random.js';

type Victim = 'api' | 'worker';

/** Longest time that a process lives once it has answered: a deployment needs some of it to come on. */
const LONGEST_LIFE_MS = 8_000;

/** Kills API and worker of a stack by SIGKILL at random moments, each on its own, and starts them again. */
export class Reaper {
  readonly kills: Record<Victim, number> = { api: 0, worker: 0 };
  private stopping = false;
  private readonly supervisors: Supervisor[] = [];
  private readonly loops: Promise<void>[];
  /** Rejects when a process could not be found or started again; never resolves. */
  readonly failed: Promise<never>;

  constructor(
    private readonly house: House,
    private readonly random: Random,
    /** Kills after which it rests. */
    private readonly most = Infinity,
  ) {
    this.loops = (['api', 'worker'] as const).map((victim) => this.reap(victim));
    this.failed = new Promise((_, reject) => {
      for (const loop of this.loops) loop.catch(reject);
    });
    // Whoever waits for a life is told; nobody need wait.
    this.failed.catch(() => undefined);
  }

  get total(): number {
    return this.kills.api + this.kills.worker;
  }

  /** Kills nobody any more; the processes of the last start live on. @throws what kept one from starting */
  async rest(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.loops);
  }

  /** Ends the processes that were started here. */
  async end(): Promise<void> {
    await this.rest().catch(() => undefined);
    for (const supervisor of this.supervisors) await supervisor.stopAll();
  }

  private async reap(victim: Victim): Promise<void> {
    while (!this.stopping && this.total < this.most) {
      await sleep(100 + this.random.below(LONGEST_LIFE_MS));
      if (this.stopping || this.total >= this.most) return;
      const found = leftoversIn(this.house.folders.pids).find(({ name }) => name === victim);
      if (found === undefined) throw new TypeError(`there is no ${victim} to kill`);
      process.kill(found.identity.pid, 'SIGKILL');
      while (isAlive(found.identity)) await sleep(5);
      this.kills[victim] += 1;
      await this.startAgain(victim);
    }
  }

  private async startAgain(victim: Victim): Promise<void> {
    const { folders, up } = this.house;
    const around: Surroundings = {
      ...{ checkout: CHECKOUT, folders, rpcUrl: up.rpcUrl, ownChain: true },
      ...{ ownerUrl: up.databaseUrls.owner, appUrl: up.databaseUrls.app },
    };
    const supervisor = new Supervisor(folders.pids, folders.logs);
    this.supervisors.push(supervisor);
    const programs = programsOf(CHECKOUT);
    if (victim === 'worker') return startWorker(programs, around, supervisor);
    const url = await startApi(programs, around, Number(new URL(up.apiUrl).port), supervisor);
    if (url !== up.apiUrl) throw new AnotherPort(up.apiUrl, url);
  }
}
