import type { Command } from 'commander';
import { setFiles, type SetRequest, type SetResult } from '@weir/valuation';
import { OptionInvalid } from '../errors.js';
import { FIXINGS_HELP } from '../loading/fixings.js';
import { UNDERLYING_HELP } from '../loading/underlying.js';
import { writeFolder } from '../output/files.js';
import { lineWidth } from '../output/table.js';
import { readSet, type SetOptions } from '../scenarios/read-set.js';
import { setText } from '../scenarios/text.js';
import { LEAVE_OUT } from '../tape/left-out.js';
import { TAPE_FILE } from '../tape/read.js';

interface Options extends SetOptions {
  threads: string;
  json?: boolean;
  csv?: boolean;
  out?: string;
}

const MOST_THREADS = 256;

/** Exit status of a command that Ctrl-C ended: 128 and the signal's number, as shells have it. */
const INTERRUPTED = 130;

function threadsOf(text: string): number {
  const threads = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (threads >= 1 && threads <= MOST_THREADS) return threads;
  throw new OptionInvalid('--threads', text, `a whole number from 1 to ${MOST_THREADS}`);
}

/** How far a set is, on standard error: a line that is written over on a terminal; elsewhere its begin and its end. */
class ProgressLine {
  private done = 0;
  private readonly begun = performance.now();

  constructor(private readonly count: number) {}

  begin(threads: number): void {
    process.stderr.write(
      `running on ${threads} ${threads === 1 ? 'thread' : 'threads'} …${process.stderr.isTTY ? '' : '\n'}`,
    );
  }

  update(done: number): void {
    this.done = done;
    if (process.stderr.isTTY) process.stderr.write(`\r${this.text()} …    `);
  }

  end(): void {
    const seconds = (performance.now() - this.begun) / 1000;
    this.write(`${this.text()} in ${seconds.toFixed(1)} s (${Math.round(this.done / seconds)} a second)`);
  }

  cancelled(): void {
    this.write(`weir: cancelled after ${this.text()}; nothing was written`);
  }

  private text(): string {
    return `${this.done} of ${this.count} scenarios`;
  }

  private write(line: string): void {
    process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}${line}\n`);
  }
}

/** Runs the set on threads; null when Ctrl-C stopped it. */
async function runWatched(request: SetRequest, count: number, threads: number): Promise<SetResult | null> {
  // The other commands need nothing of the use cases, and start faster without them.
  const { runScenarioSet, ScenarioRunStopped } = await import('@weir/services');
  const line = new ProgressLine(count);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  line.begin(threads);
  try {
    const onProgress = (done: number): void => line.update(done);
    const result = await runScenarioSet(request, { threads, onProgress, signal: stop.signal });
    line.end();
    return result;
  } catch (error) {
    if (!(error instanceof ScenarioRunStopped)) throw error;
    line.cancelled();
    return null;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

async function run(given: string, options: Options): Promise<void> {
  const threads = threadsOf(options.threads);
  const { request, note, count } = await readSet(given, options);
  const result = await runWatched(request, count, threads);
  if (!result) {
    process.exitCode = INTERRUPTED;
    return;
  }
  const files = setFiles(result);
  const textOf = (name: string): string => files.find((file) => file.name === name)?.text ?? '';
  if (options.out !== undefined) {
    const paths = await writeFolder(
      options.out,
      files.map(({ name, text }) => [name, text] as const),
    );
    process.stdout.write(`${paths.join('\n')}\n`);
  } else if (options.json) process.stdout.write(textOf('summary.json'));
  else if (options.csv) process.stdout.write(textOf('results.csv'));
  else process.stdout.write(setText(`${note}; ${count} scenarios`, result, lineWidth()));
  const stopped = result.names.filter((_, index) => result.outcomes[index]?.['fault'] === 1);
  if (stopped.length > 0) {
    process.stderr.write(
      `weir: the waterfall stops in ${stopped.length} of ${result.names.length} scenarios, the first of them "${stopped[0]}": ` +
        'project that one by weir project to see where\n',
    );
  }
  process.exitCode = stopped.length > 0 ? 1 : 0;
}

/** `weir scenarios`: a set of scenarios over collateral and waterfall, on the threads of this machine. */
export function scenariosCommand(program: Command): void {
  program
    .command('scenarios')
    .summary('run a set of scenarios: a grid, a list or Monte Carlo, and how the figures are spread')
    .description(
      'Runs collateral and waterfall under every scenario of a set, on threads of this machine, and prints how each figure is ' +
        'spread: losses of the pool; of each class its average life, interest, principal, what is left or written down, the share ' +
        'of scenarios that pay it in full, and the yields, prices and margins that the file tabulates.\n\n' +
        'SET is a scenario file (see weir project). With a block grid: its fields at the top are the base, and every combination ' +
        'of the axes prepayment, default, severity (multiples) and rates (shifts) is a scenario; with monteCarlo: paths are drawn ' +
        'around the base from a seed; with neither its scenarios are the list. Over --collections a set moves the default rate and ' +
        'the indices; prepayment and severity it cannot. Deals whose classes the deal owns move with it. The result is the same to the byte whatever ' +
        'the number of threads, and that of the same set on the platform.\n\n' +
        'Ctrl-C stops it; nothing is written then. Exit status 0; 1 when a scenario stops at a payment date; 2 when an input is ' +
        'wrong; 130 when it was stopped.',
    )
    .argument('<deal>', 'a deal document, or the folder that has it as deal.yaml')
    .requiredOption('--set <file>', 'the set (.yaml)')
    .option('--pool <file>', 'representative lines (.csv or .yaml)')
    .option('--tape <file>', 'a loan tape, in any form that weir tape reads')
    .option(...TAPE_FILE.mapping)
    .option(...TAPE_FILE.sheet)
    .option(...TAPE_FILE.class)
    .option(...TAPE_FILE.period)
    .option(...LEAVE_OUT)
    .option('--collections <file>', 'collections from elsewhere (.csv), a row a payment date')
    .option('--underlying <name=pool...>', UNDERLYING_HELP)
    .option('--underlying-state <name=state...>', 'where those deals stand; at closing by default')
    .option('--underlying-scenario <name=file...>', 'futures of their own; those of the set by default')
    .option('--threads <n>', 'threads that run scenarios', '2')
    .option('--fixings <file>', `${FIXINGS_HELP}; the scenario’s rates hold beyond`)
    .option('--state <file>', 'where the deal stands (see weir pay)', 'closing')
    .option(
      '--cut-off-pool <amount>',
      'pool at the cut-off date; else the document’s, the state’s, or the pool’s own balance',
    )
    .option('--assume-zero', 'take zero for what neither state nor scenario gives')
    .option('--csv', 'print every figure of every scenario as CSV')
    .option('--json', 'print the summary as JSON')
    .option('--out <dir>', 'write results.json, results.csv, summary.json and summary.csv to a folder')
    .addHelpText(
      'after',
      '\nExample:\n  weir scenarios deal.yaml --pool pool.csv --set grid.yaml --threads 4 --out results',
    )
    .action(run);
}
