import { type Deal, type Diagnostic, parseDeal, type Step } from '@weir/deal';
import { formatMoney, parseMoney } from '@weir/money';
import { type CompiledDeal, compileText } from '@weir/waterfall';
import { closingState, type DealState, readState } from '../run/files/state-file.js';
import { type CollateralFlows, flowsOfCollections, flowsOfLines } from '../run/project/collateral-flows.js';
import { type GroupedLine, indicesOf } from '../run/project/project-groups.js';
import { readCsv } from '../run/text/csv.js';
import { flowsWithOwned, type OwnedDeal, ownedBalance } from '../run/underlying/owned-deals.js';
import { parseScenario } from '../scenario/parse-scenario.js';
import type { KnownNames } from '../scenario/read-parts.js';
import { SetRequestInvalid } from './errors.js';

/** What a deal's collateral is, as plain data that JSON keeps. */
export interface CollateralData {
  /** Loans or representative lines; empty where the collateral is something else. */
  readonly lines: readonly GroupedLine[];
  /** Text of collections from elsewhere (CSV), a row a payment date. */
  readonly collections?: string;
  /** Deals whose classes it owns, by the name that its document has for each. */
  readonly underlying?: Readonly<Record<string, OwnedDealData>>;
}

/** A deal with all that its flows depend on, as plain data that JSON keeps. */
export interface DealData extends CollateralData {
  /** Text of the deal document. */
  readonly document: string;
  /** Pool at the cut-off date that the deal is compiled over, in units of the currency: "183639404.43". */
  readonly cutOffPool: string;
  /** Where the deal stands, as `writeState` gives it; null at closing. */
  readonly state: unknown;
}

/** A deal whose class another one owns. */
export interface OwnedDealData extends DealData {
  /** Text of a scenario file, futures of its own; those of the owner when there is none. */
  readonly scenarios?: string;
}

/** A deal that was opened from its data. */
export interface OpenedDeal {
  readonly deal: Deal;
  readonly compiled: CompiledDeal;
  readonly state: DealState;
  /** Null where lines are all that there is. */
  readonly flows: CollateralFlows | null;
}

const errorsOf = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics.filter(({ severity }) => severity === 'error');

function dealOf({ document }: DealData): Deal {
  const { deal, diagnostics } = parseDeal(document);
  const errors = errorsOf(diagnostics);
  if (!deal || errors.length > 0) throw new SetRequestInvalid('the deal document', errors);
  return deal;
}

/** Steps and those inside `if` steps. */
function stepNames(steps: readonly Step[]): string[] {
  return steps.flatMap(({ id, action }) =>
    action.kind === 'if' ? [id, ...stepNames(action.then), ...stepNames(action.otherwise)] : [id],
  );
}

/** Names of a deal, of deals whose classes it owns, and of its loans' indices, that a scenario may speak of. */
export function knownNames(
  deal: Deal,
  owned: readonly Deal[],
  lines: readonly GroupedLine[],
): Required<Omit<KnownNames, 'groups'>> {
  const all = [deal, ...owned];
  const items = all.flatMap(({ report }) => report.map(({ name }) => name));
  return {
    inputs: items,
    rates: [...items, ...indicesOf(lines)],
    calls: all.flatMap(({ calls }) => calls.map(({ name }) => name)),
    steps: all.flatMap(({ priorities }) => priorities.flatMap(({ steps }) => stepNames(steps))),
    classes: [...deal.tranches, ...deal.combinations].map(({ name }) => name),
  };
}

/** A deal's data and those of all that it owns, however deep, itself first. */
function withOwned(data: DealData): DealData[] {
  return [data, ...Object.values(data.underlying ?? {}).flatMap(withOwned)];
}

/** Loans and lines of a deal and of all that it owns, however deep. */
export function linesOf({ lines, underlying = {} }: CollateralData): GroupedLine[] {
  return [...lines, ...Object.values(underlying).flatMap(linesOf)];
}

/** Names that the scenarios over a deal's data may speak of. @throws SetRequestInvalid when a document has errors */
export function namesKnownTo(data: DealData): KnownNames {
  const [, ...owned] = withOwned(data);
  return knownNames(dealOf(data), owned.map(dealOf), linesOf(data));
}

function futuresOf(data: OwnedDealData): OwnedDeal['scenarios'] {
  if (data.scenarios === undefined) return null;
  const { scenarios, diagnostics } = parseScenario(data.scenarios, namesKnownTo(data));
  if (scenarios.length === 0) throw new SetRequestInvalid('a scenario file', errorsOf(diagnostics));
  return scenarios;
}

/** The deals whose classes a deal owns. @throws SetRequestInvalid when one that the document names is not given */
function ownedOf(deal: Deal, { underlying = {} }: CollateralData, assumeZero: boolean): OwnedDeal[] {
  return deal.underlying.map((each) => {
    const data = underlying[each.name];
    if (!data) {
      const place = { line: each.line, column: each.column, path: `collateral.underlying.${each.name}` };
      const message = `the deal owns a class of "${each.deal}": give that deal and its collateral as "${each.name}"`;
      throw new SetRequestInvalid('the deal document', [{ ...place, severity: 'error', code: 'underlying', message }]);
    }
    const opened = openDeal(data, assumeZero);
    const flows = opened.flows ?? flowsOfLines(opened.deal, data.lines);
    return { ...opened, underlying: each, flows, scenarios: futuresOf(data) };
  });
}

/** Balance of lines, cents. */
const centsOf = (lines: readonly GroupedLine[]): bigint =>
  BigInt(Math.round(lines.reduce((sum, { balance }) => sum + balance, 0)));

/** Balance of lines, in units of the currency. */
export const balanceOf = (lines: readonly GroupedLine[]): string => formatMoney(centsOf(lines));

/**
 * What a deal's collateral comes to as it stands, in units of the currency: its lines and the owned shares of classes; null
 * where collections are all that there is, which do not say. @throws as `openDeal`
 */
export function collateralBalance(deal: Deal, data: CollateralData, assumeZero: boolean): string | null {
  if (data.lines.length === 0 && deal.underlying.length === 0) return null;
  const owned = ownedOf(deal, data, assumeZero).reduce((sum, each) => sum + ownedBalance(each), 0n);
  return formatMoney(centsOf(data.lines) + owned);
}

/** What gives the flows by payment date; null where lines are all that there is, of which the months suffice. */
function flowsOf(deal: Deal, data: DealData, assumeZero: boolean): CollateralFlows | null {
  const { lines, collections } = data;
  const given = collections === undefined ? null : flowsOfCollections(deal, readCsv(collections, 'the collections'));
  if (deal.underlying.length === 0) return given;
  const own = given ?? (lines.length > 0 ? flowsOfLines(deal, lines) : null);
  return flowsWithOwned(deal, own, ownedOf(deal, data, assumeZero), assumeZero);
}

/**
 * Opens a deal from its data: parses, compiles, reads its state. @throws SetRequestInvalid with every fault of a document or a
 * scenario file @throws InputInvalid
 */
export function openDeal(data: DealData, assumeZero: boolean): OpenedDeal {
  const { deal, compiled, diagnostics } = compileText(data.document, parseMoney(data.cutOffPool));
  if (!deal || !compiled) throw new SetRequestInvalid('the deal document', errorsOf(diagnostics));
  const state = data.state === null ? closingState(compiled) : readState(compiled, data.state, { assumeZero });
  return { deal, compiled, state, flows: flowsOf(deal, data, assumeZero) };
}
