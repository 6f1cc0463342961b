import { fork, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const HOST = fileURLToPath(new URL('./weir-host.mjs', import.meta.url));

/** The repository's root, in which `weir` runs as a user would run it. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the built command as its own process, as a user does. */
export async function weirProcess(...args: string[]): Promise<Ran> {
  if (!existsSync(MAIN)) return MISSING;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: ROOT });
  const said = listen(child);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...said };
}

/** Runs the built command in the one process that the spec file keeps for it: a start costs more than most runs. */
export async function weir(...args: string[]): Promise<Ran> {
  if (!existsSync(MAIN)) return MISSING;
  // One run after the other: what a process prints is not told apart.
  const ran = before.then(() => runInHost(args));
  before = ran;
  return ran;
}

const MISSING: Ran = { code: null, out: '', err: `${MAIN} is missing: run npm run build first` };
let before: Promise<unknown> = Promise.resolve();
let host: { child: ChildProcess; said: Pick<Ran, 'out' | 'err'> } | null = null;
afterAll(() => host?.child.disconnect());

function startHost(): NonNullable<typeof host> {
  const child = fork(HOST, { cwd: ROOT, silent: true });
  return { child, said: listen(child) };
}

function runInHost(args: string[]): Promise<Ran> {
  const { child, said } = (host ??= startHost());
  return new Promise((resolve) => {
    const answered = (ran: Ran) => {
      child.off('close', ended);
      resolve(ran);
    };
    // A run that ends the process, as a fault outside any promise does, ends it here too.
    const ended = (code: number | null) => {
      host = null;
      resolve({ code, ...said });
    };
    child.once('message', answered).once('close', ended).send(args);
  });
}

/** What a process prints from now on. */
function listen(child: ChildProcess): Pick<Ran, 'out' | 'err'> {
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (said.err += chunk.toString('utf8')));
  return said;
}
