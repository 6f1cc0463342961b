import type { PoolLine } from '@weir/collateral';
import { averageLife, type DealProjection, decrementText, securityFlows } from '@weir/valuation';
import { flowsAtPsa, type Projectable, projectable, projectionOf, recordsOf, sharesOf } from './projected.js';
import { tableOf } from './replayed.js';

/** An agency REMIC group of this folder with the loans that its supplement assumes. */
export interface AgencyTie {
  readonly folder: string;
  readonly deal: Projectable;
  /** Days by which the supplement counts less than 30/360 to each payment date. */
  readonly daysLess: number;
  readonly linesAt: (psa: number) => readonly PoolLine[];
}

export function agencyTie(folder: string, linesAt: AgencyTie['linesAt'], daysLess = 0): AgencyTie {
  return { folder, deal: projectable(folder), linesAt, daysLess };
}

export const projectedAt = ({ deal, linesAt }: AgencyTie, psa: number): DealProjection =>
  projectionOf(deal, flowsAtPsa(linesAt(psa), psa));

/** Average lives in years to one decimal, as a supplement prints them: those published and those projected. */
export function livesAt(
  tie: AgencyTie,
  psa: number,
): { published: Record<string, string>; found: Record<string, string> } {
  const rows = recordsOf(tableOf(tie.folder, 'published-lives'));
  const projection = projectedAt(tie, psa);
  const found = rows.map((row) => {
    const tranche = projection.tranches.find(({ name }) => name === row['class']);
    const flows = tranche ? securityFlows(projection, tranche) : null;
    const life = flows ? averageLife(flows, tie.deal.deal.closingDate) : null;
    return [row['class'] ?? '', ((life ?? 0) - tie.daysLess / 360).toFixed(1)] as const;
  });
  const published = rows.map((row) => [row['class'] ?? '', row[String(psa)] ?? ''] as const);
  return { published: Object.fromEntries(published), found: Object.fromEntries(found) };
}

/** Cells of the published decrement table at a speed that differ from the projection; empty cells are not compared. */
export function decrementsAt(tie: AgencyTie, psa: number): { compared: number; different: object[] } {
  const projection = projectedAt(tie, psa);
  const table = tableOf(tie.folder, 'published-decrements');
  const firstYear = Number(tie.deal.deal.closingDate.slice(0, 4));
  const rows = recordsOf(table).filter((row) => row['psa'] === String(psa));
  const cells = rows.flatMap((row) => {
    const name = row['class'] ?? '';
    const shares = sharesOf(projection, name);
    return table.columns.slice(2).flatMap((year) => {
      const published = row[year];
      const found = shares[12 * (Number(year) - firstYear) - 1] ?? 0;
      return published ? [{ name, year, published, found }] : [];
    });
  });
  return {
    compared: cells.length,
    different: cells.filter(({ published, found }) => decrementText(found) !== published),
  };
}
