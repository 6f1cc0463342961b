import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  ASSET_CLASSES,
  acceptProposal,
  findingsCsv,
  mappingHash,
  printMapping,
  proposeMapping,
} from '@weir/collateral';
import { OptionsDisagree } from '../errors.js';
import { writeWhole } from '../output/files.js';
import { readFileOfTape } from '../tape/judge.js';
import { fieldsJson, fieldsText } from '../tape/fields.js';
import { historyJson, tapeJson } from '../tape/json.js';
import { isOpen } from '../tape/limit-text.js';
import { historyFindingsCsv, historyText } from '../tape/months-text.js';
import { classOf, openFile, TAPE_FILE, type TapeCommandOptions } from '../tape/read.js';
import { qualityCsv } from '../tape/quality.js';
import { vintagesCsv } from '../tape/vintages.js';
import { proposalText, tapeText } from '../tape/text.js';

/** Proposes a mapping, shows it and writes it for a person to correct. */
async function propose(file: string, target: string, options: TapeCommandOptions): Promise<void> {
  const source = await openFile(file, options);
  const assetClass = classOf(options);
  const proposal = proposeMapping(source.columns, source.head, assetClass === null ? {} : { assetClass });
  const mapping = acceptProposal(proposal);
  await writeFile(target, printMapping(mapping));
  const outcome = { ...proposal, hash: mappingHash(mapping), evidence: source.evidence };
  process.stdout.write(options.json ? `${JSON.stringify(outcome, null, 2)}\n` : `${proposalText(file, proposal)}\n`);
  process.stderr.write(`${target}: correct it where it is wrong, then weir tape ${file} --mapping ${target}\n`);
  const open = proposal.missing.length + proposal.alike.length + proposal.columns.filter(({ doubt }) => doubt).length;
  process.exitCode = open > 0 ? 1 : 0;
}

/** Lists the fields that a mapping may name, of one asset class or of all. */
function listFields(options: TapeCommandOptions): void {
  const named = classOf(options);
  const classes = named === null ? ASSET_CLASSES : [named];
  process.stdout.write(`${options.json ? JSON.stringify(fieldsJson(classes), null, 2) : fieldsText(classes)}\n`);
}

async function run(file: string | undefined, options: TapeCommandOptions): Promise<void> {
  if (options.fields) return listFields(options);
  if (file === undefined) throw new OptionsDisagree('name a tape, or list the fields of a mapping by --fields');
  if (options.propose !== undefined) {
    if (options.mapping !== undefined) throw new OptionsDisagree('--propose makes a mapping and --mapping takes one');
    return propose(file, options.propose, options);
  }
  const outcome = await readFileOfTape(file, options);
  const several = 'months' in outcome;
  const found = several ? historyFindingsCsv(outcome) : findingsCsv(outcome.result.findings);
  if (options.findings !== undefined) await writeFile(options.findings, found);
  if (options.quality !== undefined) await writeWhole(options.quality, qualityCsv(outcome.scores));
  if (options.vintages !== undefined) await writeWhole(options.vintages, vintagesCsv(outcome.vintages));
  const tapes = several ? outcome.months : [outcome];
  if (options.json) {
    process.stdout.write(`${JSON.stringify(several ? historyJson(outcome) : tapeJson(outcome), null, 2)}\n`);
  } else process.stdout.write(`${several ? historyText(file, outcome) : tapeText(file, outcome)}\n`);
  const refused = tapes.some(
    ({ result, limits }) => result.tally.some(({ weight }) => weight === 'blocks') || limits.some(isOpen),
  );
  process.exitCode = refused || (several && outcome.unplaced.length > 0) ? 1 : 0;
}

/** `weir tape`: what a servicer's loan tape holds and what is wrong with it. */
export function tapeCommand(program: Command): void {
  program
    .command('tape')
    .summary('read a loan tape: findings, pool, sums, mapping and stratification')
    .description(
      'Reads a loan tape: CSV of any delimiter and encoding, XLSX, SEC ABS-EE XML, or ESMA annexes 2 and 5; which one it is\n' +
        'is found by its content. Shows what was found by rule, the pool that the deal’s eligibility picks, the rows that it\n' +
        'excludes or a finding blocks, the data quality, the cells that are empty or NA by column, and the sums of the money\n' +
        'columns. Columns under other names than the standards’ are mapped: --propose writes a mapping, a person corrects\n' +
        'it (--fields lists what it may name), --mapping applies it. A file of several periods is a history: each month is told, judged by those before it; --period\n' +
        'shows one in full. Exit status 1 when a finding blocks a row, a concentration limit is breached or cannot\n' +
        'be known, or a proposed mapping needs a decision.',
    )
    .argument('[file]', 'the tape')
    .option(
      '--deal <deal>',
      'the deal document whose loan key, eligibility and concentration limits apply, or its folder',
    )
    .option(...TAPE_FILE.class)
    .option(
      '--key <columns>',
      'columns that together identify a loan, parted by commas; the deal’s, or the class’s own',
    )
    .option(...TAPE_FILE.sheet)
    .option(...TAPE_FILE.period)
    .option('--propose <file>', 'propose what the columns are, and write it as a mapping')
    .option(...TAPE_FILE.mapping)
    .option('--fields', 'list the fields that a mapping may name, of --class or of every class: type, unit, what for')
    .option('--findings <file>', 'write all findings as CSV')
    .option(
      '--quality <file>',
      'write the data quality with its parts as CSV, a row each tape of --before and this one',
    )
    .option('--vintages <file>', 'write static pools as CSV, a row each vintage and month on book')
    .option('--strats', 'show stratification tables')
    .option(
      '--limits <file>',
      'check these concentration limits beside the deal’s: a JSON list of id, field, part and most',
    )
    .option(
      '--before <files...>',
      'tapes of the months before, in order: history findings, vintages and data quality over time',
    )
    .option('--corrects <file>', 'the tape that this one corrects: what changed, and which findings are resolved')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  weir tape tapes/2020-07.csv --deal libs/deal/templates/auto.yaml\n' +
        '  weir tape loans.xlsx --class consumer-loan --propose mapping.json\n' +
        '  weir tape --fields --class consumer-loan\n' +
        '  weir tape loans.xlsx --mapping mapping.json --findings findings.csv --strats',
    )
    .action(run);
}
