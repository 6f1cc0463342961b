import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../../../apps/stack/src/process/identity.js';
import { leftoversIn, type Leftover } from '../../../apps/stack/src/process/pid-files.js';

const program = path.join(path.dirname(fileURLToPath(import.meta.url)), 'start-with-fakes.mjs');

/** What the launcher prints once the stack is up. */
export interface Up {
  apiUrl: string;
  rpcUrl: string;
  wasEmpty: boolean;
}

/** One run of the launcher, as a process of its own. */
export class Run {
  stdout = '';
  stderr = '';
  readonly code: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(home: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
    this.child = spawn(process.execPath, [program, home, ...args], { env: { ...process.env, ...env } });
    this.child.stdout!.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr!.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.code = new Promise((resolve) => this.child.once('close', resolve));
  }

  /** Waits for the line that says the stack is up. */
  async up(): Promise<Up> {
    const ended = this.code.then((code) => {
      throw new EndedEarly(code, this.stderr);
    });
    const line = async (): Promise<Up> => {
      while (!this.stdout.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 20));
      return JSON.parse(this.stdout) as Up;
    };
    return Promise.race([line(), ended]);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

class EndedEarly extends Error {
  constructor(code: number | null, stderr: string) {
    super(`the launcher ended with ${code}:\n${stderr}`);
  }
}

/** A state folder of its own, which Postgres' account can reach. */
export function freshHome(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir launcher-'));
  chmodSync(folder, 0o711);
  return path.join(folder, 'state');
}

/** The processes that the launcher of this state folder wrote down and that are alive. */
export function processesIn(home: string): Leftover[] {
  return leftoversIn(path.join(home, 'pids')).sort((a, b) => a.name.localeCompare(b.name));
}

export const alive = (processes: Leftover[]): string[] =>
  processes.filter(({ identity }) => isAlive(identity)).map(({ name }) => name);

/** How many rows the fake API counts in the database. */
export async function notesAt(apiUrl: string): Promise<number> {
  return ((await (await fetch(`${apiUrl}/notes`)).json()) as { notes: number }).notes;
}

/** A value of the latest block, as a number. */
export async function latestBlock(rpcUrl: string): Promise<{ number: number; timestamp: number }> {
  const block = (await rpc(rpcUrl, 'eth_getBlockByNumber', ['latest', false])) as { number: string; timestamp: string };
  return { number: Number(block.number), timestamp: Number(block.timestamp) };
}

/** The time of the last block in the launcher's own copy of the chain's state; negative as long as there is none. */
export function storedTime(home: string): number {
  const file = path.join(home, 'chain', 'checkpoint.json');
  if (!existsSync(file)) return -1;
  const { block } = JSON.parse(readFileSync(file, 'utf8')) as { block: { timestamp: string } };
  return Number(block.timestamp);
}

export async function rpc(rpcUrl: string, method: string, params: unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(rpcUrl, { method: 'POST', headers, body });
  return ((await response.json()) as { result: unknown }).result;
}
