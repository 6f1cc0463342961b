import type { Command } from 'commander';
import { canonicalJson } from '@weir/money';
import {
  payReport,
  readAdjustmentFile,
  readCsv,
  type Report,
  type ReportIndices,
  readReport,
  readReportTable,
  writeState,
} from '@weir/valuation';
import type { CompiledDeal } from '@weir/waterfall';
import { OptionsDisagree } from '../errors.js';
import { amountOption } from '../loading/amount.js';
import { writeWhole } from '../output/files.js';
import { readJson, readReportData, readText } from '../loading/deal.js';
import { FIXINGS_HELP, type FixingsOptions, readIndices } from '../loading/fixings.js';
import { dealInHand, type StateOptions } from '../loading/state.js';
import { paymentJson, paymentText } from '../output/payment.js';

interface Options extends StateOptions, FixingsOptions {
  report: string;
  deposit?: string;
  adjustments?: string;
  next?: string;
  json?: boolean;
}

/** The report of the next payment date: a JSON or YAML file, or that row of a CSV file. */
async function reportFor(compiled: CompiledDeal, path: string, filled: ReportIndices): Promise<Report> {
  const { period } = filled;
  if (!path.endsWith('.csv')) return readReport(compiled, await readReportData(path), path, filled);
  const reports = readReportTable(compiled, readCsv(await readText(path), path), path, filled);
  const [only] = reports;
  const found = reports.find((report) => report.period === period) ?? (reports.length === 1 ? only : undefined);
  if (!found)
    throw new OptionsDisagree(`${path} has several rows and none is of period ${period}: give a column "period"`);
  return found;
}

async function run(given: string, options: Options): Promise<void> {
  const { deal, compiled, state, cutOffPool } = await dealInHand(given, options);
  const indices = await readIndices(deal, compiled, options.fixings);
  const report = await reportFor(compiled, options.report, { indices, period: state.period + 1 });
  const restated =
    options.adjustments === undefined ? [] : readAdjustmentFile(compiled, await readJson(options.adjustments));
  const adjustments = [...(report.adjustments ?? []), ...restated];
  const deposit = options.deposit === undefined ? report.deposit : amountOption('--deposit', options.deposit);
  const paid = payReport(compiled, state, { ...report, deposit, adjustments });
  const next = writeState(compiled, paid.next, { dealName: deal.name, cutOffPool });
  if (options.next !== undefined) await writeWhole(options.next, canonicalJson(next));
  process.stdout.write(options.json ? canonicalJson(paymentJson(deal.name, paid, next)) : paymentText(deal, paid));
}

/** `weir pay`: one payment date, exact. */
export function payCommand(program: Command): void {
  program
    .command('pay')
    .summary('pay one payment date exactly, without a server')
    .description(
      'Pays one payment date exactly, as the chain would, and says of each step in a sentence what was due, paid and short; ' +
        'then the figures of classes, payees, accounts and triggers, and the hash of the result.\n\n' +
        'REPORT is JSON: {"period": 1, "values": {"poolOpening": "1000.00", …}, "deposit": "980.00"}, the same as ' +
        'YAML, or CSV with a column for each report item (and period, deposit); without a deposit the servicer deposits what is due. Signed items are ' +
        'given whole ("-12.50") or in parts ("recoveries+", "recoveries-"). A call is exercised by "NAME.exercised": "true".\n' +
        'A report may carry adjustments for restated payment dates (see weir restate); the date runs on item + adjustment, and both are shown.\n' +
        'STATE is what the last `weir pay --next STATE` wrote, its whole --json answer, or a file of your own: ' +
        '{"deal": …, "period": 12, "accounts": {"reserve": "10.00"}, "state": {"balance.A": "900.00"}}; what is missing is ' +
        'listed with its meaning.\n\n' +
        'Exit status 0 when paid, 2 when an input is wrong or the run stops.',
    )
    .argument('<deal>', 'a deal document, or the folder that has it as deal.yaml')
    .requiredOption('--report <file>', 'the servicer report of the payment date (.json, .yaml or .csv)')
    .option('--fixings <file>', FIXINGS_HELP)
    .option('--state <file>', 'where the deal stands; "closing" for the first payment date', 'closing')
    .option('--deposit <amount>', 'what was deposited, when it is not what the report says')
    .option('--adjustments <file>', 'what `weir restate --out` wrote: added to the report’s items')
    .option('--next <file>', 'write the next state to this file')
    .option('--cut-off-pool <amount>', 'pool at the cut-off date, when neither document nor state says it')
    .option('--assume-zero', 'take zero for words that the state does not give')
    .option('--json', 'print the outcome and the next state as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  weir pay deal.yaml --state month-11.json --report report-12.json --next month-12.json',
    )
    .action(run);
}
