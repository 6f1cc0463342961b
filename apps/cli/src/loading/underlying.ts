import { dirname, resolve } from 'node:path';
import type { Underlying } from '@weir/deal';
import { type CollateralTable, projectDeal, type Scenario, underlyingColumns } from '@weir/valuation';
import { type CompiledDeal, compileProjection } from '@weir/waterfall';
import { DealsInCircle, OptionInvalid, OptionsDisagree } from '../errors.js';
import type { Collateral, CollateralOptions } from './collateral.js';
import { openDeal, type OpenedDeal } from './deal.js';
import { readScenarios } from './scenarios.js';
import type { DealInHand, StateOptions } from './state.js';

/** Options that say what the deals below are made of; NAME is an underlying class, NAME.NAME one of its own deal's. */
export interface UnderlyingOptions {
  underlying?: string[];
  underlyingState?: string[];
  underlyingScenario?: string[];
  assumeZero?: boolean;
}

/** What --underlying takes, for the help of each command that has it. */
export const UNDERLYING_HELP =
  'collateral of the deals whose classes it owns (NAME.NAME=… deeper; else tape:FILE or collections:FILE)';

/** Where a deal stands among the deals that own each other. */
export interface Level {
  /** Names from the deal in hand down, joined with dots; empty for that deal itself. */
  readonly path: string;
  /** Documents from the deal in hand down to this one's owner, as whole paths. */
  readonly owners: readonly string[];
}

export const TOP: Level = { path: '', owners: [] };

/** A deal that is read with its collateral. */
export type ReadDeal = (
  document: string,
  options: StateOptions & CollateralOptions & UnderlyingOptions,
  level: Level,
) => Promise<{ hand: DealInHand; collateral: Collateral }>;

interface Below {
  readonly underlying: Underlying;
  readonly hand: DealInHand;
  readonly collateral: Collateral;
  /** Futures of its own; null: those of the deal in hand. */
  readonly scenarios: readonly Scenario[] | null;
}

/** NAME=FILE options by name. @throws OptionInvalid */
function byName(option: string, given: readonly string[] = []): Map<string, string> {
  return new Map(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1 || at === text.length - 1) throw new OptionInvalid(option, text, 'NAME=FILE');
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** FILE of representative lines, or tape:FILE or collections:FILE. */
function collateralOf(given: string): CollateralOptions {
  const [, kind = 'pool', path = given] = /^(pool|tape|collections):(.+)$/.exec(given) ?? [];
  return { [kind]: path };
}

async function readBelow(
  owner: OpenedDeal,
  underlying: Underlying,
  options: UnderlyingOptions,
  level: Level,
  read: ReadDeal,
): Promise<Below> {
  const name = level.path === '' ? underlying.name : `${level.path}.${underlying.name}`;
  const { deal, document } = await openDeal(resolve(dirname(owner.document), underlying.deal));
  const owners = [...level.owners, resolve(owner.document)];
  const circle = owners.indexOf(resolve(document));
  if (circle >= 0) throw new DealsInCircle([...owners.slice(circle), resolve(document)]);
  const given = byName('--underlying', options.underlying).get(name);
  if (given === undefined && deal.underlying.length === 0) {
    throw new OptionsDisagree(`give the collateral of ${document} by --underlying ${name}=POOL`);
  }
  const state = byName('--underlying-state', options.underlyingState).get(name);
  const scenario = byName('--underlying-scenario', options.underlyingScenario).get(name);
  const own = { ...options, ...(given === undefined ? {} : collateralOf(given)), ...(state ? { state } : {}) };
  const { hand, collateral } = await read(document, own, { path: name, owners });
  const scenarios = scenario ? await readScenarios(hand.deal, scenario, [], collateral.deals) : null;
  return { underlying, hand, collateral, scenarios };
}

/** The future of a deal below that goes with one of the deal in hand: of the same name, or the only one. */
function futureOf({ scenarios, underlying }: Below, scenario: Scenario): Scenario {
  if (!scenarios) return scenario;
  const found = scenarios.find(({ name }) => name === scenario.name) ?? (scenarios.length === 1 ? scenarios[0] : null);
  if (found) return found;
  throw new OptionsDisagree(`the scenarios of ${underlying.name} have none that is named "${scenario.name}"`);
}

function project(below: Below, scenario: Scenario, assumeZero: boolean) {
  const { deal, compiled, state } = below.hand;
  const own = futureOf(below, scenario);
  const flows = below.collateral.table(compiled, own, state.period + 1);
  return projectDeal({
    deal,
    compiled,
    projection: compileProjection(compiled.program),
    flows,
    scenario: own,
    state,
    assumeZero,
  });
}

/** Balance of the owned classes as their deals stand, cents. */
function balanceOf({ underlying: { tranche, share }, hand: { compiled, state } }: Below): bigint {
  const word = compiled.state.indexOf(`balance.${tranche}`);
  const balance = word < 0 ? 0n : (state.words[compiled.program.layout.regions.A.count + word] ?? 0n);
  return (balance * share) / 1_000_000_000_000n;
}

/**
 * The collateral of a deal that owns classes of others, beside what it owns itself. The deals below are projected first, under
 * the same scenario. @throws DealsInCircle @throws OptionsDisagree when a deal below has no collateral
 */
export async function withUnderlying(
  owner: OpenedDeal,
  own: Collateral | null,
  options: UnderlyingOptions,
  level: Level,
  read: ReadDeal,
): Promise<Collateral> {
  // Pool, state and cut-off pool of the owner are not those of the deals below.
  const { underlying: given, underlyingState, underlyingScenario, assumeZero = false } = options;
  const shared: UnderlyingOptions = {
    assumeZero,
    ...(given ? { underlying: given } : {}),
    ...(underlyingState ? { underlyingState } : {}),
    ...(underlyingScenario ? { underlyingScenario } : {}),
  };
  const below: Below[] = [];
  for (const underlying of owner.deal.underlying) {
    below.push(await readBelow(owner, underlying, shared, level, read));
  }
  const notes = below.map(({ underlying: { name, tranche }, hand, collateral }) => {
    return `${name}: class ${tranche} of ${hand.deal.name} (${collateral.note})`;
  });
  const balance = below.reduce((sum, each) => sum + balanceOf(each), own?.balance ?? 0n);
  return {
    lines: own?.lines ?? null,
    balance,
    note: [...(own ? [own.note] : []), ...notes].join('; '),
    deals: below.flatMap(({ hand, collateral }) => [hand.deal, ...(collateral.deals ?? [])]),
    table: (compiled: CompiledDeal, scenario: Scenario, firstPeriod: number): CollateralTable => {
      const projections = new Map(below.map((each) => [each.underlying.name, project(each, scenario, assumeZero)]));
      const columns = underlyingColumns(owner.deal, compiled, projections, firstPeriod);
      const table = own?.table(compiled, scenario, firstPeriod);
      const rows = table?.rows ?? compiled.program.layout.rows - firstPeriod + 1;
      return { firstPeriod, rows, columns: { ...table?.columns, ...columns } };
    },
  };
}
