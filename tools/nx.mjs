// Runs Nx targets without its daemon, cloud, terminal screen and questions, whatever the caller's settings are.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const nx = path.join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');

/** Runs `nx run weir:TARGET` with its output on stderr, or shown only on failure when `quiet`; answers the exit code. */
export function runTarget(target, { quiet = false } = {}) {
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
  const options = { cwd: root, env, stdio, maxBuffer: 1 << 28 };
  const args = [nx, 'run', `weir:${target}`, '--outputStyle=static'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (quiet && status !== 0) process.stderr.write(Buffer.concat([stdout, stderr]));
  return status ?? 1;
}
