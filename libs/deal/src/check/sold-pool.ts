import type { Deal } from '../model.js';
import { namesIn } from '../read/values.js';
import type { Report } from './finding.js';
import { namesBehind } from './names-behind.js';

/** Report items that a projection feeds with what is left of the collateral at the end of the collection period. */
function leftAtEnd(deal: Deal): Set<string> {
  const balances = deal.underlying.map(({ name }) => `${name}.balance`);
  const left = new Set(['poolClosing', ...balances]);
  const items = deal.report.filter(({ name, from }) =>
    (from ? namesIn(from.expression).map((use) => use.name) : [name]).some((column) => left.has(column)),
  );
  return new Set(items.map(({ name }) => name));
}

/**
 * A pool that is sold leaves nothing at the end of the period, in a projection always. A price that is made of what is left
 * would then be zero, and the pool given away.
 */
export function checkSoldPool(deal: Deal, report: Report): void {
  const left = leftAtEnd(deal);
  for (const call of deal.calls) {
    const path = `calls.${call.name}.price`;
    if (report.isBroken(path)) continue;
    const item = [...namesBehind(deal, call.price)].find((name) => left.has(name));
    if (item === undefined) continue;
    const message = `the price of ${call.name} is made of ${item}, which is zero on the date of the call, because the pool is sold then`;
    const hint = 'take what the pool was: its opening balance less principal collected and losses';
    report.warn(call.price, path, 'sold-pool', `${message}; ${hint}`);
  }
}
