import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { JsonRpcProvider } from 'ethers';
import pg from 'pg';
import { ApiClient } from '../../apps/stack/src/demo/api-client.js';
import { DevChain } from '../../apps/stack/src/demo/dev-chain.js';
import { OPERATOR_EMAIL, setUpPlatform } from '../../apps/stack/src/demo/platform.js';
import type { Scene } from '../../apps/stack/src/demo/stage.js';
import { createFolders, foldersOf, type Folders } from '../../apps/stack/src/folders.js';
import { removeDatabase } from '../../apps/stack/src/postgres/server.js';
import { freePort } from '../../apps/stack/src/ports.js';
import { isLocked, takeLock } from '../../apps/stack/src/process/lock.js';
import { Supervisor } from '../../apps/stack/src/process/supervisor.js';
import { programsOf } from '../../apps/stack/src/programs.js';
import { LineProgress } from '../../apps/stack/src/progress.js';
import { Stack, type RunningStack } from '../../apps/stack/src/stack.js';

/** The root of the repository. */
export const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** `weir`, as it was built. */
export const CLI = path.join(CHECKOUT, 'apps', 'cli', 'dist', 'main.js');

const PREFIX = 'weir-e2e-';
const quiet = new LineProgress(() => undefined);

/** A server came up again elsewhere, where nobody asks it. */
export class AnotherPort extends Error {
  constructor(
    readonly before: string,
    readonly now: string,
  ) {
    super(`a server that was at ${before} is at ${now}: something held its port when it was started again`);
  }
}

/** Passwords and keys of the running stack that a test may look at. */
interface StackSecrets {
  readonly operatorPassword: string;
}

/** A real stack of one spec file, in a temporary folder and on free ports, with the platform and its people set up. */
export class House {
  /** Connected as the database's owner, who sees every row. */
  database!: pg.Client;
  provider!: JsonRpcProvider;
  scene!: Scene;
  up!: RunningStack;
  private stack: Stack | null = null;
  private readonly release: () => void;

  private constructor(
    private readonly home: string,
    readonly folders: Folders,
  ) {
    createFolders(folders);
    this.release = takeLock(folders.lockFile);
  }

  /** Starts a stack and sets the platform up. Nothing stays behind when that fails. */
  static async open(): Promise<House> {
    await sweepKilledRuns();
    const home = mkdtempSync(path.join(tmpdir(), PREFIX));
    // Postgres, started by root, runs as somebody else and must reach its data.
    chmodSync(home, 0o711);
    const house = new House(home, foldersOf(path.join(home, 'state')));
    try {
      await house.start();
      const { operatorPassword } = house.secrets();
      const chain = new DevChain(house.up.rpcUrl);
      const context = { apiUrl: house.up.apiUrl, stateDir: house.folders.state };
      house.scene = { ...(await setUpPlatform(context, operatorPassword, chain)), chain, progress: quiet };
      return house;
    } catch (error) {
      await house.close();
      throw error;
    }
  }

  /** Starts the stack on what is stored; again on the same ports, so that signed-in people go on. */
  async start(): Promise<void> {
    const portOf = (url: string | undefined): Promise<number> | number =>
      url === undefined ? lastingPort() : Number(new URL(url).port);
    const ports = { api: await portOf(this.up?.apiUrl), rpc: await portOf(this.up?.rpcUrl) };
    this.stack = new Stack({
      checkout: CHECKOUT,
      folders: this.folders,
      programs: programsOf(CHECKOUT),
      databaseUrl: null,
      rpcUrl: null,
      ports,
      throwAway: { database: 'weir_e2e', appPassword: null },
      progress: quiet,
    });
    const before = this.up;
    this.up = await this.stack.start();
    if (before && before.apiUrl !== this.up.apiUrl) throw new AnotherPort(before.apiUrl, this.up.apiUrl);
    if (before && before.rpcUrl !== this.up.rpcUrl) throw new AnotherPort(before.rpcUrl, this.up.rpcUrl);
    // A test kills a process on purpose; nobody waits for this promise.
    this.up.ended.catch(() => undefined);
    this.provider = new JsonRpcProvider(this.up.rpcUrl, undefined, {
      cacheTimeout: -1,
      staticNetwork: true,
      batchMaxCount: 1,
    });
    this.provider.pollingInterval = 50;
    this.database = new pg.Client({ connectionString: this.up.databaseUrls.owner });
    this.database.on('error', () => undefined);
    await this.database.connect();
  }

  /** Stops every process; the state stays. */
  async stop(): Promise<void> {
    this.provider?.destroy();
    await this.database?.end().catch(() => undefined);
    await this.stack?.stop();
    this.stack = null;
  }

  /** Stops everything and removes the state. */
  async close(): Promise<void> {
    this.scene?.chain.close();
    await this.stop();
    forget(this.home, this.folders);
    this.release();
  }

  /** Signs in as the first operator. */
  operator(): Promise<ApiClient> {
    return ApiClient.signIn(this.up.apiUrl, OPERATOR_EMAIL, this.secrets().operatorPassword);
  }

  /** A folder for published files. */
  outFolder(name: string): string {
    return path.join(this.home, 'published', name);
  }

  /** Rows of a query as the owner. */
  async rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.database.query<T>(sql, values)).rows;
  }

  private secrets(): StackSecrets {
    return JSON.parse(readFileSync(this.folders.secretsFile, 'utf8')) as StackSecrets;
  }
}

/**
 * A free port below those that a system gives to outgoing connections: a client that asks again and again for a server
 * that was killed would otherwise be given the server's own port at some time, and keep it.
 */
async function lastingPort(): Promise<number> {
  for (;;) {
    const wanted = 20_000 + randomInt(10_000);
    if ((await freePort(wanted)) === wanted) return wanted;
  }
}

function forget(home: string, folders: Folders): void {
  // Without the owner's file there was no database yet.
  if (existsSync(folders.ownerFile)) removeDatabase({ checkout: CHECKOUT, folders });
  rmSync(home, { recursive: true, force: true });
}

/** Ends and removes what a killed run of these tests left. */
async function sweepKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const home = path.join(tmpdir(), name);
    const folders = foldersOf(path.join(home, 'state'));
    // A spec file beside this one makes its folder a moment before it locks it.
    const made = statSync(home, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (isLocked(folders.lockFile) || Date.now() - made < 30_000) continue;
    await new Supervisor(folders.pids, folders.logs).stopLeftovers();
    forget(home, folders);
  }
}
