// npm test [-- SUITE…]: runs the suites in order, says what each took, and ends with one line `N passed, N failed`.
// A check (a linter, the compiler) counts as one test. A suite that finds no tests has failed, and so has a skipped test.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTarget } from './nx.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Suites by name, in the order of the summary. Each answers {passed, failed}. */
const suites = {
  lint: () => checks(['format', 'imports', 'eslint']),
  build: () => checks(['build']),
  types: () => checks(['types']),
  contracts: () => forge(),
  unit: () => jest(['libs', 'apps']),
  laws: () => jest(['test/laws']),
  ties: () => jest(['test/ties', 'test/actus']),
  faults: () => jest(['test/faults']),
  // These wait more than they compute: for blocks, for another process.
  e2e: () => jest(['test/e2e'], 3),
};

/**
 * What runs after what: lanes of a stage run side by side. Compiling and testing the contracts takes one processor, as do
 * the checks; the other suites share all there are among Jest's workers.
 */
const stages = [[['contracts'], ['lint', 'build', 'types']], [['unit', 'laws', 'ties', 'faults', 'e2e']]];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in suites));
if (unknown.length) {
  console.error(`weir: there is no suite ${unknown.join(', ')}. Suites: ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}

const results = new Map();
const isWanted = (name) => !chosen.length || chosen.includes(name);
for (const lanes of stages) {
  const wanted = lanes.map((lane) => lane.filter(isWanted)).filter((lane) => lane.length);
  // What several lanes need is made before: two that compile at once would write the same files.
  if (wanted.length > 1) await runTarget('bindings', { quiet: true });
  await Promise.all(wanted.map(runLane));
  // Tests of a build that failed would only tell the same again, at length.
  if (results.get('build')?.failed) break;
}
const lines = Object.keys(suites).flatMap((name) => results.get(name)?.line ?? []);
const total = (count) => [...results.values()].reduce((sum, result) => sum + result[count], 0);
console.log(`\n${lines.join('\n')}`);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') ? 1 : 0;

async function runLane(names) {
  for (const name of names) {
    console.log(`\n== ${name}`);
    const begun = performance.now();
    const { passed, failed } = await suites[name]();
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const line = `${name.padEnd(10)} ${seconds.padStart(7)} s   ${passed} passed, ${failed} failed`;
    console.log(`== ${line}`);
    results.set(name, { passed, failed, line });
    if (name === 'build' && failed) return;
  }
}

/** Checks side by side, each a test; what they all depend on comes before. */
async function checks(targets) {
  if (targets.length > 1 && (await runTarget('bindings', { quiet: true })) !== 0) return { passed: 0, failed: 1 };
  const codes = await Promise.all(targets.map((target) => runTarget(target, { quiet: true })));
  const failed = targets.filter((_, index) => codes[index] !== 0);
  for (const target of failed) console.log(`failed: ${target}`);
  return { passed: targets.length - failed.length, failed: failed.length };
}

async function jest(paths, workers = 2) {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-jest-'));
  const report = path.join(folder, 'report.json');
  const program = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...paths];
  const code = await run(process.execPath, [...program, `--maxWorkers=${workers}`, '--json', `--outputFile=${report}`]);
  try {
    return countJest(JSON.parse(readFileSync(report, 'utf8')), code);
  } catch {
    console.log('failed: Jest left no report');
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countJest(report, code) {
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped;
  if (skipped) console.log(`failed: ${skipped} tests were skipped`);
  if (passed + failed === 0) console.log('failed: no tests were found');
  // An exit code without a failed test is an empty suite, or a fault outside any test.
  return { passed, failed: failed || (code !== 0 || passed === 0 ? 1 : 0) };
}

async function forge() {
  let text = '';
  const code = await run(process.execPath, ['tools/forge.mjs', 'test'], (chunk) => (text += chunk));
  const plain = text.replace(/\u001b\[[0-9;]*m/g, '');
  const [, passed, failed, skipped] =
    plain.match(/: (\d+) tests passed, (\d+) failed, (\d+) skipped \(\d+ total tests\)/) ?? [];
  if (passed === undefined) console.log('failed: forge found no tests');
  const counted = { passed: Number(passed ?? 0), failed: Number(failed ?? 0) + Number(skipped ?? 0) };
  return { passed: counted.passed, failed: counted.failed || (code !== 0 || !counted.passed ? 1 : 0) };
}

/** Runs a program in the root with the runner's environment; answers its exit code. `see` gets what it prints on stdout. */
function run(file, args, see = null) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, stdio: ['ignore', see ? 'pipe' : 'ignore', 'inherit'] });
    child.stdout?.on('data', (chunk) => {
      process.stdout.write(chunk);
      see(chunk.toString());
    });
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
