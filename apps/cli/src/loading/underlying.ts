import { dirname, resolve } from 'node:path';
import type { Underlying } from '@weir/deal';
import { formatMoney } from '@weir/money';
import { flowsWithOwned, linesOf, ownedBalance, type OwnedDeal, type OwnedDealData } from '@weir/valuation';
import { DealsInCircle, OptionInvalid, OptionsDisagree } from '../errors.js';
import type { Collateral, CollateralOptions } from './collateral.js';
import { openDeal, type OpenedDeal, readText } from './deal.js';
import { readScenarios } from './scenarios.js';
import type { DealInHand, StateOptions } from './state.js';

/** Options that say what the deals below are made of; NAME is an underlying class, NAME.NAME one of its own deal's. */
export interface UnderlyingOptions {
  underlying?: string[];
  underlyingState?: string[];
  underlyingScenario?: string[];
  leaveOut?: string;
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

/** A deal below, with what was read for it. */
interface Below {
  readonly owned: OwnedDeal;
  readonly data: OwnedDealData;
  readonly collateral: Collateral;
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
  const { deal: below, compiled, state: standing } = hand;
  const scenarios = scenario
    ? await readScenarios(below, scenario, [], collateral.deals, linesOf(collateral.data))
    : null;
  return {
    owned: { underlying, deal: below, compiled, state: standing, flows: collateral.table, scenarios },
    data: {
      ...collateral.data,
      document: hand.text,
      cutOffPool: formatMoney(hand.cutOffPool),
      state: hand.stateJson,
      ...(scenario ? { scenarios: await readText(scenario) } : {}),
    },
    collateral,
  };
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
  const { underlying: given, underlyingState, underlyingScenario, leaveOut, assumeZero = false } = options;
  const shared: UnderlyingOptions = {
    assumeZero,
    ...(given ? { underlying: given } : {}),
    ...(underlyingState ? { underlyingState } : {}),
    ...(underlyingScenario ? { underlyingScenario } : {}),
    ...(leaveOut ? { leaveOut } : {}),
  };
  const below: Below[] = [];
  for (const underlying of owner.deal.underlying) {
    below.push(await readBelow(owner, underlying, shared, level, read));
  }
  const owned = below.map((each) => each.owned);
  const notes = below.map(({ owned: { underlying, deal }, collateral }) => {
    return `${underlying.name}: class ${underlying.tranche} of ${deal.name} (${collateral.note})`;
  });
  return {
    lines: own?.lines ?? null,
    balance: owned.reduce((sum, each) => sum + ownedBalance(each), own?.balance ?? 0n),
    note: [...(own ? [own.note] : []), ...notes].join('; '),
    leftOut: [...(own?.leftOut ?? []), ...below.flatMap(({ collateral }) => collateral.leftOut)],
    deals: below.flatMap(({ owned: { deal }, collateral }) => [deal, ...(collateral.deals ?? [])]),
    data: {
      ...(own?.data ?? { lines: [] }),
      underlying: Object.fromEntries(below.map(({ owned: { underlying }, data }) => [underlying.name, data])),
    },
    table: flowsWithOwned(owner.deal, own?.table ?? null, owned, assumeZero),
  };
}
