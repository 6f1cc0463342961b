import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { BinaryMissing } from '../errors.js';
import type { Folders } from '../folders.js';
import { freePort } from '../ports.js';
import type { Supervisor } from '../process/supervisor.js';
import { ChainPulse } from './pulse.js';
import { answersRpc } from './rpc.js';
import { ChainStateFile } from './state-file.js';

const NAME = 'anvil';

/** A fresh chain begins on the first day of the sample deal's first collection period. */
export const GENESIS_TIME = Date.UTC(2020, 6, 1) / 1000;

/** A running local chain. `stop` ends its heartbeat; the supervisor ends the process. */
export interface LocalChain {
  url: string;
  stop(): void;
}

/**
 * Starts anvil on the stored chain, or on a fresh one. Its clock goes on from the last block and not from today, so that
 * expiry and payment dates keep their order over a restart.
 */
export async function startAnvil(folders: Folders, preferredPort: number, supervisor: Supervisor): Promise<LocalChain> {
  const state = new ChainStateFile(folders.chain);
  const lastBlockTime = state.prepare();
  const port = await freePort(preferredPort);
  const time = lastBlockTime === null ? GENESIS_TIME : lastBlockTime + 1;
  const keep = ['--state', state.live, '--state-interval', '1'];
  await supervisor.start({
    name: NAME,
    file: anvilProgram(),
    args: ['--quiet', '--host', '127.0.0.1', '--port', String(port), '--timestamp', String(time), ...keep],
    env: { PATH: process.env['PATH'], HOME: folders.chain },
    cwd: folders.chain,
  });
  const url = `http://127.0.0.1:${port}`;
  await supervisor.waitUntil(NAME, () => answersRpc(url), 30_000);
  const pulse = new ChainPulse(url, state);
  pulse.start();
  return { url, stop: () => pulse.stop() };
}

/** anvil from npm where it exists for this platform, else from PATH. @throws BinaryMissing when there is neither */
function anvilProgram(): string {
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      return createRequire(import.meta.url).resolve('@foundry-rs/anvil-linux-amd64/bin/anvil');
    } catch {
      // Installed without optional packages: perhaps it is on PATH.
    }
  }
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    const program = path.join(folder, 'anvil');
    try {
      accessSync(program, constants.X_OK);
      return program;
    } catch {
      // Not in this folder.
    }
  }
  throw new BinaryMissing('anvil', 'RPC_URL');
}
