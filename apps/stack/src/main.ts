import { writeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runDemo } from './demo/index.js';
import { Interrupted, LauncherError } from './errors.js';
import type { Folders } from './folders.js';
import { runOnce, stayUp, type Launch } from './launcher.js';
import { readOptions } from './options.js';
import { programsOf } from './programs.js';
import { progressOn } from './progress.js';
import { listenForStop } from './signals.js';
import type { RunningStack } from './stack.js';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
let isUp = false;

/** `npm start`: answers the exit code. */
async function main(): Promise<number> {
  const wish = listenForStop();
  const options = readOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  const launch: Launch = {
    checkout,
    home: path.join(checkout, '.weir'),
    programs: programsOf(checkout),
    sampleDealFile: path.join(checkout, 'libs', 'deal', 'templates', 'auto.yaml'),
    runDemo,
    databaseUrl: process.env['DATABASE_URL'] || null,
    rpcUrl: process.env['RPC_URL'] || null,
    ports: { api: Number(process.env['PORT'] || 3000), rpc: 8545 },
    progress: progressOn(process.stderr),
    wish,
  };
  if (!options.once) return stayUp(launch, printWhereThingsAre);
  const summary = await runOnce(launch, options);
  writeSync(1, `${JSON.stringify(summary)}\n`);
  return 0;
}

function printWhereThingsAre({ apiUrl, rpcUrl }: RunningStack, folders: Folders): void {
  isUp = true;
  const lines = [
    '',
    'Weir is up.',
    `  API        ${apiUrl}`,
    `  OpenAPI    ${apiUrl}/docs`,
    `  Chain      ${rpcUrl}`,
    `  Reports    ${folders.out}`,
    `  Logs       ${folders.logs}`,
    '',
    'Ctrl-C stops everything; the state stays for the next start.',
    '',
  ];
  process.stdout.write(lines.join('\n'));
}

/** One clear line, whatever went wrong. */
function report(error: unknown): number {
  if (error instanceof Interrupted && isUp) {
    console.error('Stopped. npm start goes on from here.');
    return 0;
  }
  const text = error instanceof Error ? error.message : String(error);
  console.error(`weir: ${text.split('\n')[0]}`);
  return error instanceof LauncherError ? error.exitCode : 1;
}

process.exitCode = await main().catch(report);
process.exit();
