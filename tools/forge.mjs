#!/usr/bin/env node
// Runs forge in contracts/ with the given arguments: the binary that npm installed for this platform, else `forge` on the PATH.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const contracts = join(dirname(fileURLToPath(import.meta.url)), '..', 'contracts');

/** Path of the forge binary of this platform, or the bare name when npm has none for it. */
export function forgeBinary() {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const name = process.platform === 'win32' ? 'forge.exe' : 'forge';
  try {
    const manifest = require.resolve(`@foundry-rs/forge-${process.platform}-${architecture}/package.json`);
    const binary = join(dirname(manifest), 'bin', name);
    if (existsSync(binary)) return binary;
  } catch {
    // Not published or not installed for this platform.
  }
  return name;
}

/** Runs forge and returns its exit code. `stdio` is spawn's. */
export function runForge(args, stdio = 'inherit') {
  const result = spawnSync(forgeBinary(), args, { cwd: contracts, stdio });
  if (result.error) {
    const cause = result.error.code === 'ENOENT' ? 'no forge was found' : result.error.message;
    process.stderr.write(
      `forge cannot run on ${process.platform} ${process.arch}: ${cause}. ` +
        'Run npm install with optional dependencies, or put forge (getfoundry.sh) on the PATH.\n',
    );
    return 1;
  }
  return result.status ?? 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = runForge(process.argv.slice(2));
}
