import { linkSync, rmSync, writeFileSync } from 'node:fs';
import { AlreadyRunning } from '../errors.js';
import { identify, isAlive } from './identity.js';
import { readIdentity } from './pid-files.js';

/**
 * Takes the lock of a state folder for this process; the answer gives it back. A lock left by a killed launcher is taken
 * over.
 * @throws AlreadyRunning when its holder is alive
 */
export function takeLock(file: string): () => void {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(identify(process.pid)), { mode: 0o600 });
  try {
    // A hard link appears whole or not at all, so no other launcher can read a half-written lock.
    while (!link(mine, file)) {
      const holder = readIdentity(file);
      if (holder && isAlive(holder)) throw new AlreadyRunning(holder.pid);
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => {
    if (readIdentity(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** Whether a live launcher holds the lock. */
export function isLocked(file: string): boolean {
  const holder = readIdentity(file);
  return holder !== null && isAlive(holder);
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
