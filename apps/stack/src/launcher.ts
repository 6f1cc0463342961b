import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { dropBeside } from './database.js';
import type { DemoContext } from './demo/context.js';
import type { DemoSummary } from './demo/index.js';
import { JobFailed, LauncherError, UsageError } from './errors.js';
import { createFolders, foldersOf, type Folders } from './folders.js';
import type { Options } from './options.js';
import { removeDatabase } from './postgres/server.js';
import { isLocked, takeLock } from './process/lock.js';
import { Supervisor } from './process/supervisor.js';
import type { Programs } from './programs.js';
import type { Progress } from './progress.js';
import { sampleDealIn } from './sample-deal.js';
import { secretsIn } from './secrets.js';
import type { StopWish } from './signals.js';
import { Stack, type RunningStack, type StackPlan } from './stack.js';

/** Everything the launcher works with; a test gives its own programs and deal. */
export interface Launch {
  checkout: string;
  /** The folder of all state, `.weir` of the checkout in earnest. */
  home: string;
  programs: Programs;
  sampleDealFile: string;
  runDemo: (context: DemoContext) => Promise<DemoSummary>;
  databaseUrl: string | null;
  rpcUrl: string | null;
  ports: { api: number; rpc: number };
  progress: Progress;
  wish: StopWish;
}

/**
 * Starts the stack on the stored state, runs the sample deal if the database is empty, calls `whenUp`, and stays until it
 * is told to stop.
 * @throws Interrupted when told to stop, LauncherError on failure; everything is stopped by then
 */
export async function stayUp(launch: Launch, whenUp: (stack: RunningStack, folders: Folders) => void): Promise<never> {
  const folders = foldersOf(launch.home);
  createFolders(folders);
  const release = takeLock(folders.lockFile);
  try {
    await sweepOnceRuns(launch);
    const sample = sampleDealIn(folders.sampleFile);
    const plan = planOf(launch, folders, null);
    const stack = new Stack(plan);
    await reportLeftovers(stack, launch.progress);
    if (sample.wasInterrupted() && !launch.databaseUrl && !launch.rpcUrl) {
      launch.progress.note('The sample deal of the last start was interrupted; starting again from nothing');
      forgetState(launch, folders);
      sample.forget();
      createFolders(folders);
    }
    return await running(launch, stack, async (up) => {
      if (up.wasEmpty) {
        sample.begin();
        await launch.runDemo(demoContext(launch, folders, up, { deal: null, tape: null }));
        sample.done();
      }
      launch.progress.finish();
      whenUp(up, folders);
      return up.ended;
    });
  } finally {
    release();
  }
}

/**
 * Runs the main job in a state of its own, which is removed at the end, and answers its summary. The logs stay when it
 * fails.
 */
export async function runOnce(launch: Launch, options: Options): Promise<DemoSummary> {
  mkdirSync(launch.home, { recursive: true, mode: 0o711 });
  await sweepOnceRuns(launch);
  const id = `once-${process.pid}-${randomBytes(3).toString('hex')}`;
  const logs = path.join(launch.home, 'logs', id);
  const folders = foldersOf(path.join(launch.home, id), {
    logs,
    out: options.out ?? path.join(launch.home, 'out', id),
  });
  createOut(folders.out);
  createFolders(folders);
  const release = takeLock(folders.lockFile);
  try {
    const stack = new Stack(planOf(launch, folders, throwAwayOf(launch, id)));
    const summary = await running(launch, stack, (up) => launch.runDemo(demoContext(launch, folders, up, options)));
    rmSync(logs, { recursive: true, force: true });
    return summary;
  } finally {
    forgetState(launch, folders);
    release();
    rmSync(folders.state, { recursive: true, force: true });
    removeIfEmpty(folders.out);
  }
}

/** Makes the folder of the published files before anything else is made. @throws UsageError */
function createOut(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    throw new UsageError(`--out: ${out} cannot be made (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** A run that failed before it published anything leaves no empty folder. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It holds files, which stay.
  }
}

/** Does `work` on the started stack, and stops the stack whatever happens. */
async function running<T>(launch: Launch, stack: Stack, work: (up: RunningStack) => Promise<T>): Promise<T> {
  launch.wish.onSecond(() => stack.kill());
  try {
    const job = stack.start().then((up) => Promise.race([work(up), up.ended]));
    return await Promise.race([job, launch.wish.wished]);
  } catch (error) {
    throw error instanceof LauncherError ? error : failureOf(error, stack);
  } finally {
    launch.progress.finish();
    await stack.stop();
  }
}

/** Keeps the whole story of an unforeseen failure in the log and leaves one line of it. */
function failureOf(error: unknown, stack: Stack): JobFailed {
  const log = stack.logFileOf('launcher');
  appendFileSync(log, `${error instanceof Error ? error.stack : String(error)}\n`, { mode: 0o600 });
  return new JobFailed(error, log);
}

function planOf(launch: Launch, folders: Folders, throwAway: StackPlan['throwAway']): StackPlan {
  const { checkout, programs, databaseUrl, rpcUrl, progress } = launch;
  const ports = throwAway ? { api: 0, rpc: 0 } : launch.ports;
  return { checkout, folders, programs, databaseUrl, rpcUrl, ports, throwAway, progress };
}

/** In an outside server the role weir_app is shared by all of the checkout's databases, so its password must be too. */
function throwAwayOf(launch: Launch, id: string): StackPlan['throwAway'] {
  const database = databaseNameOf(id);
  const appPassword = launch.databaseUrl ? secretsIn(foldersOf(launch.home).secretsFile).appPassword : null;
  return { database, appPassword };
}

const databaseNameOf = (id: string): string => `weir_${id.replaceAll('-', '_')}`;

function demoContext(
  launch: Launch,
  folders: Folders,
  up: RunningStack,
  files: Pick<Options, 'deal' | 'tape'>,
): DemoContext {
  return {
    apiUrl: up.apiUrl,
    rpcUrl: up.rpcUrl,
    outDir: folders.out,
    dealFile: files.deal ?? launch.sampleDealFile,
    tapeFile: files.tape,
    stateDir: folders.state,
    secretsFile: folders.secretsFile,
    progress: launch.progress,
  };
}

async function reportLeftovers(stack: Stack, progress: Progress): Promise<void> {
  const names = await stack.stopLeftovers();
  if (names.length) progress.note(`Stopped what an earlier, killed run left: ${names.join(', ')}`);
}

/** Removes database and chain, not the logs. */
function forgetState(launch: Launch, folders: Folders): void {
  removeDatabase({ checkout: launch.checkout, folders });
  for (const part of [folders.chain, folders.keystores]) rmSync(part, { recursive: true, force: true });
}

/** Ends and removes the runs of `--once` whose launcher was killed. */
async function sweepOnceRuns(launch: Launch): Promise<void> {
  if (!existsSync(launch.home)) return;
  for (const id of readdirSync(launch.home).filter((name) => name.startsWith('once-'))) {
    const folders = foldersOf(path.join(launch.home, id), { logs: path.join(launch.home, 'logs', id) });
    if (isLocked(folders.lockFile) || isJustMade(folders)) continue;
    await new Supervisor(folders.pids, folders.logs).stopLeftovers();
    forgetState(launch, folders);
    if (launch.databaseUrl) await dropBeside(launch.databaseUrl, databaseNameOf(id));
    rmSync(folders.state, { recursive: true, force: true });
  }
}

/** A run beside this one makes its folder a moment before it locks it. */
function isJustMade(folders: Folders): boolean {
  const made = statSync(folders.state, { throwIfNoEntry: false });
  return !existsSync(folders.lockFile) && made !== undefined && Date.now() - made.mtimeMs < 30_000;
}
