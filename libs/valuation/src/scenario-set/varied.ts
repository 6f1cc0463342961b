import type { CollateralData } from './deal-data.js';
import type { ScenarioSet } from './plan.js';

const AXES = ['prepayment', 'default', 'severity'] as const;
export type LoanAxis = (typeof AXES)[number];

/** Assumptions of loans that the members of a set differ in. */
export function variedOf(set: ScenarioSet): LoanAxis[] {
  if (set.kind === 'list') return [];
  const values = set.kind === 'grid' ? set.axes : set;
  return AXES.filter((axis) => axis in values);
}

/** Whether collections from elsewhere are among a deal's collateral, however deep. */
export function hasCollections({ collections, underlying = {} }: CollateralData): boolean {
  return collections !== undefined || Object.values(underlying).some(hasCollections);
}

/**
 * Why a set cannot vary what it does over its collateral: what collections give is given, and of loans' assumptions only their
 * default rate can be multiplied. None when it can.
 */
export function collateralFaults(set: ScenarioSet, data: CollateralData): string[] {
  if (!hasCollections(data)) return [];
  return variedOf(set)
    .filter((axis) => axis !== 'default')
    .map(
      (axis) =>
        `it varies ${axis}, and collections from elsewhere say nothing of how they change with it: leave it out, or give the ` +
        'loans instead',
    );
}
