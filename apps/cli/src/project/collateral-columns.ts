import { COLLATERAL_COLUMNS, type Unit } from '@weir/deal';
import type { CollateralTable } from '@weir/valuation';

/** A figure by projected payment date: money in cents, rates and ratios as fractions. */
export interface FigureColumn {
  readonly name: string;
  readonly unit: Unit;
  readonly values: Float64Array;
}

/** The collateral's own columns in which there is anything, in the order of the reference. */
export function collateralColumns({ columns }: CollateralTable): FigureColumn[] {
  return Object.entries(COLLATERAL_COLUMNS).flatMap(([name, unit]) => {
    const values = columns[name];
    return values?.some((value) => value !== 0) ? [{ name, unit, values }] : [];
  });
}
