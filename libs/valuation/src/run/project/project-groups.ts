import { addMonths, monthsBetween, type PlainDate } from '@weir/calendar';
import {
  checkLine,
  type IndexCurves,
  type LoanColumns,
  loanColumns,
  type PoolAssumptions,
  type PoolFlows,
  type PoolLine,
  projectLoans,
} from '@weir/collateral';
import type { CompiledDeal } from '@weir/waterfall';
import { groupAndAbove, rateOn, type Scenario } from '../../scenario/scenario.js';

/** A loan or a representative line of a collateral group, which may have assumptions of its own. */
export interface GroupedLine extends PoolLine {
  readonly group?: string;
}

/** Names of the groups that lines belong to, each after those that it is part of: `used/prime` after `used`. */
export function groupsOf(lines: readonly GroupedLine[]): string[] {
  const own = new Set(lines.flatMap(({ group }) => group ?? []));
  return [...new Set([...own].flatMap(groupAndAbove))];
}

/** Names of the indices that lines follow: adjustable rates, and the yields that yield maintenance reckons by. */
export function indicesOf(lines: readonly GroupedLine[]): string[] {
  return [...new Set(lines.flatMap(({ adjustable, protection }) => [adjustable?.index, protection?.index]))].filter(
    (name) => name !== undefined,
  );
}

/** Lines as columns, made once for all scenarios; every group is a segment, and the first those lines that have none. */
interface Columns {
  readonly names: readonly (string | undefined)[];
  readonly pool: LoanColumns;
}
const made = new WeakMap<readonly GroupedLine[], Columns>();

function columnsOf(lines: readonly GroupedLine[]): Columns {
  const known = made.get(lines);
  if (known) return known;
  lines.forEach(checkLine);
  const names = [undefined, ...new Set(lines.flatMap(({ group }) => group ?? []))];
  const places = new Map(names.map((name, index) => [name, index]));
  const columns = { names, pool: loanColumns(lines, ({ group }: GroupedLine) => places.get(group) ?? 0) };
  made.set(lines, columns);
  return columns;
}

type Futures = Pick<Scenario, 'assumptions' | 'groups'> & Partial<Pick<Scenario, 'rates'>>;

/** What a scenario assumes of a group: its own, else that of the nearest group it is part of, else that of the pool. */
function assumptionsOf(group: string | undefined, { assumptions, groups }: Futures): PoolAssumptions {
  const named = group === undefined ? [] : groupAndAbove(group);
  return named.reduce((found, name) => groups[name] ?? found, assumptions);
}

/** The months that a projection's indices are looked up in: their first day and their payment date, from 0. */
export type ProjectedMonths = readonly { readonly date: PlainDate; readonly period: number }[];

/** Months from the first projected collection period on, until the last of the deal. */
export function projectedMonths({ periods }: Pick<CompiledDeal, 'periods'>, firstPeriod = 1): ProjectedMonths {
  const start = `${periods[firstPeriod - 1]?.collectionFrom.slice(0, 7)}-01`;
  return periods.slice(firstPeriod - 1).flatMap(({ collectionFrom, collectionTo }, period) => {
    const first = monthsBetween(start, `${collectionFrom.slice(0, 7)}-01`);
    const months = monthsBetween(`${collectionFrom.slice(0, 7)}-01`, `${collectionTo.slice(0, 7)}-01`) + 1;
    return Array.from({ length: months }, (_, month) => ({ date: addMonths(start, first + month), period }));
  });
}

/** Indices by projected month; without the deal's months, a payment date is a month, and dated curves stand still. */
function indexCurves({ rates = {} }: Futures, months: ProjectedMonths | undefined): IndexCurves {
  const curve = (path: Scenario['rates'][string]): readonly number[] => {
    if (months) return months.map(({ date, period }) => rateOn(path, period, date));
    return path.kind === 'by-period' ? path.values : path.points.slice(0, 1).map(({ rate }) => rate);
  };
  return Object.fromEntries(Object.entries(rates).map(([name, path]) => [name, curve(path)]));
}

/** Flows of each group by name; those of lines without one stand under `''`. */
export type GroupFlows = ReadonlyMap<string, PoolFlows>;

/**
 * The flows of a pool under a scenario, loan by loan, by group and in all: each group by its own assumptions, all others by
 * the scenario's. `months` say which rates of the scenario the adjustable lines meet, and how many days they have.
 * @throws PoolLineInvalid @throws PoolAssumptionInvalid @throws IndexMissing @throws FirstMonthMissing
 */
export function projectSegments(
  lines: readonly GroupedLine[],
  scenario: Futures,
  months?: ProjectedMonths,
): { readonly groups: GroupFlows; readonly pool: PoolFlows } {
  const { names, pool } = columnsOf(lines);
  const assumed = names.map((name) => assumptionsOf(name, scenario));
  const flows = projectLoans(pool, assumed, indexCurves(scenario, months), months?.[0]?.date);
  const groups = new Map(flows.segments.map((each, index) => [names[index] ?? '', each]));
  return { groups, pool: flows.pool };
}

/** Flows of a pool that know those of its groups. */
export type GroupedFlows = PoolFlows & { readonly groups: GroupFlows };

/** The flows of a pool under a scenario, all groups added up, with those of the groups; see `projectSegments`. */
export function projectGroups(
  lines: readonly GroupedLine[],
  scenario: Futures,
  months?: ProjectedMonths,
): GroupedFlows {
  const { groups, pool } = projectSegments(lines, scenario, months);
  return { ...pool, groups };
}
