import { describe, expect, it } from '@jest/globals';
import type { CollateralTable } from './collateral-table.js';
import { groupColumn } from './collateral-groups.js';
import { soldOn } from './collateral-table.js';
import { stressLosses } from './stressed-losses.js';

const table = (columns: Record<string, number[]>): CollateralTable => ({
  firstPeriod: 1,
  rows: 2,
  columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
});
const plain = ({ columns }: CollateralTable) =>
  Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, [...values]]));

describe('columns of collateral groups', () => {
  it('are known by the last part of their name', () => {
    expect(groupColumn('used/prime.poolClosing')).toEqual({ group: 'used/prime', column: 'poolClosing' });
    expect(['poolClosing', 'homeB.balance', '.poolClosing'].map(groupColumn)).toEqual([null, null, null]);
  });

  it('are stressed by their own default rates', () => {
    // All: 10 of 100 default, doubled 20: the rest pays 80 ÷ 90. Group g: 10 of 20, doubled all of it: nothing is left.
    const given = table({
      poolOpening: [100, 0],
      chargeOffs: [10, 0],
      principalCollected: [90, 0],
      'g.poolOpening': [20, 0],
      'g.chargeOffs': [10, 0],
      'g.principalCollected': [10, 0],
    });
    expect(plain(stressLosses(given, 2))).toMatchObject({
      chargeOffs: [20, 0],
      principalCollected: [80, 0],
      'g.chargeOffs': [20, 0],
      'g.principalCollected': [0, 0],
    });
  });

  it('end as those of the pool when it is sold', () => {
    const given = table({ 'g.poolClosing': [5, 4], 'g.principalCollected': [1, 1], other: [1, 1] });
    expect(plain(soldOn(given, 0, ['g.poolClosing', 'g.principalCollected']))).toEqual({
      'g.poolClosing': [0, 0],
      'g.principalCollected': [1, 0],
      other: [1, 1],
    });
  });
});
