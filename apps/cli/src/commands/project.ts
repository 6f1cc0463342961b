import type { Command } from 'commander';
import { breakEven, breakEvenOfCollections, type IndexInputs, linesOf, type Scenario } from '@weir/valuation';
import { compileProjection } from '@weir/waterfall';
import { OptionsDisagree } from '../errors.js';
import type { Collateral, CollateralOptions } from '../loading/collateral.js';
import { FIXINGS_HELP, type FixingsOptions, readIndices } from '../loading/fixings.js';
import { dealWithCollateral } from '../loading/deal-with-collateral.js';
import { COLUMN_NAMES, readScenarios } from '../loading/scenarios.js';
import { UNDERLYING_HELP, type UnderlyingOptions } from '../loading/underlying.js';
import type { DealInHand, StateOptions } from '../loading/state.js';
import { FILE_WIDTH, lineWidth } from '../output/table.js';
import { writeFolder } from '../output/files.js';
import { collateralCsv, longCsv, projectionJson, summaryCsv, tablesCsv, unitsCsv, wideCsv } from '../project/data.js';
import { type Outcome, outcomeOf, projectAll } from '../project/outcome.js';
import { projectionText } from '../project/text.js';
import { projectWithoutDeal } from '../pool/run.js';
import { LEAVE_OUT } from '../tape/left-out.js';
import { TAPE_FILE } from '../tape/read.js';

interface Options extends StateOptions, CollateralOptions, FixingsOptions, UnderlyingOptions {
  scenario?: string;
  only?: string[];
  breakEven?: string[];
  firstMonth?: string;
  flows?: boolean;
  json?: boolean;
  csv?: boolean;
  out?: string;
}

function breakEvensOf(
  hand: DealInHand,
  collateral: Collateral,
  scenarios: readonly Scenario[],
  { breakEven: names = [], assumeZero = false }: Options,
  indices: IndexInputs,
): Outcome['breakEvens'] {
  if (names.length === 0) return [];
  if (hand.deal.underlying.length > 0) {
    throw new OptionsDisagree('--break-even takes loans or collections of the deal’s own, not classes of other deals');
  }
  const known = hand.compiled.tranches.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new OptionsDisagree(`there is no class "${unknown}"; there is ${known.join(', ')}`);
  const projection = compileProjection(hand.compiled.program);
  return scenarios.flatMap((scenario) =>
    names.map((name) => {
      const request = { ...hand, projection, scenario, assumeZero, indices };
      const { lines } = collateral;
      const result = lines
        ? breakEven(request, lines, name)
        : breakEvenOfCollections(request, collateral.table(hand.compiled, scenario, hand.state.period + 1), name);
      return { scenario: scenario.name, result };
    }),
  );
}

/** Files of an outcome: what is printed, all as data, and a table a scenario. */
function filesOf(outcome: Outcome): [string, string][] {
  const plain = outcome.runs.map(({ name }) => name.replace(/[^\w-]+/g, '-'));
  // Names that differ in signs alone must not share a file.
  const stems = plain.map((stem, index) => (plain.indexOf(stem) === index ? stem : `${stem}-${index + 1}`));
  return [
    ['projection.txt', projectionText(outcome, true, FILE_WIDTH)],
    ['projection.json', `${JSON.stringify(projectionJson(outcome), null, 2)}\n`],
    ['summary.csv', summaryCsv(outcome)],
    ['tables.csv', tablesCsv(outcome)],
    ['units.csv', unitsCsv(outcome)],
    ...outcome.runs.flatMap((run, index): [string, string][] => [
      [`flows-${stems[index]}.csv`, wideCsv(run.projection)],
      [`collateral-${stems[index]}.csv`, collateralCsv(run)],
    ]),
  ];
}

async function run(given: string | undefined, options: Options): Promise<void> {
  if (given === undefined) return projectWithoutDeal({ ...options });
  if (options.firstMonth !== undefined) throw new OptionsDisagree('--first-month goes with --pool without a deal');
  const { hand, collateral } = await dealWithCollateral(given, options);
  const scenarios = await readScenarios(
    hand.deal,
    options.scenario,
    options.only,
    collateral.deals,
    linesOf(collateral.data),
  );
  const indices = await readIndices(hand.deal, hand.compiled, options.fixings);
  const toFiles = options.out !== undefined || Boolean(options.json) || Boolean(options.csv);
  const how = { assumeZero: options.assumeZero ?? false, indices, exact: toFiles };
  const runs = projectAll(hand, collateral, scenarios, how);
  const breakEvens = breakEvensOf(hand, collateral, scenarios, options, indices);
  const outcome = outcomeOf(hand, collateral, runs, breakEvens);
  if (options.out !== undefined) {
    const files = await writeFolder(options.out, filesOf(outcome));
    process.stdout.write(`${files.join('\n')}\n`);
  } else if (options.json) process.stdout.write(`${JSON.stringify(projectionJson(outcome), null, 2)}\n`);
  else if (options.csv) process.stdout.write(longCsv(runs));
  else process.stdout.write(projectionText(outcome, options.flows ?? runs.length === 1, lineWidth()));
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
        'what is lost; the collateral, payees, accounts and triggers; tables of yields, prices and discount margins to call and to maturity, ' +
        'and decrement tables, as far as the scenario file asks for them.\n\n' +
        'POOL is CSV or YAML (lines:) of representative lines: balance, grossRate, remainingTerm, and netRate, age, ' +
        'originalTerm, interestOnlyMonths, balloonMonth, loanCount, group. TAPE is a servicer’s tape. COLLECTIONS is CSV with a row a ' +
        'payment date: report items by name, and any of these, from which items’ "from:" formulas are computed: ' +
        `${COLUMN_NAMES.join(', ')}.
` +
        'SCENARIO is YAML: prepayment, default, severity, recoveryLag, rates, inputs, calls, settlement, prices, yields, ' +
        'margins, and several futures under "scenarios:" (libs/valuation/scenarios/example.yaml shows all). Without it ' +
        'loans pay as scheduled.\n\n' +
        '--break-even CLASS looks for the largest constant CDR at which the class is paid in full, and tells it as the loss of ' +
        'the pool and as a multiple of the scenario’s loss. Over COLLECTIONS each date’s default rate (chargeOffs, or ' +
        'losses, ÷ poolOpening) is multiplied instead: loans that do not default pay as given, recoveries and losses keep ' +
        'their ratio to charge-offs. Amounts of which that says nothing are refused.\n\n' +
        'Without a deal, --pool alone gives the pool’s months by the standard formulas (SIFMA Uniform Practices, chapter SF), by ' +
        'group and in all, unrounded: --csv, --json, or --out for pool.csv, pool.json and pool.txt.\n\n' +
        'Exit status 0; 1 when a scenario stops at a payment date (it says where and why); 2 when an input is wrong.',
    )
    .argument(
      '[deal]',
      'a deal document, or the folder that has it as deal.yaml; without it, --pool is projected alone',
    )
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
    .option('--underlying-scenario <name=file...>', 'futures of their own; those of --scenario by default')
    .option('--scenario <file>', 'futures (.yaml)')
    .option('--fixings <file>', `${FIXINGS_HELP}; the scenario’s rates hold beyond`)
    .option('--only <name...>', 'only these scenarios of the file')
    .option('--state <file>', 'where the deal stands (see weir pay)', 'closing')
    .option('--break-even <class...>', 'the most losses at which these classes are paid in full')
    .option(
      '--cut-off-pool <amount>',
      'pool at the cut-off date; else the document’s, the state’s, or the pool’s own balance',
    )
    .option('--assume-zero', 'take zero for what neither state nor scenario gives')
    .option(
      '--first-month <month>',
      'without a deal: the first month, for indices by date and loans that count days, such as 2025-01',
    )
    .option('--flows', 'print the flows by payment date of every scenario (default when there is one)')
    .option('--no-flows', 'do not print them')
    .option('--csv', 'print all figures as CSV: scenario, period, paymentDate, line, amount')
    .option('--json', 'print the outcome as JSON')
    .option(
      '--out <dir>',
      'write projection.txt, projection.json, summary.csv, tables.csv, units.csv, flows-SCENARIO.csv and collateral-SCENARIO.csv to a folder',
    )
    .addHelpText(
      'after',
      '\nExample:\n  weir project deal.yaml --pool pool.csv --scenario base.yaml --break-even A B\n' +
        '  weir project --pool pool.csv --scenario 165-psa.yaml --csv',
    )
    .action(run);
}
