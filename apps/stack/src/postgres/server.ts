import { execFile } from 'node:child_process';
import { chownSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { ProcessFailed, ServiceRefused } from '../errors.js';
import type { Folders } from '../folders.js';
import { freePort } from '../ports.js';
import { identify } from '../process/identity.js';
import { stopProcess } from '../process/stopping.js';
import type { Supervisor } from '../process/supervisor.js';
import { ownerPasswordIn } from '../secrets.js';
import { createOwned, isReachable, postgresAccount, shelterFor, type Account } from './account.js';
import { postgresBinaries } from './binaries.js';

const NAME = 'postgres';
const OWNER = 'weir_owner';
const DATABASE = 'weir';

/** What the embedded server needs to know. A state that is thrown away at the end need not reach the disk. */
export interface ServerPlan {
  checkout: string;
  folders: Folders;
  throwAway: boolean;
}

/** Starts the embedded server on the stored data, or on a fresh cluster; answers the owner's URL. */
export async function startPostgres(plan: ServerPlan, supervisor: Supervisor): Promise<string> {
  const account = postgresAccount();
  const shelter = (): string => shelterFor(plan.checkout);
  const native = postgresBinaries(account, shelter);
  const data = dataFolderOf(plan, account);
  const password = ownerPasswordIn(plan.folders.ownerFile);
  const log = supervisor.logFileOf(NAME);

  if (!data.startsWith(plan.folders.state)) removeForgotten(data, plan.folders.state);
  await releaseDataFolder(data);
  if (!existsSync(path.join(data, 'PG_VERSION'))) await initialise(native, data, password, account, log);

  const port = await freePort();
  const relaxed = plan.throwAway
    ? ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off']
    : [];
  await supervisor.start({
    name: NAME,
    file: path.join(native, 'bin', 'postgres'),
    args: ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...relaxed],
    env: environment(),
    cwd: '/',
    as: account,
  });
  const url = (database: string): string => `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
  await supervisor.waitUntil(NAME, () => answers(url('postgres')), 60_000);
  await createDatabase(url('postgres'));
  return url(DATABASE);
}

/** The data folder: in the state folder, or in the checkout's shelter when Postgres' account cannot reach that. */
export function dataFolderOf(plan: Pick<ServerPlan, 'checkout' | 'folders'>, account: Account | null): string {
  const { state, database } = plan.folders;
  if (!account || isReachable(state)) return database;
  return path.join(shelterFor(plan.checkout), `${path.basename(state)}-${tagOf(plan.folders)}`, 'pg');
}

/** Ties data outside the state folder to it: whoever removes the state folder starts from nothing. */
function tagOf(folders: Folders): string {
  return createHash('sha256').update(ownerPasswordIn(folders.ownerFile)).digest('hex').slice(0, 12);
}

/** Removes the data that a state folder of this name, since removed by hand, left in the shelter. */
function removeForgotten(data: string, state: string): void {
  const [mine, shelter] = [path.dirname(data), path.dirname(path.dirname(data))];
  for (const name of readdirSync(shelter))
    if (name.startsWith(`${path.basename(state)}-`) && name !== path.basename(mine))
      rmSync(path.join(shelter, name), { recursive: true, force: true });
}

/** Removes the stored database of a state folder, wherever it lives. */
export function removeDatabase(plan: Pick<ServerPlan, 'checkout' | 'folders'>): void {
  const data = dataFolderOf(plan, postgresAccount());
  rmSync(data, { recursive: true, force: true });
  if (!data.startsWith(plan.folders.state)) rmSync(path.dirname(data), { recursive: true, force: true });
}

/**
 * A server that lost its launcher still holds the folder: it is stopped. A lock file that names a process which is not a
 * Postgres on this folder is stale, though Postgres itself would respect it.
 */
async function releaseDataFolder(data: string): Promise<void> {
  const lock = path.join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const holder = identify(Number.parseInt(readFileSync(lock, 'utf8'), 10));
  if (holder?.command.includes(data)) await stopProcess(holder, { signal: 'SIGINT', patienceMs: 10_000 });
  rmSync(lock, { force: true });
}

async function initialise(native: string, data: string, password: string, account: Account | null, log: string) {
  // A data folder without PG_VERSION is a cluster whose making was cut short.
  rmSync(data, { recursive: true, force: true });
  createOwned(data, account);
  const passwordFile = path.join(data, '..', `.${path.basename(data)}-password`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const cluster = ['-D', data, '-U', OWNER, '--pwfile', passwordFile, '--auth=scram-sha-256'];
  const options = { ...account, env: environment(), cwd: '/' };
  try {
    const initdb = path.join(native, 'bin', 'initdb');
    await promisify(execFile)(initdb, [...cluster, '--encoding=UTF8', '--locale=C', '--no-sync'], options);
  } catch (error) {
    writeFileSync(log, String((error as { stderr?: string }).stderr ?? error), { flag: 'a' });
    rmSync(data, { recursive: true, force: true });
    throw new ProcessFailed('initdb', 'could not make a database', log);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28P01 is a wrong password: waiting would not mend it.
    if ((error as { code?: string }).code === '28P01')
      throw new ServiceRefused('The embedded database', 'it does not know the password in .weir/owner.json');
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (!found.rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}
