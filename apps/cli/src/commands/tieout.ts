import type { Command } from 'commander';
import { canonicalJson } from '@weir/money';
import {
  type CsvTable,
  figuresOf,
  type LineTotal,
  figureNamed,
  keepingComparisons,
  readCsv,
  readLineNames,
  readTrustee,
  renameLines,
  replayEras,
  type ServicerTable,
  tableOfEra,
  type TieOut,
  UnknownFigure,
  tieOut,
  type Variance,
  writeUnit,
} from '@weir/valuation';
import type { CompiledDeal } from '@weir/waterfall';
import { amountOption } from '../loading/amount.js';
import { OptionsDisagree } from '../errors.js';
import { readText } from '../loading/deal.js';
import { type DocumentEra, erasOf, firstEraHolds } from '../loading/eras.js';
import { readReportsOf, readTableOf } from '../loading/reports.js';
import { collected } from '../loading/collected.js';
import { FIXINGS_HELP, type FixingsOptions, readIndices } from '../loading/fixings.js';
import { dealInHand, type StateOptions } from '../loading/state.js';
import { NONE, slotText } from '../output/figures.js';
import { textTable } from '../output/table.js';

interface Options extends StateOptions, FixingsOptions {
  reports: string;
  trustee: string;
  lines?: string;
  items?: string;
  amended: string[];
  tolerance: string;
  json?: boolean;
}

/** Variances that are listed one by one; the rest is in the sums, and all are in --json. */
const LISTED = 200;
const RIGHT = ['trustee', 'computed', 'difference'].map((title) => ({ title, right: true }));

function varianceTable(compiled: CompiledDeal, variances: readonly Variance[]): string {
  const rows = variances
    .slice(0, LISTED)
    .map((variance) => [
      compiled.periods[variance.period - 1]?.paymentDate ?? String(variance.period),
      variance.line,
      ...[variance.trustee, variance.computed].map((value) => slotText(variance.unit, value)),
      differenceText(variance),
    ]);
  return textTable([{ title: 'payment date' }, { title: 'line' }, ...RIGHT], rows);
}

function lineTable(lines: readonly LineTotal[]): string {
  const rows = lines.map(({ line, unit, compared, variances, trustee, computed, difference }) => {
    const sums =
      unit === 'money' ? [trustee, computed, difference].map((value) => slotText(unit, value)) : [NONE, NONE, NONE];
    return [line, String(compared), String(variances), ...sums];
  });
  const counts = ['compared', 'differ'].map((title) => ({ title, right: true }));
  return textTable([{ title: 'line' }, ...counts, ...RIGHT], rows);
}

/** 2–5, 7: numbers that follow each other as a range. */
function rangesText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** A difference for people: of dates in days, of flags that there is one. */
function differenceText({ unit, difference }: Variance | LineTotal): string {
  if (unit === 'flag') return difference === 0n ? NONE : 'differs';
  return unit === 'date' ? `${difference} days` : slotText(unit, difference);
}

interface Outcome {
  found: TieOut;
  /** Names of the servicer's file that nothing was made of. */
  unused: readonly string[];
}

function report(dealName: string, compiled: CompiledDeal, dates: number, { found, unused }: Outcome): string {
  const { compared, variances, lines, notReplayed } = found;
  const left = variances.length - LISTED;
  return [
    `${dealName}: ${compared} figures of ${dates} payment dates compared, ${variances.length} differ`,
    ...(notReplayed.length ? [`Not compared, for there is no report: payment dates ${rangesText(notReplayed)}`] : []),
    ...(unused.length ? [`Not used of the servicer’s file: ${unused.join(', ')}`] : []),
    '',
    ...(variances.length ? ['Variances', varianceTable(compiled, variances)] : []),
    ...(left > 0 ? [`  … and ${left} more (--json lists all)`] : []),
    ...(variances.length ? [''] : []),
    'By line, in total',
    lineTable(lines),
    '',
  ].join('\n');
}

function json(compiled: CompiledDeal, { found, unused }: Outcome): string {
  const { compared, variances, lines, notReplayed } = found;
  const texts = (entry: Variance | LineTotal) => ({
    trustee: writeUnit(entry.unit, entry.trustee),
    computed: writeUnit(entry.unit, entry.computed),
    difference:
      entry.unit === 'flag' || entry.unit === 'date'
        ? String(entry.difference)
        : writeUnit(entry.unit, entry.difference),
  });
  return canonicalJson({
    compared,
    notReplayed,
    unused,
    variances: variances.map((entry) => ({
      period: entry.period,
      paymentDate: compiled.periods[entry.period - 1]?.paymentDate ?? null,
      line: entry.line,
      fileLine: entry.fileLine,
      ...texts(entry),
    })),
    lines: lines.map((entry) => ({
      line: entry.line,
      compared: entry.compared,
      variances: entry.variances,
      ...(entry.unit === 'money' ? texts(entry) : {}),
    })),
  });
}

/** Whether a column of the trustee's file is a figure of a deal, or says which date a row is of. */
function knowsLine(compiled: CompiledDeal, column: string): boolean {
  if (['period', 'paymentDate', 'class'].includes(column)) return true;
  try {
    return figureNamed(figuresOf(compiled), column) !== undefined;
  } catch (error) {
    if (error instanceof UnknownFigure) return false;
    throw error;
  }
}

/** The trustee's table, by the deal's names. */
async function trusteeTable({ trustee, lines }: Options): Promise<CsvTable> {
  const table = readCsv(await readText(trustee), trustee);
  return lines === undefined ? table : renameLines(table, readLineNames(readCsv(await readText(lines), lines), lines));
}

/** The servicer's table by the deal's names; null for a folder of reports. @throws OptionsDisagree */
async function servicerTable(eras: readonly DocumentEra[], { reports, items }: Options): Promise<ServicerTable | null> {
  if (reports.endsWith('.csv')) return readTableOf(eras, reports, items);
  if (items !== undefined) throw new OptionsDisagree('--items names the columns of a CSV: give one as --reports');
  return null;
}

/** Files of a projection have lines for both sides of each comparison. */
function withComparisons(era: DocumentEra): DocumentEra {
  return { ...era, compiled: keepingComparisons(era.deal, era.compiled) };
}

async function run(given: string, options: Options): Promise<void> {
  const tolerance = amountOption('--tolerance', options.tolerance);
  const { deal, compiled: closed, state, cutOffPool } = await dealInHand(given, options);
  const [asClosed, ...amended] = await erasOf({ deal, compiled: closed }, options.amended, cutOffPool);
  const eras: [DocumentEra, ...DocumentEra[]] = [withComparisons(asClosed), ...amended.map(withComparisons)];
  firstEraHolds(eras, state);
  const table = await trusteeTable(options);
  const first = state.period + 1;
  const trustee = eras.flatMap(({ compiled }, index) =>
    readTrustee(compiled, figuresOf(compiled), tableOfEra(table, eras, index, first, knowsLine)),
  );
  const indices = await Promise.all(eras.map((era) => readIndices(era.deal, era.compiled, options.fixings)));
  const servicer = await servicerTable(eras, options);
  const reports = await readReportsOf(eras, options.reports, { indices, first }, servicer?.table);
  const paid = replayEras(eras, state, reports);
  const compiled = eras.at(-1)?.compiled ?? closed;
  const found = tieOut(paid, trustee, tolerance);
  const outcome = { found, unused: servicer?.unused ?? [] };
  process.stdout.write(options.json ? json(compiled, outcome) : report(deal.name, compiled, paid.length, outcome));
  process.exitCode = found.variances.length > 0 || found.compared === 0 ? 1 : 0;
}

/** `weir tieout`: a replay against the trustee's figures. */
export function tieoutCommand(program: Command): void {
  program
    .command('tieout')
    .summary('replay all payment dates and compare them with the trustee’s figures')
    .description(
      'Replays payment date after payment date exactly, from the servicer reports alone, and lists each variance against ' +
        'the trustee’s figures, by payment date, by line and in total.\n\n' +
        'REPORTS is a folder with a JSON or YAML file a payment date (see weir pay), or a CSV with a row a payment date.\n' +
        'TRUSTEE is a CSV, long (period or paymentDate, line, amount), with a row a class (period or paymentDate, class, and a ' +
        'column a figure, such as closing), or wide (period or paymentDate, and a column a line).\n' +
        'Lines are figures of the deal: A.opening, A.interestDue, A.interestPaid, A.principalPaid, A.closing, A.factor ' +
        '(closing ÷ original), A.interestShortfall, the same of a group or of notes, servicing.due, servicing.paid, servicing.short, reserve.opening, ' +
        'reserve.closing, reserve.in, reserve.out, residual.paid, trigger.NAME, STEP.due, STEP.paid, STEP.short, remittance, ' +
        'and every formula and report item by its name.\n' +
        'Names of the trustee’s own are told by --lines: a CSV with the columns name, line (empty: not compared) and, where the ' +
        'trustee shows a figure with the other sign, sign (-).\n' +
        'Names of the servicer’s own are told by --items: a CSV with the columns name, item (an item of the deal’s report, period, ' +
        'paymentDate, deposit, or empty: passed over) and sign. They may name columns, rows (with a column a payment date), or stand ' +
        'in a column called item beside one called amount. Titles above the header are skipped; names that nothing was made of are ' +
        'listed as not used.\n' +
        'A deal that was amended is replayed by the program that was in force on each date: --amended NEW@N for each\n' +
        'document that took effect from payment date N on, in their order.\n' +
        'Amounts may differ by --tolerance; factors and rates by half of the last digit that the trustee wrote.\n\n' +
        'Exit status 0 when all ties, 1 when a figure differs, 2 when an input is wrong.',
    )
    .argument('<deal>', 'a deal document, or the folder that has it as deal.yaml')
    .requiredOption('--reports <path>', 'folder of reports (.json, .yaml), or a .csv of all')
    .requiredOption('--trustee <file>', 'the trustee’s figures (.csv)')
    .option('--lines <file>', 'names that the trustee has for lines and columns (.csv: name,line,sign)')
    .option('--items <file>', 'names that the servicer has for columns and rows of --reports (.csv: name,item,sign)')
    .option('--fixings <file>', FIXINGS_HELP)
    .option('--state <file>', 'where the deal stands before the first report; "closing" for the start', 'closing')
    .option(
      '--amended <document@period>',
      'an amendment and the first payment date it pays (repeatable)',
      collected,
      [],
    )
    .option('--tolerance <amount>', 'by how much an amount may differ', '0.00')
    .option('--cut-off-pool <amount>', 'pool at the cut-off date, when neither document nor state says it')
    .option('--assume-zero', 'take zero for words that the state does not give')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExample:\n  weir tieout deal.yaml --reports reports/ --trustee trustee.csv')
    .action(run);
}
