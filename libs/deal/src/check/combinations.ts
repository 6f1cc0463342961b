import { formatRate, RATE_SCALE } from '@weir/money';
import type { Deal } from '../model.js';
import type { Report } from './finding.js';

/** All combinations together exchange at most the whole of a class. */
export function checkCombinations(deal: Deal, report: Report): void {
  const exchanged = new Map<string, bigint>();
  for (const combination of deal.combinations) {
    if (report.isBroken(`combinations.${combination.name}`)) continue;
    for (const { tranche, share } of combination.of) {
      const before = exchanged.get(tranche) ?? 0n;
      const total = before + share;
      exchanged.set(tranche, total);
      if (total <= RATE_SCALE || before > RATE_SCALE) continue;
      const message = `the combinations up to ${combination.name} exchange ${formatRate(total)} of ${tranche}`;
      const path = `combinations.${combination.name}.${tranche}`;
      report.warn(combination, path, 'exchanged', `${message}; not all of them can be held at the same time`);
    }
  }
}
