import { type Cursor, type Diagnostic, openDocument } from '@weir/deal';
import { ScenarioValueInvalid } from '../scenario/errors.js';
import { readScenarios } from '../scenario/parse-scenario.js';
import type { KnownNames } from '../scenario/read-parts.js';
import { readValues } from '../scenario/read-values.js';
import type { Scenario } from '../scenario/scenario.js';
import { inputOf, rateOf } from '../scenario/values.js';
import { MOST_SCENARIOS, type MonteCarlo, type ScenarioGrid, type ScenarioSet, setFaults } from './plan.js';

/** A whole number below 2^53. @throws ScenarioValueInvalid */
function seedOf(text: string): number {
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new ScenarioValueInvalid(text, 'a whole number from 0 below 2^53');
}

const rate = (cursor: Cursor): number => cursor.parsed(rateOf, 0, 'value');

function readGrid(base: Scenario, block: Cursor): ScenarioGrid {
  const fields = block.fields([], ['prepayment', 'default', 'severity', 'rates']);
  const axes = Object.entries(fields).map(([axis, values]) => [axis, readValues(values, rateOf)] as const);
  return { kind: 'grid', base, axes: Object.fromEntries(axes) };
}

function readPathRates(block: Cursor): MonteCarlo['rates'] {
  const { volatility, meanReversion, floor } = block.fields(['volatility'], ['meanReversion', 'floor']);
  return {
    volatility: rate(volatility),
    meanReversion: meanReversion ? rate(meanReversion) : 0,
    ...(floor && { floor: rate(floor) }),
  };
}

function readMonteCarlo(base: Scenario, block: Cursor): MonteCarlo {
  const fields = block.fields(['paths', 'seed'], ['prepayment', 'default', 'correlation', 'rates']);
  return {
    kind: 'monte-carlo',
    base,
    paths: fields.paths.integer(1, MOST_SCENARIOS),
    seed: fields.seed.parsed(seedOf, 0, 'value'),
    ...(fields.prepayment && { prepayment: rate(fields.prepayment) }),
    ...(fields.default && { default: rate(fields.default) }),
    ...(fields.correlation && { correlation: fields.correlation.parsed(inputOf, 0, 'value') }),
    ...(fields.rates && { rates: readPathRates(fields.rates) }),
  };
}

function readSet(root: Cursor, known: KnownNames): ScenarioSet {
  const { scenarios, named, more } = readScenarios(root, known, ['grid', 'monteCarlo']);
  const { grid, monteCarlo } = more;
  const block = grid ?? monteCarlo;
  const [base] = scenarios;
  if (!block || !base) return { kind: 'list', scenarios };
  if (grid && monteCarlo) monteCarlo.error('shape', 'a set is a grid or Monte Carlo: leave one of them out');
  if (named) block.error('shape', `"${block.path}" is around one base: leave out "scenarios", or "${block.path}"`);
  const set = grid ? readGrid(base, grid) : readMonteCarlo(base, block);
  // What did not read was replaced by values that may not go together.
  const faults = root.findings.failed ? [] : setFaults(set);
  if (faults.length > 0) block.error('set', faults.join('; '));
  return set;
}

/**
 * Reads a set file: a scenario file whose fields at the top are the base of a `grid:` or of `monteCarlo:`; without either,
 * its scenarios are the set, a list. Never throws on bad input: all faults come at once with line and column, and `set` is
 * null when any of them is an error. `known` as `parseScenario`.
 */
export function parseScenarioSet(
  text: string,
  known: KnownNames = {},
): { set: ScenarioSet | null; diagnostics: Diagnostic[] } {
  const { root, findings } = openDocument(text);
  const set = findings.failed ? null : readSet(root, known);
  return { set: findings.failed ? null : set, diagnostics: findings.sorted() };
}
