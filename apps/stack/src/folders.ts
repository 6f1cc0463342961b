import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** Where a running stack keeps what it must find again. All paths are absolute. */
export interface Folders {
  state: string;
  database: string;
  chain: string;
  keystores: string;
  pids: string;
  logs: string;
  out: string;
  secretsFile: string;
  ownerFile: string;
  lockFile: string;
  sampleFile: string;
}

/** Names the folders under `state`; logs and published files may live elsewhere. Creates nothing. */
export function foldersOf(state: string, elsewhere: { logs?: string; out?: string } = {}): Folders {
  return {
    state,
    database: path.join(state, 'data', 'pg'),
    chain: path.join(state, 'chain'),
    keystores: path.join(state, 'keystores'),
    pids: path.join(state, 'pids'),
    logs: elsewhere.logs ?? path.join(state, 'logs'),
    out: elsewhere.out ?? path.join(state, 'out'),
    secretsFile: path.join(state, 'secrets.json'),
    ownerFile: path.join(state, 'owner.json'),
    lockFile: path.join(state, 'launcher.pid'),
    sampleFile: path.join(state, 'sample-deal.json'),
  };
}

/**
 * Creates what is missing. The state folder may be passed through by others (mode 0711), because Postgres started by root
 * runs as another user and must reach its data; what is secret is closed on its own.
 */
export function createFolders(folders: Folders): void {
  for (const open of [folders.state, path.dirname(folders.database)]) mkdirSync(open, { recursive: true, mode: 0o711 });
  for (const closed of [folders.chain, folders.keystores, folders.pids, folders.logs])
    mkdirSync(closed, { recursive: true, mode: 0o700 });
  mkdirSync(folders.out, { recursive: true });
}
