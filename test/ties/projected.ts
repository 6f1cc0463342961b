import { AS_SCHEDULED, type PoolFlows, type PoolLine, projectPool } from '@weir/collateral';
import type { Deal } from '@weir/deal';
import {
  type CollateralTable,
  type CsvTable,
  type DealProjection,
  decrementText,
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

/** Balance of a class after a payment date (from 1) as a share of its original, and as a decrement table prints it. */
export function outstanding(projection: DealProjection, name: string, period: number): { share: number; text: string } {
  const tranche = projection.tranches.find((other) => other.name === name);
  if (!tranche) throw new TypeError(`the deal has no class ${name}`);
  const balance = tranche.closing[period - 1] ?? 0;
  // A year's principal that was rounded to the cent month by month can leave some cents at the end.
  const share = balance < 100 ? 0 : balance / tranche.original;
  return { share, text: decrementText(share) };
}

/** Rows of a published table as records. */
export const recordsOf = ({ columns, rows }: CsvTable): Record<string, string>[] =>
  rows.map(({ cells }) => Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])));
