import { CURRENCIES, type Currency, decimalsOfOther } from '../currencies.js';
import { type Deal, type PartyRole, PARTY_ROLES } from '../model.js';
import type { Cursor } from '../source/cursor.js';

/** The currency. One that cannot be is reported once: amounts that are written in it have no fault of their own. */
function readCurrency(cursor: Cursor): Currency {
  const code = cursor.text();
  const decimals = decimalsOfOther(code.toUpperCase());
  const has = decimals === 0 ? 'no decimals' : `${decimals} decimals`;
  if (decimals !== null) {
    cursor.error('choice', `${code} has ${has}; a deal is in a currency with two decimals, like USD or EUR`);
  }
  const found = decimals === null ? cursor.choice(CURRENCIES) : CURRENCIES[0];
  return /^[A-Z]{3}$/.test(code) ? (code as Currency) : found;
}

/** The currency in which amounts are read: the deal's, or where that has a fault the one that they are written in. */
export function currencyOfAmounts({ currency }: Pick<Deal, 'currency'>, text: string, { findings }: Cursor): string {
  if (!findings.isBroken('deal.currency')) return currency;
  return /\d\.\d\d ([A-Z]{3})\b/.exec(text)?.[1] ?? currency;
}

/** Name, currency and roundings of the `deal:` block. */
export function readHead(cursor: Cursor): Pick<Deal, 'name' | 'currency' | 'rounding' | 'shares'> {
  const fields = cursor.fields(['name', 'currency', 'rounding'], ['shares']);
  return {
    name: fields.name.text(),
    currency: readCurrency(fields.currency),
    rounding: fields.rounding.choice(['half-up', 'down', 'up']),
    shares: fields.shares?.choice(['down', 'half-up']) ?? 'down',
  };
}

/** The five roles and every other party by its name; whom a step, a fee or a hedge pays is one of them. */
export function readParties(cursor: Cursor): Deal['parties'] {
  const entries = cursor.entries();
  const parties: Record<string, string> = {};
  for (const { name, value } of entries) parties[name] = value.text();
  for (const role of PARTY_ROLES) {
    if (entries.length > 0 && parties[role] === undefined)
      cursor.error('missing-field', `"${role}" is missing in ${cursor.path}`);
  }
  return parties as Record<PartyRole, string> & Record<string, string>;
}
