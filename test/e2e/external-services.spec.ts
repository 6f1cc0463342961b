import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startAnvil, type TestChain } from '../anvil.js';
import { startPostgres, type TestPostgres } from '../postgres.js';
import { CHECKOUT } from './harness.js';

/** What the launcher said, and the names of the processes that it kept a log of. */
interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly started: readonly string[];
}

/** The sample deal's chain begins before its closing date: 2020-07-01T00:00:00Z. */
const CHAIN_BEGINS = '1593561600';

let folder: string;
let postgres: TestPostgres;
let chain: TestChain;
let before: string[];
let run: Run;

/** The main job as `npm start -- --once` runs it, with a database and a chain that others started. */
function start(env: Record<string, string>): Promise<Run> {
  const child = spawn(process.execPath, [path.join(CHECKOUT, 'tools', 'start.mjs'), '--once', '--out', folder], {
    cwd: CHECKOUT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const started = new Set<string>();
  // A run that succeeds removes its logs, so they are looked at while it goes on.
  const look = setInterval(() => logsOf(child.pid).forEach((name) => started.add(name)), 100);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(look);
      resolve({ code, stdout, stderr, started: [...started].sort() });
    });
  });
}

/** Every process of a run writes a log named after it, in a folder named after the launcher's process. */
function logsOf(launcher: number | undefined): string[] {
  const logs = path.join(CHECKOUT, '.weir', 'logs');
  if (!existsSync(logs)) return [];
  const runs = readdirSync(logs).filter((name) => name.startsWith(`once-${launcher}-`));
  return runs.flatMap((name) => readdirSync(path.join(logs, name)));
}

async function databases(): Promise<string[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>('select datname as name from pg_database order by 1');
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-external-'));
  postgres = await startPostgres();
  chain = await startAnvil(['--timestamp', CHAIN_BEGINS]);
  before = await databases();
  run = await start({ DATABASE_URL: postgres.url, RPC_URL: chain.url });
}, 180_000);
afterAll(async () => {
  await chain?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('npm start -- --once with DATABASE_URL and RPC_URL', () => {
  it('exits with 0 and prints one line of JSON in which every cent is accounted for', () => {
    expect([run.code, run.code === 0 ? '' : run.stderr]).toEqual([0, '']);
    expect(run.stdout).toMatch(/^\{.*\}\n$/);
    const { conservation } = JSON.parse(run.stdout) as {
      conservation: { openingPlusDeposits: string; paymentsPlusClosing: string };
    };
    expect(conservation.openingPlusDeposits).toMatch(/^[1-9]\d*\.\d\d$/);
    expect(conservation.paymentsPlusClosing).toBe(conservation.openingPlusDeposits);
  });

  it('starts neither a database nor a chain of its own', () => {
    expect(run.started).toEqual(['api.log', 'migrate.log', 'worker.log']);
  });

  it('deploys on the chain it was given', async () => {
    const { chain: told } = JSON.parse(run.stdout) as { chain: { addresses: Record<string, string> } };
    expect(await chain.provider.getCode(told.addresses['DealVault']!)).not.toBe('0x');
  });

  it('drops the database that it made in the server', async () => {
    expect(before).toContain('postgres');
    expect(await databases()).toEqual(before);
  });
});
