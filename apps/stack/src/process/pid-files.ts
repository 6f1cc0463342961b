import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identify, isAlive, type ProcessIdentity } from './identity.js';

/** A process that an earlier launcher started and that still runs. */
export interface Leftover {
  name: string;
  identity: ProcessIdentity;
}

/** Writes down the process just started under `name`, so that a later launcher finds it if this one is killed. */
export function writePidFile(folder: string, name: string, pid: number): void {
  const identity = identify(pid);
  if (!identity) return;
  const file = path.join(folder, `${name}.json`);
  writeFileSync(`${file}.new`, JSON.stringify(identity), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Forgets the process of this name. */
export function removePidFile(folder: string, name: string): void {
  rmSync(path.join(folder, `${name}.json`), { force: true });
}

/**
 * The processes of an earlier run that are still there. A file whose process has ended, whose number now belongs to a
 * stranger, or that cannot be read, is removed.
 */
export function leftoversIn(folder: string): Leftover[] {
  return pidFiles(folder).flatMap((file) => {
    const identity = readIdentity(file);
    if (identity && isAlive(identity)) return [{ name: path.basename(file, '.json'), identity }];
    rmSync(file, { force: true });
    return [];
  });
}

function pidFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

/** The identity stored in a file, or null when the file does not hold one. */
export function readIdentity(file: string): ProcessIdentity | null {
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>;
    const { pid, started, command } = stored;
    if (typeof pid !== 'number' || typeof started !== 'string' || typeof command !== 'string') return null;
    return { pid, started, command };
  } catch {
    return null;
  }
}
