import { writeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runDemo } from './demo/index.js';
import { HelpWanted, Interrupted, LauncherError } from './errors.js';
import type { Folders } from './folders.js';
import { checkInputs } from './inputs.js';
import { runOnce, stayUp, type Launch } from './launcher.js';
import { readOptions } from './options.js';
import { programsOf } from './programs.js';
import { progressOn } from './progress.js';
import { listenForStop } from './signals.js';
import { portIn, urlIn } from './settings.js';
import type { RunningStack } from './stack.js';
import { whereThingsAre } from './where.js';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
let isUp = false;

/** `npm start`: answers the exit code. */
async function main(): Promise<number> {
  const wish = listenForStop();
  const options = readOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  const sampleDealFile = path.join(checkout, 'libs', 'deal', 'templates', 'auto.yaml');
  checkInputs(options, sampleDealFile);
  const launch: Launch = {
    checkout,
    home: path.join(checkout, '.weir'),
    programs: programsOf(checkout),
    sampleDealFile,
    runDemo,
    databaseUrl: urlIn(process.env, 'DATABASE_URL', ['postgres', 'postgresql']),
    rpcUrl: urlIn(process.env, 'RPC_URL', ['http', 'https']),
    ports: { api: portIn(process.env), rpc: 8545 },
    progress: progressOn(process.stderr),
    wish,
  };
  if (!options.once) return stayUp(launch, printWhereThingsAre);
  const summary = await runOnce(launch, options);
  console.error(`Done. The published files are listed under "files" of the summary.`);
  writeSync(1, `${JSON.stringify(summary)}\n`);
  return 0;
}

function printWhereThingsAre(stack: RunningStack, folders: Folders): void {
  isUp = true;
  process.stdout.write(whereThingsAre(stack, folders, checkout));
}

/** One clear line, whatever went wrong. */
function report(error: unknown): number {
  if (error instanceof Interrupted && isUp) {
    console.error('Stopped. npm start goes on from here.');
    return 0;
  }
  if (error instanceof HelpWanted) {
    process.stdout.write(`${error.text}\n`);
    return error.exitCode;
  }
  const text = error instanceof Error ? error.message : String(error);
  console.error(`weir: ${text.split('\n')[0]}`);
  return error instanceof LauncherError ? error.exitCode : 1;
}

process.exitCode = await main().catch(report);
process.exit();
