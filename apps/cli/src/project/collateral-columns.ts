import { COLLATERAL_COLUMNS, type Unit } from '@weir/deal';
import { type CollateralTable, groupColumn } from '@weir/valuation';

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

/** The same of each collateral group, as GROUP.column, in the order of the groups. */
export function groupColumns({ columns }: CollateralTable): FigureColumn[] {
  const order = Object.keys(COLLATERAL_COLUMNS);
  const found = Object.entries(columns).flatMap(([name, values]) => {
    const of = groupColumn(name);
    return of !== null && values.some((value) => value !== 0) ? [{ ...of, name, values }] : [];
  });
  const groups = [...new Set(found.map(({ group }) => group))];
  return groups.flatMap((group) =>
    found
      .filter((one) => one.group === group)
      .sort((a, b) => order.indexOf(a.column) - order.indexOf(b.column))
      .map(({ name, column, values }) => ({ name, unit: COLLATERAL_COLUMNS[column], values })),
  );
}
