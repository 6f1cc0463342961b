import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ProcessFailed } from './errors.js';
import type { Folders } from './folders.js';
import { freePort } from './ports.js';
import type { Supervisor } from './process/supervisor.js';

/** The compiled entry files of Weir's own processes. */
export interface Programs {
  migrate: string;
  api: string;
  worker: string;
}

/** The programs as `npm run build` leaves them. */
export function programsOf(checkout: string): Programs {
  const entry = (app: string, file: string): string => path.join(checkout, 'apps', app, 'dist', file);
  return { migrate: entry('api', 'migrate.js'), api: entry('api', 'main.js'), worker: entry('worker', 'main.js') };
}

/** Where Weir's own processes find database, chain and secrets. */
export interface Surroundings {
  checkout: string;
  folders: Folders;
  ownerUrl: string;
  appUrl: string;
  rpcUrl: string;
  /** Whether the chain is the launcher's own, which nobody reorganises. */
  ownChain: boolean;
}

/** Confirmations that make a block of the launcher's own chain final; its pulse mines more than these by itself. */
const OWN_CHAIN_FINALITY = '2';
/** Seconds to dispute a report there: the sample reports days before a payment date, to which its clock then jumps. */
const OWN_CHAIN_DISPUTE_DELAY = '60';

/** Brings the schema up to date. Only this short process ever holds the owner's URL. */
export async function migrate(programs: Programs, around: Surroundings, supervisor: Supervisor): Promise<void> {
  const env = { ...environment(around), OWNER_DATABASE_URL: around.ownerUrl };
  const code = await supervisor.run(plan('migrate', programs.migrate, around, env), 120_000);
  if (code !== 0) throw new ProcessFailed('migrate', `failed (exit code ${code})`, supervisor.logFileOf('migrate'));
}

/** Starts the API and waits for its GET /health; answers its URL. */
export async function startApi(
  programs: Programs,
  around: Surroundings,
  preferredPort: number,
  supervisor: Supervisor,
): Promise<string> {
  const port = await freePort(preferredPort);
  const url = `http://127.0.0.1:${port}`;
  await supervisor.start(plan('api', programs.api, around, { ...environment(around), PORT: String(port) }));
  await supervisor.waitUntil('api', () => isHealthy(url), 60_000);
  return url;
}

/** Starts the worker and waits until it writes its WEIR_READY_FILE. */
export async function startWorker(programs: Programs, around: Surroundings, supervisor: Supervisor): Promise<void> {
  const readyFile = path.join(around.folders.pids, 'worker.ready');
  rmSync(readyFile, { force: true });
  const env = { ...environment(around), WEIR_READY_FILE: readyFile };
  await supervisor.start(plan('worker', programs.worker, around, env));
  await supervisor.waitUntil('worker', async () => existsSync(readyFile), 60_000);
}

function plan(name: string, file: string, around: Surroundings, env: NodeJS.ProcessEnv) {
  const args = ['--enable-source-maps', file];
  return { name, file: process.execPath, args, env, cwd: around.checkout };
}

function environment(around: Surroundings): NodeJS.ProcessEnv {
  const inherited = { ...process.env };
  // npm's own variables would change what a child that calls npm or node does.
  for (const name of Object.keys(inherited)) if (/^npm_/i.test(name)) delete inherited[name];
  return {
    ...inherited,
    DATABASE_URL: around.appUrl,
    RPC_URL: around.rpcUrl,
    WEIR_STATE_DIR: around.folders.state,
    WEIR_SECRETS_FILE: around.folders.secretsFile,
    ...(around.ownChain && {
      WEIR_FINALITY_DEPTH: OWN_CHAIN_FINALITY,
      WEIR_DISPUTE_DELAY: OWN_CHAIN_DISPUTE_DELAY,
    }),
  };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
