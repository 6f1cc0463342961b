import type { Deal } from '@weir/deal';
import type { CompiledDeal } from '@weir/waterfall';
import type { Scenario } from '../../scenario/scenario.js';
import { collectionsTable } from '../files/collections-file.js';
import type { CsvTable } from '../text/csv.js';
import { tableOfGroups } from './collateral-groups.js';
import type { CollateralTable } from './collateral-table.js';
import { type GroupedLine, projectedMonths, projectGroups } from './project-groups.js';
import { checkScalable, stressLosses } from './stressed-losses.js';

/** What a deal's collateral gives by payment date under a scenario, from `firstPeriod` on. */
export type CollateralFlows = (compiled: CompiledDeal, scenario: Scenario, firstPeriod: number) => CollateralTable;

/** Makes a value anew only when the deal or its first period is another: sets ask for the same one thousands of times. */
function keptFor<T>(make: (compiled: CompiledDeal, firstPeriod: number) => T): typeof make {
  let known: { compiled: CompiledDeal; firstPeriod: number; value: T } | null = null;
  return (compiled, firstPeriod) => {
    if (known?.compiled !== compiled || known.firstPeriod !== firstPeriod)
      known = { compiled, firstPeriod, value: make(compiled, firstPeriod) };
    return known.value;
  };
}

/** Flows of loans or representative lines, with those of their groups. @throws as `projectGroups` */
export function flowsOfLines({ collateralGroups }: Deal, lines: readonly GroupedLine[]): CollateralFlows {
  const monthsOf = keptFor(projectedMonths);
  return (compiled, scenario, firstPeriod) => {
    const flows = projectGroups(lines, scenario, monthsOf(compiled, firstPeriod));
    return tableOfGroups(compiled, flows, firstPeriod, collateralGroups);
  };
}

/**
 * Collections from elsewhere: what they give is given, whatever a scenario assumes of loans. A member of a set that multiplies
 * defaults has their default rates multiplied, as `stressLosses` does. @throws InputInvalid @throws LossesNotScalable
 */
export function flowsOfCollections(deal: Deal, table: CsvTable): CollateralFlows {
  const givenFor = keptFor((compiled, firstPeriod) => collectionsTable(compiled, table, firstPeriod));
  return (compiled, { member }, firstPeriod) => {
    const given = givenFor(compiled, firstPeriod);
    const times = member?.stress.default ?? 1;
    if (times === 1) return given;
    checkScalable(deal, given);
    return stressLosses(given, times);
  };
}
