import { chownSync, lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { NoUnprivilegedAccount, UntrustedFolder } from '../errors.js';

/** The account Postgres runs under. */
export interface Account {
  uid: number;
  gid: number;
}

/** Null when the launcher's own account will do; Postgres refuses to run as root, so root borrows another. */
export function postgresAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new NoUnprivilegedAccount();
}

/** Whether every folder above and including `folder` lets other accounts pass. Missing ones are taken as passable. */
export function isReachable(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = statSync(at, { throwIfNoEntry: false });
    if (found && !(found.mode & 0o001)) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * A folder for files of a checkout that other accounts cannot reach, as below /root: one a checkout, under /var/tmp,
 * because that outlives a restart of the machine.
 * @throws UntrustedFolder when someone else made it
 */
export function shelterFor(checkout: string): string {
  const id = createHash('sha256').update(path.resolve(checkout)).digest('hex').slice(0, 16);
  const folder = `/var/tmp/weir-${id}`;
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== 0 || found.mode & 0o022) throw new UntrustedFolder(folder);
  return folder;
}

/** Creates a folder closed to everybody but `account` (the launcher's own when null). */
export function createOwned(folder: string, account: Account | null): void {
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o711 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}
