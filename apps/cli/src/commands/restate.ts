import type { Command } from 'commander';
import { canonicalJson, formatMoney } from '@weir/money';
import { restate, type RestatedItem, type Restatement, writeAdjustments, writeUnit } from '@weir/valuation';
import { collected } from '../loading/collected.js';
import { FIXINGS_HELP, type FixingsOptions, readIndices } from '../loading/fixings.js';
import { readReports } from '../loading/reports.js';
import { dealInHand, type StateOptions } from '../loading/state.js';
import { slotText } from '../output/figures.js';
import { writeWhole } from '../output/files.js';
import { textTable } from '../output/table.js';

interface Options extends StateOptions, FixingsOptions {
  was: string;
  is: string;
  reason: string;
  adjust: string[];
  leave: string[];
  out?: string;
  json?: boolean;
}

function carriedText({ item, unit, was, is, carried, signed }: RestatedItem): string {
  if (!carried) return unit === 'money' ? 'not carried: of its date (--adjust carries it)' : `not carried: a ${unit}`;
  const least = was - is;
  return signed || least <= 0n
    ? 'carried'
    : `carried: the next report must have ${formatMoney(least)} or more of ${item}`;
}

const RIGHT = ['was', 'is', 'difference'].map((title) => ({ title, right: true }));
const PERIOD = { title: 'payment date', right: true };

function text(dealName: string, { lines, items, adjustments, nextPeriod }: Restatement): string {
  const figures = lines.map(({ period, line, unit, was, is, difference }) => [
    String(period),
    line,
    ...[was, is, difference].map((value) => slotText(unit, value)),
  ]);
  const reported = items.map((entry) => [
    String(entry.period),
    entry.item,
    ...[entry.was, entry.is, entry.is - entry.was].map((value) =>
      entry.unit === 'money' ? slotText('money', value) : writeUnit(entry.unit, value),
    ),
    carriedText(entry),
  ]);
  return [
    `${dealName}: ${items.length} reported figures restated; what was paid stays paid`,
    '',
    'Reported',
    textTable([PERIOD, { title: 'item' }, ...RIGHT, { title: '' }], reported),
    '',
    'Paid, and what would have been paid',
    textTable([PERIOD, { title: 'line' }, ...RIGHT], figures),
    '',
    adjustments.length > 0
      ? `The report of payment date ${nextPeriod} carries, as "adjustments":\n${JSON.stringify(writeAdjustments(adjustments), null, 2)}`
      : 'There is nothing to carry into the next report.',
    '',
  ].join('\n');
}

function json({ lines, items, adjustments, nextPeriod }: Restatement): string {
  const side = (unit: RestatedItem['unit'], value: bigint): string =>
    unit === 'date' || unit === 'flag' ? String(value) : writeUnit(unit, value);
  return canonicalJson({
    nextPeriod,
    items: items.map(({ unit, was, is, ...rest }) => ({ ...rest, was: writeUnit(unit, was), is: writeUnit(unit, is) })),
    lines: lines.map(({ unit, was, is, difference, ...rest }) => ({
      ...rest,
      was: writeUnit(unit, was),
      is: writeUnit(unit, is),
      difference: side(unit, difference),
    })),
    adjustments: writeAdjustments(adjustments),
  });
}

async function run(given: string, options: Options): Promise<void> {
  const { deal, compiled, state } = await dealInHand(given, options);
  const { reason, adjust, leave } = options;
  const filled = { indices: await readIndices(deal, compiled, options.fixings), period: state.period + 1 };
  const was = await readReports(compiled, options.was, filled);
  const is = await readReports(compiled, options.is, filled);
  const found = restate({ deal, compiled, state, was, is, reason, adjust, leave });
  if (options.out !== undefined) {
    await writeWhole(options.out, canonicalJson({ adjustments: writeAdjustments(found.adjustments) }));
  }
  process.stdout.write(options.json ? json(found) : text(deal.name, found));
}

/** `weir restate`: a paid date reported anew. */
export function restateCommand(program: Command): void {
  program
    .command('restate')
    .summary('compare a paid date with its restated report, and adjust the next one')
    .description(
      'A payment date that was paid is never edited. Runs it again on the restated report, from the state before it,\n' +
        'compares what was paid with what would have been, line by line, and gives the signed adjustments that the next\n' +
        'report carries, each with its reason and the hashes of both reports. `weir pay` runs on item + adjustment and\n' +
        'shows both.\n\n' +
        'WAS and IS are a report each, or a folder or .csv of all dates since the state (see weir pay). Carried are amounts\n' +
        'that are collected or signed; balances and rates are of their date. --adjust and --leave say otherwise.\n\n' +
        'Exit status 0, 2 when an input is wrong or a run stops.',
    )
    .argument('<deal>', 'a deal document, or the folder that has it as deal.yaml')
    .requiredOption('--was <path>', 'the report that was paid on')
    .requiredOption('--is <path>', 'the restated report')
    .requiredOption('--reason <text>', 'why it is restated')
    .option('--fixings <file>', FIXINGS_HELP)
    .option('--state <file>', 'where the deal stood before the restated date; "closing" for the first', 'closing')
    .option('--adjust <item>', 'carry this amount too (repeatable)', collected, [])
    .option('--leave <item>', 'do not carry this one (repeatable)', collected, [])
    .option('--out <file>', 'write the adjustments to this file, for `weir pay --adjustments`')
    .option('--cut-off-pool <amount>', 'pool at the cut-off date, when neither document nor state says it')
    .option('--assume-zero', 'take zero for words that the state does not give')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  weir restate deal.yaml --state month-11.json --was report-12.json --is report-12b.json \\\n' +
        '    --reason "a loan was charged off twice" --out adjustments.json',
    )
    .action(run);
}
