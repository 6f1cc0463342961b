// Runs Nx targets without its daemon, cloud, terminal screen and questions, whatever the caller's settings are.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const nx = path.join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');

/**
 * Runs `nx run weir:TARGET` with its output on stderr, or shown only on failure when `quiet`; answers the exit code.
 * Targets that depend on the same one may run side by side only when that one has run.
 */
export async function runTarget(target, { quiet = false } = {}) {
  const env = {
    ...process.env,
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_TUI: 'false',
    NX_INTERACTIVE: 'false',
    // The shared cache of Nx's native file belongs to whichever account of the machine ran Nx first.
    NX_SKIP_NATIVE_FILE_CACHE: 'true',
  };
  const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2];
  const child = spawn(process.execPath, [nx, 'run', `weir:${target}`, '--outputStyle=static'], {
    cwd: root,
    env,
    stdio,
  });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (status) => resolve(status ?? 1));
  });
  if (quiet && code !== 0) process.stderr.write(Buffer.concat(printed));
  return code;
}
