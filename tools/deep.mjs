// npm run test:deep -- NAME [CASES] [--fresh]: runs test/deep/NAME.deep.ts until CASES cases are done (20,000 unless
// told, 10,000 lives of the invariants). A run that was stopped goes on where it was; --fresh begins again, and so does a change of the sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'test', 'deep');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.deep.ts'))
  .map((file) => file.slice(0, -'.deep.ts'.length));

const options = process.argv.slice(2);
const [name, told] = options.filter((option) => !option.startsWith('--'));
const cases = told ?? (name === 'invariants' ? '10000' : '20000');
const strange = options.filter((option) => option.startsWith('--') && option !== '--fresh');
if (!names.includes(name) || strange.length || !/^[1-9]\d*$/.test(cases)) {
  console.error(`weir: npm run test:deep -- NAME [CASES] [--fresh]. Names: ${names.join(', ')}`);
  process.exit(2);
}

/** What was found true of other sources says nothing of these. */
function stamp() {
  const hash = createHash('sha256');
  for (const part of ['contracts/src', 'contracts/test', 'libs', 'test']) {
    const files = readdirSync(path.join(root, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|sol|yaml)$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
      .filter((file) => !/[\\/](dist|node_modules)[\\/]/.test(file));
    for (const file of files.sort()) hash.update(path.relative(root, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

const progress = path.join(root, 'node_modules', '.cache', 'weir-deep', `${name}-${stamp()}.json`);
if (options.includes('--fresh')) rmSync(progress, { force: true });
const match = path.posix.join('**', 'test', 'deep', `${name}.deep.ts`);
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--runInBand'];
const { status } = spawnSync(process.execPath, [...jest, '--testMatch', match], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, WEIR_DEEP_CASES: cases, WEIR_DEEP_PROGRESS: progress },
});
process.exitCode = status ?? 1;
