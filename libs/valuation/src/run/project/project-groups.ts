import { POOL_FLOW_COLUMNS, type PoolFlowColumn, type PoolFlows, type PoolLine, projectPool } from '@weir/collateral';
import type { Scenario } from '../../scenario/scenario.js';

/** A representative line of a collateral group, which may have assumptions of its own. */
export interface GroupedLine extends PoolLine {
  readonly group?: string;
}

/** Flows added up month by month. */
function added(all: readonly PoolFlows[]): PoolFlows {
  const months = all.reduce((most, flows) => Math.max(most, flows.months), 0);
  const columns = POOL_FLOW_COLUMNS.map((name): [PoolFlowColumn, Float64Array] => {
    const sum = new Float64Array(months);
    for (const flows of all) flows[name].forEach((amount, month) => (sum[month] = (sum[month] ?? 0) + amount));
    return [name, sum];
  });
  return { months, ...(Object.fromEntries(columns) as Record<PoolFlowColumn, Float64Array>) };
}

/** Names of the groups that lines belong to. */
export function groupsOf(lines: readonly GroupedLine[]): string[] {
  return [...new Set(lines.flatMap(({ group }) => group ?? []))];
}

/** The flows of a pool under a scenario: each group by its own assumptions, all others by the scenario's. */
export function projectGroups(
  lines: readonly GroupedLine[],
  { assumptions, groups }: Pick<Scenario, 'assumptions' | 'groups'>,
): PoolFlows {
  const own = groupsOf(lines).filter((group) => groups[group] !== undefined);
  if (own.length === 0) return projectPool(lines, assumptions);
  const rest = lines.filter(({ group }) => group === undefined || !own.includes(group));
  return added([
    projectPool(rest, assumptions),
    ...own.map((name) =>
      projectPool(
        lines.filter(({ group }) => group === name),
        groups[name] ?? assumptions,
      ),
    ),
  ]);
}
