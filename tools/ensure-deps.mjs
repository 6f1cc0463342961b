// Installs node_modules when package-lock.json, Node or the platform changed since the last install. Runs before start and
// test, so it may use Node's own modules only, and it writes nothing on stdout.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_FLOOR = [20, 19];
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stamp = path.join(root, 'node_modules', '.weir-installed');

checkNode();
const wanted = fingerprint();
if (installed() !== wanted) {
  console.error('• Installing dependencies (once; about a minute)');
  install();
  writeFileSync(stamp, wanted);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return;
  console.error(
    `weir: Node ${NODE_FLOOR.join('.')} or newer is needed; this is ${process.version}. Install a newer Node.`,
  );
  process.exit(1);
}

function fingerprint() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const platform = `${process.version}/${process.platform}/${process.arch}`;
  return createHash('sha256').update(lock).update(platform).digest('hex');
}

function installed() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return '';
  }
}

function install() {
  const args = ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  // The npm that runs this script is the one to install with; its path is in npm_execpath.
  const npm = process.env.npm_execpath;
  const [file, ...before] = npm && /\.[cm]?js$/.test(npm) ? [process.execPath, npm] : ['npm'];
  const options = { cwd: root, stdio: ['ignore', 2, 2], env: cleanEnvironment(), shell: process.platform === 'win32' };
  const { status } = spawnSync(file, [...before, ...args], options);
  if (status === 0) return;
  console.error(
    'weir: npm ci failed; the reason stands above. Check the connection to the package registry and try again.',
  );
  process.exit(status ?? 1);
}

// Development packages are needed to build, whatever the caller's npm configuration omits.
function cleanEnvironment() {
  const environment = { ...process.env, NODE_ENV: 'development' };
  const unwanted = /^npm_config_(omit|include|production|only|global|prefix|local_prefix|loglevel|dry_run)$/i;
  for (const name of Object.keys(environment)) if (unwanted.test(name)) delete environment[name];
  return environment;
}
