import { AS_SCHEDULED, type PoolFlows, type PoolLine, projectPool } from '@weir/collateral';
import type { Deal } from '@weir/deal';
import {
  type CollateralTable,
  type CsvTable,
  type DealProjection,
  parseScenario,
  projectDeal,
  trancheMetrics,
} from '@weir/valuation';
import { type CompiledDeal, compileProjection, type Projection } from '@weir/waterfall';
import { dealOf } from './replayed.js';

/** A deal that is ready to be projected many times. */
export interface Projectable {
  readonly deal: Deal;
  readonly compiled: CompiledDeal;
  readonly projection: Projection;
}

export function projectable(folder: string): Projectable {
  const { deal, compiled } = dealOf(folder);
  return { deal, compiled, projection: compileProjection(compiled.program) };
}

/** The flows of an agency pool at a multiple of PSA. */
export const flowsAtPsa = (lines: readonly PoolLine[], psa: number): PoolFlows =>
  projectPool(lines, { ...AS_SCHEDULED, prepayment: { model: 'PSA', speed: psa / 100 } });

/** A projection from closing; calls as the scenario text says. */
export function projectionOf(of: Projectable, flows: PoolFlows | CollateralTable, scenarioText = 'prepayment: none') {
  const [scenario] = parseScenario(scenarioText).scenarios;
  if (!scenario) throw new TypeError('the scenario has errors');
  return projectDeal({ ...of, flows, scenario });
}

/** Average life of each class in years, to so many decimals. */
export function livesOf({ deal }: Projectable, projection: DealProjection, decimals: number): Record<string, string> {
  const lives = projection.tranches.map((tranche) => {
    const { averageLife } = trancheMetrics(deal, projection, tranche);
    return [tranche.name, (averageLife ?? 0).toFixed(decimals)] as const;
  });
  return Object.fromEntries(lives);
}

/**
 * Balances of a class after each payment date as shares of its original. A life of principal that is rounded to the cent month
 * by month can leave some cents at the end: less than a unit of the currency is nothing.
 */
export function sharesOf(projection: DealProjection, name: string): number[] {
  const [original] = projection.figure(`${name}.original`);
  return [...projection.figure(`${name}.closing`)].map((balance) => (balance < 100 ? 0 : balance / (original ?? 0)));
}

/** Rows of a published table as records. */
export const recordsOf = ({ columns, rows }: CsvTable): Record<string, string>[] =>
  rows.map(({ cells }) => Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])));
