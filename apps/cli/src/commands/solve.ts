import type { Command } from 'commander';
import { closingState, type IndexInputs, linesOf, projectDeal } from '@weir/valuation';
import { compileProjection } from '@weir/waterfall';
import { DocumentHasErrors, OptionsDisagree, SolveInvalid } from '../errors.js';
import type { Collateral, CollateralOptions } from '../loading/collateral.js';
import { compileOver, dealOf } from '../loading/deal.js';
import { dealWithCollateral } from '../loading/deal-with-collateral.js';
import { FIXINGS_HELP, type FixingsOptions, readIndices } from '../loading/fixings.js';
import { readScenarios } from '../loading/scenarios.js';
import type { DealInHand, StateOptions } from '../loading/state.js';
import { UNDERLYING_HELP, type UnderlyingOptions } from '../loading/underlying.js';
import { writeWhole } from '../output/files.js';
import { textTable, wrapped } from '../output/table.js';
import { type Condition, measuredText, readCondition } from '../solve/condition.js';
import { type Place, placeOf } from '../solve/place.js';
import { figureOf, quantityText, STEP } from '../solve/quantity.js';
import { search, type Solution } from '../solve/search.js';
import { LEAVE_OUT } from '../tape/left-out.js';
import { TAPE_FILE } from '../tape/read.js';

interface Options extends StateOptions, CollateralOptions, UnderlyingOptions, FixingsOptions {
  for: string;
  until: string;
  scenario?: string;
  only?: string[];
  between?: string;
  out?: string;
  json?: boolean;
}

/** Where to look when nothing is said: rates from 0 to 100 % (coupons to 50 %), amounts from a cent to the pool. */
function bracketOf(place: Place, { between, for: path }: Options, cutOffPool: bigint): [number, number] {
  if (between !== undefined) {
    const parts = between.split(',');
    const [low, high] = parts.map(figureOf);
    if (parts.length !== 2 || low === undefined || high === undefined || !(low < high)) {
      throw new SolveInvalid(between, 'give two figures, the lower first: --between "1 %,9 %"');
    }
    return [low, high];
  }
  const { kind } = place.quantity;
  if (kind === 'money') return [STEP.money, Number(cutOffPool) / 100];
  if (kind === 'percent') return [0, path.endsWith('.coupon') ? 0.5 : 1];
  return [0, Math.max(1, 10 * Math.abs(place.present ?? 1))];
}

/** The measure at a trial value: the document, compiled anew when it changes, projected under the scenario. */
function measureAt(
  hand: DealInHand,
  collateral: Collateral,
  place: Place,
  condition: Condition,
  assumeZero: boolean,
  indices: IndexInputs,
) {
  let known: { text: string; hand: DealInHand; projection: ReturnType<typeof compileProjection> } | null = null;
  const dealFor = (text: string) => {
    if (known?.text === text) return known;
    const opened = text === hand.text ? hand : dealOf(hand.document, text, hand.cutOffPool);
    const { deal } = opened;
    const compiled = compileOver(opened, hand.cutOffPool);
    // A deal that starts at closing starts with the faces of the trial document.
    const state = hand.state.period === 0 ? closingState(compiled) : hand.state;
    known = { text, hand: { ...hand, text, deal, compiled, state }, projection: compileProjection(compiled.program) };
    return known;
  };
  const attempt = (value: number) => {
    try {
      return dealFor(place.document(value));
    } catch (error) {
      if (!(error instanceof DocumentHasErrors)) throw error;
      const trial = quantityText(place.quantity, value);
      throw new OptionsDisagree(`with ${trial} there is no such deal; narrow --between\n${error.message}`);
    }
  };
  return (value: number): number => {
    const { hand: tried, projection } = attempt(value);
    const scenario = place.scenario(value);
    const flows = collateral.table(tried.compiled, scenario, tried.state.period + 1);
    const { deal, compiled, state } = tried;
    const projected = projectDeal({ deal, compiled, projection, flows, scenario, state, assumeZero, indices });
    if (projected.fault)
      throw new OptionsDisagree(`at ${quantityText(place.quantity, value)}: ${projected.fault.message}`);
    return condition.measure(deal, projected);
  };
}

const SENSES: Readonly<Record<Solution['sense'], string>> = {
  equal: 'meets it',
  largest: 'is the largest that meets it',
  smallest: 'is the smallest that meets it',
  everywhere: 'every value that was looked at meets it; give --between an end that does not',
  nowhere: 'no value of the bracket that was looked at meets it; move --between',
};

/** Further places of the bracket where the condition begins or ends to be met; nothing when there is one alone. */
function furtherText({ changes, sense }: Solution, text: (figure: number) => string): string[] {
  const [, ...further] = changes;
  if (further.length === 0) return [];
  const places = further.map(([a, b]) => `between ${text(a.value)} and ${text(b.value)}`);
  const what = sense === 'equal' ? 'It is met again' : 'It changes again';
  return [wrapped(`${what} ${places.join(', and ')}: the answer is the lowest; --between looks at another.`)];
}

function report(
  options: Options,
  place: Place,
  condition: Condition,
  [low, high]: readonly [number, number],
  found: Solution,
): string {
  const { value, measured, trials, sense, looked } = found;
  const text = (figure: number): string => quantityText(place.quantity, figure);
  const rows = [...trials]
    .sort((a, b) => a.value - b.value)
    .map((trial) => [text(trial.value), measuredText(condition, trial.measured), trial.holds ? 'yes' : 'no']);
  const answer = value === null ? SENSES[sense] : `${options.for} = ${text(value)} ${SENSES[sense]}`;
  return [
    `Until ${options.until}`,
    `${answer}${measured === null ? '' : ` (it comes to ${measuredText(condition, measured)})`}`,
    ...furtherText(found, text),
    ...(place.present === null ? [] : [`now ${text(place.present)}`]),
    '',
    wrapped(
      `Looked at ${looked} values from ${text(low)} to ${text(high)}, then closer where the condition changes first; ` +
        `${trials.length} evaluations`,
    ),
    textTable([{ title: options.for, right: true }, { title: 'measure', right: true }, { title: 'met' }], rows),
    '',
  ].join('\n');
}

async function run(given: string, options: Options): Promise<void> {
  const condition = readCondition(options.until);
  const { hand, collateral } = await dealWithCollateral(given, options);
  const [scenario] = await readScenarios(
    hand.deal,
    options.scenario,
    options.only,
    collateral.deals,
    linesOf(collateral.data),
  );
  if (!scenario) throw new OptionsDisagree('the scenario file has no scenario');
  const place = placeOf(hand.text, options.for, scenario);
  const bracket = bracketOf(place, options, hand.cutOffPool);
  const indices = await readIndices(hand.deal, hand.compiled, options.fixings);
  const measure = measureAt(hand, collateral, place, condition, options.assumeZero ?? false, indices);
  const found = search(measure, condition, place.quantity, bracket);
  if (options.out !== undefined && found.value !== null) await writeWhole(options.out, place.document(found.value));
  const [low, high] = bracket;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ for: options.for, until: options.until, scenario: scenario.name, between: [low, high], ...found, text: found.value === null ? null : quantityText(place.quantity, found.value) }, null, 2)}\n`
      : report(options, place, condition, bracket, found),
  );
  process.exitCode = found.value === null ? 1 : 0;
}

/** `weir solve`: the figure of a document or a scenario at which a condition is met. */
export function solveCommand(program: Command): void {
  program
    .command('solve')
    .summary('find the figure at which a condition is met: sizing, break-even, coupon for a price')
    .description(
      'Varies one figure of the document or of the scenario until a condition is met, and prints the answer with every ' +
        'evaluation.\n\n' +
        'PATH names a figure: tranches.A.amount, tranches.A.coupon, formulas.NAME, fees.NAME.amount, or any other value of the ' +
        'document (of a formula, its only figure); scenario.default.cdr (mdr, sda), scenario.prepayment.cpr (smm, psa, ' +
        'abs), scenario.severity, scenario.rates.NAME, scenario.inputs.NAME.\n' +
        'CONDITION compares a measure with a figure, or is CLASS.paidInFull. Measures of a class: wal, price (at the ' +
        'scenario’s first yield; 100 % is par), yield and margin (at its first price), writtenDown, shortfall (the most interest ' +
        'ever owed), interestOwed (at the end), outstanding, interest, principal; irr(NAME, PAID) of a class or payee; ' +
        'total, last, highest, lowest(FIGURE) of any figure that weir tieout takes.\n' +
        'A price is in percent of par (100 or 100 %); other rates want their unit (5 %, 45 bp).\n' +
        'A bound (<=, >=) is solved for the largest value that meets it when small ones do, else for the smallest. ' +
        '17 values from end to end of the bracket are looked at first; where the condition changes more than once the answer is ' +
        'the lowest, and the other places are told.\n\n' +
        'Exit status 0 when solved, 1 when the bracket holds no answer, 2 when an input is wrong.',
    )
    .argument('<deal>', 'a deal document, or the folder that has it as deal.yaml')
    .requiredOption('--for <path>', 'the figure to vary')
    .requiredOption('--until <condition>', 'what must be met')
    .option('--between <low,high>', 'where to look, such as "1 %,9 %" or "1000.00,50000.00"')
    .option('--pool <file>', 'representative lines (.csv or .yaml)')
    .option('--tape <file>', 'a loan tape, in any form that weir tape reads')
    .option(...TAPE_FILE.mapping)
    .option(...TAPE_FILE.sheet)
    .option(...TAPE_FILE.class)
    .option(...TAPE_FILE.period)
    .option(...LEAVE_OUT)
    .option('--collections <file>', 'collections from elsewhere (.csv)')
    .option('--underlying <name=pool...>', UNDERLYING_HELP)
    .option('--underlying-state <name=state...>', 'where those deals stand; at closing by default')
    .option('--underlying-scenario <name=file...>', 'futures of their own; that of --scenario by default')
    .option('--fixings <file>', `${FIXINGS_HELP}; the scenario’s rates hold beyond`)
    .option('--scenario <file>', 'futures (.yaml); the first is used')
    .option('--only <name...>', 'the scenario of the file to use')
    .option('--state <file>', 'where the deal stands (see weir pay)', 'closing')
    .option(
      '--cut-off-pool <amount>',
      'pool at the cut-off date; else the document’s, the state’s, or the pool’s own balance',
    )
    .option('--assume-zero', 'take zero for what neither state nor scenario gives')
    .option('--out <file>', 'write the solved document to a file')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  weir solve deal.yaml --pool pool.csv --scenario base.yaml --for tranches.A.coupon --until "A.price = 100 %"',
    )
    .action(run);
}
