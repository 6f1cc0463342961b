import type { Command } from 'commander';
import { readTape, selectPool, TAPE_RULES, type PoolSelection, type TapeReading } from '@weir/collateral';
import { parseDeal } from '@weir/deal';
import { formatMoney, groupMoney } from '@weir/money';
import { dealAt, readBytes } from '../deal-folder.js';
import { OptionInvalid } from '../errors.js';

type Rule = keyof typeof TAPE_RULES;

interface RuleCount {
  rule: Rule;
  weight: string;
  rows: number;
  title: string;
  example: string;
}

function ruleCounts(tape: TapeReading): RuleCount[] {
  return (Object.entries(tape.findingCounts) as [Rule, number][]).map(([rule, rows]) => {
    const first = tape.findings.find((finding) => finding.rule === rule);
    return {
      rule,
      rows,
      weight: TAPE_RULES[rule].weight,
      title: TAPE_RULES[rule].title,
      example: first?.message ?? '',
    };
  });
}

/** Columns set with spaces; amounts and counts stand at the right. */
function columns(rows: string[][], right: number[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    right.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(cell).join('  ').trimEnd()}`).join('\n');
}

function report(file: string, tape: TapeReading, { pool, excluded }: PoolSelection): string {
  const sum = (part: 'opening' | 'closing'): string => groupMoney(pool.reduce((total, loan) => total + loan[part], 0n));
  const found = ruleCounts(tape);
  const table = found.map(({ rule, weight, rows, title }) => [String(rows), weight, rule, title]);
  const examples = found.map(({ rule, example }) => `  ${rule}: ${example}`);
  const sums = Object.entries(tape.sums).map(([column, amount]) => [column, groupMoney(amount)]);
  const missing = Object.entries(tape.missing).map(([column, cells]) => [column, String(cells)]);
  const outside = `${excluded.length} excluded, ${tape.blocked.length} blocked`;
  return [
    `${file}: ${tape.rows} rows, ${tape.distinctKeys} loan keys, ${tape.reportingFrom} to ${tape.reportingTo}`,
    `pool: ${pool.length} loans, opening ${sum('opening')}, closing ${sum('closing')}; ${outside}`,
    '',
    found.length === 0 ? 'Nothing was found to object to.' : 'Findings (rows, weight, rule):',
    ...(found.length === 0 ? [] : [columns(table, [0]), '', 'First of each:', ...examples]),
    '',
    missing.length === 0 ? 'No cell is empty or NA.' : 'Cells that are empty or NA, by column:',
    ...(missing.length === 0 ? [] : [columns(missing, [1])]),
    '',
    'Sums of the money columns:',
    columns(sums, [1]),
  ].join('\n');
}

async function run(file: string, options: { deal: string; json?: boolean }): Promise<void> {
  const { document } = await dealAt(options.deal);
  const { deal } = parseDeal(new TextDecoder().decode(await readBytes(document)));
  if (!deal) throw new OptionInvalid('--deal', options.deal, 'a document without errors (see weir check)');
  const tape = readTape(await readBytes(file), { loanKey: deal.loanKey });
  const selection = selectPool(tape.loans, deal.eligibility);
  if (options.json) {
    const sums = Object.fromEntries(Object.entries(tape.sums).map(([column, amount]) => [column, formatMoney(amount)]));
    const { rows, distinctKeys, reportingFrom, reportingTo, missing } = tape;
    const pool = {
      loans: selection.pool.length,
      excluded: selection.excluded.length,
      blocked: tape.blocked.length,
    };
    const outcome = { rows, distinctKeys, reportingFrom, reportingTo, pool, findings: ruleCounts(tape), missing, sums };
    process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  } else process.stdout.write(`${report(file, tape, selection)}\n`);
  process.exitCode = tape.blocked.length > 0 ? 1 : 0;
}

/** `weir tape`: what a servicer's loan tape holds and what is wrong with it. */
export function tapeCommand(program: Command): void {
  program
    .command('tape')
    .summary('read a loan tape: findings, pool and sums')
    .description(
      'Reads a loan tape (CSV with SEC ABS-EE auto-loan columns), shows what was found by rule, the pool that the deal’s\n' +
        'eligibility picks, the rows that it excludes or a finding blocks, the cells that are empty or NA by column, and the\n' +
        'sums of the money columns. Exit status 1 when a finding blocks a row.',
    )
    .argument('<file>', 'the tape')
    .requiredOption('--deal <deal>', 'the deal document whose loan key and eligibility apply, or its folder')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', '\nExample:\n  weir tape tapes/2020-07.csv --deal libs/deal/templates/auto.yaml')
    .action(run);
}
