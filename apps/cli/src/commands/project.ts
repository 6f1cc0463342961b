import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { breakEven, type GroupedLine, type IndexInputs, type Scenario } from '@weir/valuation';
import { compileProjection } from '@weir/waterfall';
import { OptionsDisagree } from '../errors.js';
import { type CollateralOptions } from '../loading/collateral.js';
import { FIXINGS_HELP, type FixingsOptions, readIndices } from '../loading/fixings.js';
import { dealWithCollateral } from '../loading/deal-with-collateral.js';
import { COLUMN_NAMES, readScenarios } from '../loading/scenarios.js';
import { UNDERLYING_HELP, type UnderlyingOptions } from '../loading/underlying.js';
import type { DealInHand, StateOptions } from '../loading/state.js';
import { longCsv, projectionJson, summaryCsv, wideCsv } from '../project/data.js';
import { type Outcome, outcomeOf, projectAll } from '../project/outcome.js';
import { projectionText } from '../project/text.js';

interface Options extends StateOptions, CollateralOptions, FixingsOptions, UnderlyingOptions {
  scenario?: string;
  only?: string[];
  breakEven?: string[];
  flows?: boolean;
  json?: boolean;
  csv?: boolean;
  out?: string;
}

function breakEvensOf(
  hand: DealInHand,
  lines: readonly GroupedLine[] | null,
  scenarios: readonly Scenario[],
  { breakEven: names = [], assumeZero = false }: Options,
  indices: IndexInputs,
): Outcome['breakEvens'] {
  if (names.length === 0) return [];
  if (!lines) throw new OptionsDisagree('--break-even needs loans to default: give --pool or --tape');
  const known = hand.compiled.tranches.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new OptionsDisagree(`there is no class "${unknown}"; there is ${known.join(', ')}`);
  const projection = compileProjection(hand.compiled.program);
  return scenarios.flatMap((scenario) =>
    names.map((name) => ({
      scenario: scenario.name,
      result: breakEven({ ...hand, projection, scenario, assumeZero, indices }, lines, name),
    })),
  );
}

/** Files of an outcome: what is printed, all as data, and a table a scenario. */
async function writeFolder(folder: string, outcome: Outcome): Promise<string[]> {
  const files: [string, string][] = [
    ['projection.txt', projectionText(outcome, true)],
    ['projection.json', `${JSON.stringify(projectionJson(outcome), null, 2)}\n`],
    ['summary.csv', summaryCsv(outcome)],
    ...outcome.runs.map(({ name, projection }): [string, string] => [
      `flows-${name.replace(/[^\w-]+/g, '-')}.csv`,
      wideCsv(projection),
    ]),
  ];
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  return files.map(([name]) => join(folder, name));
}

async function run(given: string, options: Options): Promise<void> {
  const { hand, collateral } = await dealWithCollateral(given, options);
  const scenarios = await readScenarios(
    hand.deal,
    options.scenario,
    options.only,
    collateral.deals,
    collateral.lines ?? [],
  );
  const indices = await readIndices(hand.deal, hand.compiled, options.fixings);
  const runs = projectAll(hand, collateral, scenarios, options.assumeZero ?? false, indices);
  const breakEvens = breakEvensOf(hand, collateral.lines, scenarios, options, indices);
  const outcome = outcomeOf(hand, collateral.note, runs, breakEvens);
  if (options.out !== undefined) {
    const files = await writeFolder(options.out, outcome);
    process.stdout.write(`${files.join('\n')}\n`);
  } else if (options.json) process.stdout.write(`${JSON.stringify(projectionJson(outcome), null, 2)}\n`);
  else if (options.csv) process.stdout.write(longCsv(runs));
  else process.stdout.write(projectionText(outcome, options.flows ?? runs.length === 1));
  for (const { name, projection } of runs) {
    if (projection.fault) process.stderr.write(`weir: scenario ${name}: ${projection.fault.message}\n`);
  }
  process.exitCode = runs.some(({ projection }) => projection.fault !== null) ? 1 : 0;
}

/** `weir project`: the future of a deal under scenarios. */
export function projectCommand(program: Command): void {
  program
    .command('project')
    .summary('project a deal under scenarios: flows, lives, prices, break-even')
    .description(
      'Projects a deal from closing, or from any later state: flows of each class by payment date, average life, window, ' +
        'what is lost; payees, accounts and triggers; tables of yields, prices and discount margins to call and to maturity, ' +
        'and decrement tables, as far as the scenario file asks for them.\n\n' +
        'POOL is CSV or YAML (lines:) of representative lines: balance, grossRate, remainingTerm, and netRate, age, ' +
        'originalTerm, interestOnlyMonths, balloonMonth, loanCount, group. TAPE is a servicer’s tape. COLLECTIONS is CSV with a row a ' +
        'payment date: report items by name, and any of these, from which items’ "from:" formulas are computed: ' +
        `${COLUMN_NAMES.join(', ')}.
` +
        'SCENARIO is YAML: prepayment, default, severity, recoveryLag, rates, inputs, calls, settlement, prices, yields, ' +
        'margins, and several futures under "scenarios:" (libs/valuation/scenarios/example.yaml shows all). Without it ' +
        'loans pay as scheduled.\n\n' +
        'Exit status 0; 1 when a scenario stops at a payment date (it says where and why); 2 when an input is wrong.',
    )
    .argument('<deal>', 'a deal document, or the folder that has it as deal.yaml')
    .option('--pool <file>', 'representative lines (.csv or .yaml)')
    .option('--tape <file>', 'a loan tape (.csv)')
    .option('--collections <file>', 'collections from elsewhere (.csv), a row a payment date')
    .option('--underlying <name=pool...>', UNDERLYING_HELP)
    .option('--underlying-state <name=state...>', 'where those deals stand; at closing by default')
    .option('--underlying-scenario <name=file...>', 'futures of their own; those of --scenario by default')
    .option('--scenario <file>', 'futures (.yaml)')
    .option('--fixings <file>', `${FIXINGS_HELP}; the scenario’s rates hold beyond`)
    .option('--only <name...>', 'only these scenarios of the file')
    .option('--state <file>', 'where the deal stands (see weir pay)', 'closing')
    .option('--break-even <class...>', 'the largest constant default rate at which these classes are paid in full')
    .option(
      '--cut-off-pool <amount>',
      'pool at the cut-off date; else the document’s, the state’s, or the pool’s own balance',
    )
    .option('--assume-zero', 'take zero for what neither state nor scenario gives')
    .option('--flows', 'print the flows by payment date of every scenario (default when there is one)')
    .option('--no-flows', 'do not print them')
    .option('--csv', 'print all figures as CSV: scenario, period, paymentDate, line, amount')
    .option('--json', 'print the outcome as JSON')
    .option('--out <dir>', 'write projection.txt, projection.json, summary.csv and flows-SCENARIO.csv to a folder')
    .addHelpText('after', '\nExample:\n  weir project deal.yaml --pool pool.csv --scenario base.yaml --break-even A B')
    .action(run);
}
