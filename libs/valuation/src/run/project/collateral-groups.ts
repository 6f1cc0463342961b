import { addFlows, type PoolFlows } from '@weir/collateral';
import { COLLATERAL_COLUMNS, type CollateralColumn } from '@weir/deal';
import type { CompiledDeal } from '@weir/waterfall';
import { groupAndAbove } from '../../scenario/scenario.js';
import { type CollateralTable, tableOfPool } from './collateral-table.js';
import type { GroupedFlows, GroupFlows } from './project-groups.js';

type Columns = CollateralTable['columns'];

/** A column of a collateral group, `used.poolClosing`: its group and its column; null for every other name. */
export function groupColumn(name: string): { readonly group: string; readonly column: CollateralColumn } | null {
  const dot = name.lastIndexOf('.');
  const column = name.slice(dot + 1);
  if (dot < 1 || !(column in COLLATERAL_COLUMNS)) return null;
  return { group: name.slice(0, dot), column: column as CollateralColumn };
}

const named = (group: string, columns: Columns): Columns =>
  Object.fromEntries(Object.entries(columns).map(([column, values]) => [`${group}.${column}`, values]));

/** Flows by group, those of a group that others are part of with theirs: `used` has all of `used/prime`. */
function flowsByGroup(groups: GroupFlows): Map<string, PoolFlows> {
  const members = new Map<string, PoolFlows[]>();
  for (const [name, flows] of groups) {
    if (name === '') continue;
    for (const above of groupAndAbove(name)) members.set(above, [...(members.get(above) ?? []), flows]);
  }
  return new Map([...members].map(([name, of]) => [name, addFlows(of)]));
}

const isGrouped = (flows: PoolFlows): flows is GroupedFlows => 'groups' in flows;

/**
 * A pool by collection period, as `tableOfPool`, and beside it the columns of each collateral group as GROUP.column. Each group
 * is in whole cents by itself. A group that the deal declares and no line is of has nothing.
 */
export function tableOfGroups(
  compiled: CompiledDeal,
  flows: PoolFlows | GroupedFlows,
  firstPeriod: number,
  declared: readonly string[] = [],
): CollateralTable {
  const table = tableOfPool(compiled, flows, firstPeriod);
  if (!isGrouped(flows)) return table;
  const found = flowsByGroup(flows.groups);
  const none = addFlows([]);
  const all = [...new Set([...declared, ...found.keys()])];
  const columns = all.map((group) =>
    named(group, tableOfPool(compiled, found.get(group) ?? none, firstPeriod).columns),
  );
  return { ...table, columns: Object.assign({}, table.columns, ...columns) as Columns };
}

/** Does the same with the pool's columns and with those of each group, under their plain names. */
export function eachGroup(table: CollateralTable, change: (part: CollateralTable) => CollateralTable): CollateralTable {
  const parts = new Map<string | null, Record<string, Float64Array>>();
  for (const [name, values] of Object.entries(table.columns)) {
    const of = groupColumn(name);
    const part = parts.get(of?.group ?? null) ?? {};
    part[of?.column ?? name] = values;
    parts.set(of?.group ?? null, part);
  }
  const columns = [...parts].map(([group, part]) => {
    const changed = change({ ...table, columns: part }).columns;
    return group === null ? changed : named(group, changed);
  });
  return { ...table, columns: Object.assign({}, ...columns) as Columns };
}
