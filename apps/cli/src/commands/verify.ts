import type { Command } from 'commander';
import { verifyLoan, verifyPeriod, type Tick } from '@weir/verify';
import { dealAt, publishedFiles, readBytes } from '../deal-folder.js';
import { OptionInvalid } from '../errors.js';
import { rpcOver } from '../rpc.js';

function periodOf(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new OptionInvalid('--period', text, 'a whole number from 1');
  return Number(text);
}

function lineOf({ ok, title, detail }: Tick): string {
  return `${ok ? '✔' : '✖'} ${title}\n    ${detail}\n`;
}

interface Options {
  rpc: string;
  period: string;
  loan?: string;
  json?: boolean;
}

async function run(given: string, options: Options): Promise<void> {
  const period = periodOf(options.period);
  const rpc = rpcOver(options.rpc);
  const { folder, document } = await dealAt(given);
  const files = await publishedFiles(folder, document, period);
  const path = options.loan;
  const ticks =
    path === undefined
      ? await verifyPeriod({ rpc, files, period })
      : await verifyLoan({ rpc, files: { ...files, [path]: await readBytes(path) }, period, path });
  const ok = ticks.every((tick) => tick.ok);
  process.stdout.write(
    options.json ? `${JSON.stringify({ period, ok, ticks }, null, 2)}\n` : ticks.map(lineOf).join(''),
  );
  process.exitCode = ok ? 0 : 1;
}

/** `weir verify`: three ticks about a payment date, from published files and the chain alone. */
export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .summary('re-derive a payment date from published files and the chain')
    .description(
      'Re-derives a payment date from the published files of a deal and the chain alone.\n\n' +
        'Three ticks: the inputs on chain, run again, give the result that was paid; the published loan rows sum to ' +
        'the report under its root; one loan is included. Exit status 0 when all are green, else 1.\n\n' +
        'With --loan, two ticks about one loan: its row is under the root that was settled, and it is pledged to this ' +
        'deal and to no other. The second needs a manifest that names the registry of pledges, and a proof with the ' +
        'pledge salt of the loan; without them it is red and says what is missing.',
    )
    .argument('<deal>', 'folder of the published deal (deal.yaml, manifest.json, period-N/), or the deal.yaml in it')
    .requiredOption('--rpc <url>', 'address of a node of the deal’s chain')
    .requiredOption('--period <n>', 'payment date to verify, counted from 1')
    .option('--loan <file>', 'verify this proof of one loan instead (like period-N/loan-proof.json)')
    .option('--json', 'print the ticks as JSON')

    .addHelpText(
      'after',
      '\nExamples:\n  weir verify deals/auto-2020 --rpc http://127.0.0.1:8545 --period 1\n' +
        '  weir verify deals/auto-2020 --rpc http://127.0.0.1:8545 --period 1 --loan my-loan.json',
    )
    .action(run);
}
