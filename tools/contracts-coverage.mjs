// npm run coverage:contracts: lines and branches of contracts/src that forge's tests reach, file by file, with what they miss.
// Fails below the floors. Contracts of src/testing are for local chains only and are not counted.
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runForge } from './forge.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const FLOORS = { lines: 98, branches: 95 };

/** Runs forge's coverage and answers the files of contracts/src, or null when forge failed. */
export function measureCoverage() {
  // Coverage resolves the relative imports of a library only when the library lies inside the Foundry project.
  const link = path.join(root, 'contracts', 'node_modules');
  if (!existsSync(link)) symlinkSync(path.join('..', 'node_modules'), link, 'junction');
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-coverage-'));
  const report = path.join(folder, 'lcov.info');
  process.env.FOUNDRY_REMAPPINGS = '@openzeppelin/contracts/=node_modules/@openzeppelin/contracts/';
  process.env.FOUNDRY_GAS_SNAPSHOT_EMIT = 'false';
  try {
    const wanted = [
      '--report',
      'lcov',
      '--report-file',
      report,
      '--no-match-path',
      '{test/invariant/*,**/*.gas.t.sol}',
    ];
    const code = runForge(['coverage', ...wanted], ['ignore', 'ignore', 'inherit']);
    return code === 0 ? readReport(readFileSync(report, 'utf8')) : null;
  } finally {
    delete process.env.FOUNDRY_REMAPPINGS;
    delete process.env.FOUNDRY_GAS_SNAPSHOT_EMIT;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files of an lcov report: lines and branches found and hit, and the numbers of the lines with something missed. */
function readReport(text) {
  return text
    .split('end_of_record')
    .map((record) => record.trim().split('\n'))
    .map((lines) => ({ name: valueOf(lines, 'SF:') ?? '', lines }))
    .filter(({ name }) => name.startsWith('src/') && !name.startsWith('src/testing/'))
    .map(({ name, lines }) => ({
      name,
      lines: { found: Number(valueOf(lines, 'LF:')), hit: Number(valueOf(lines, 'LH:')) },
      branches: { found: Number(valueOf(lines, 'BRF:')), hit: Number(valueOf(lines, 'BRH:')) },
      missedLines: lines.filter((line) => /^DA:\d+,0$/.test(line)).map((line) => line.match(/\d+/)[0]),
      missedBranches: lines.filter((line) => /^BRDA:.*,(0|-)$/.test(line)).map((line) => line.match(/\d+/)[0]),
    }));
}

function valueOf(lines, key) {
  return lines.find((line) => line.startsWith(key))?.slice(key.length);
}

/** Prints the table and answers whether both floors are kept. */
export function reportCoverage(files) {
  for (const { name, lines, branches, missedLines, missedBranches } of files) {
    const missed = [
      missedLines.length && `lines ${missedLines.join(' ')}`,
      missedBranches.length && `branches at ${missedBranches.join(' ')}`,
    ];
    const tail = missed.filter(Boolean).join('; ');
    console.log(`${name.padEnd(44)} ${percent(lines)} ${percent(branches)}${tail ? `  missed: ${tail}` : ''}`);
  }
  const totals = Object.entries(FLOORS).map(([kind, floor]) => ({
    kind,
    floor,
    ...sum(files.map((file) => file[kind])),
  }));
  for (const { kind, floor, ...counts } of totals) {
    console.log(`${kind}: ${counts.hit} of ${counts.found}, ${percent(counts).trim()} (at least ${floor} %)`);
  }
  return files.length > 0 && totals.every(({ floor, hit, found }) => hit * 100 >= found * floor);
}

function sum(counts) {
  return counts.reduce((all, one) => ({ found: all.found + one.found, hit: all.hit + one.hit }), { found: 0, hit: 0 });
}

function percent({ found, hit }) {
  return (found === 0 ? '–' : `${((hit * 100) / found).toFixed(1)} %`).padStart(8);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const files = measureCoverage();
  process.exitCode = files && reportCoverage(files) ? 0 : 1;
}
