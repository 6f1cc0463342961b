import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { ManifestInUse } from './deployment.errors.js';

/** Who goes on with a manifest. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/**
 * Does something that changes a manifest while nobody else does. The lock is a file beside it, which is made only where there
 * is none; one that a process of this machine left behind and that no longer runs is taken over.
 * @throws ManifestInUse
 */
export async function withManifestLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  await take(file, lock);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(file: string, lock: string): Promise<void> {
  if (await made(lock)) return;
  const left = await readFile(lock, 'utf8').catch(() => '');
  const holder = holderIn(left);
  if (holder === null || !isGone(holder)) throw new ManifestInUse(file, lock, nameOf(holder));
  // Two may find the same lock left behind: only one moves it away, and only what was found is thrown away.
  const aside = `${lock}.${process.pid}`;
  await rename(lock, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => '');
  // Another's, which runs: it was made after the look.
  if (moved !== left) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
  if (moved !== left || !(await made(lock))) throw new ManifestInUse(file, lock, 'another process that took it over');
}

async function made(lock: string): Promise<boolean> {
  const mine: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  const handle = await open(lock, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return null;
    throw error;
  });
  if (handle === null) return false;
  await handle.writeFile(JSON.stringify(mine));
  await handle.close();
  return true;
}

function holderIn(text: string): Holder | null {
  try {
    const { pid, host, since } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host, since: String(since) } : null;
  } catch {
    return null;
  }
}

/** Of another machine's process nothing can be said here. */
function isGone({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

const nameOf = (holder: Holder | null): string =>
  holder === null ? 'an unknown process' : `process ${holder.pid} on ${holder.host} since ${holder.since}`;
