import type { Deal } from '@weir/deal';
import { nameText, spoken } from './words.js';

/** Who deposits what of a group's items: the servicer what is reported; others by hedge, facility or call. */
export function depositors(deal: Deal, items: readonly string[]): [party: string, items: string[]][] {
  const found = new Map<string, string[]>();
  for (const name of items) {
    const [base = ''] = name.split('.');
    const by =
      deal.hedges.find((hedge) => hedge.name === base)?.counterparty ??
      deal.facilities.find((facility) => facility.name === base)?.provider ??
      deal.calls.find((call) => call.name === base)?.by ??
      'servicer';
    found.set(by, [...(found.get(by) ?? []), nameText(name)]);
  }
  return [...found].map(([party, names]) => [spoken(party), names]);
}
