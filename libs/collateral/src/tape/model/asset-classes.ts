import type { Vocabulary } from '../source/vocabulary.js';
import { isEsmaCode } from '../source/vocabulary.js';
import { AUTO_EXPOSURE } from './auto-exposure.js';
import { AUTO_LEASE } from './auto-lease.js';
import { AUTO_LOAN } from './auto-loan.js';
import { COMMERCIAL_MORTGAGE } from './commercial-mortgage.js';
import { CONSUMER_LOAN } from './consumer-loan.js';
import { EQUIPMENT_LEASE } from './equipment-lease.js';
import { wordsOf, type AssetClass, type Field } from './field.js';
import { RESIDENTIAL_MORTGAGE } from './residential-mortgage.js';
import { TRADE_RECEIVABLE } from './trade-receivable.js';

/** The platform's loan model: a list of fields per asset class. */
export const ASSET_CLASSES: readonly AssetClass[] = [
  AUTO_LOAN,
  AUTO_LEASE,
  AUTO_EXPOSURE,
  RESIDENTIAL_MORTGAGE,
  COMMERCIAL_MORTGAGE,
  CONSUMER_LOAN,
  EQUIPMENT_LEASE,
  TRADE_RECEIVABLE,
];

/** An asset class by its name; null when there is none. */
export function assetClassNamed(name: string): AssetClass | null {
  return ASSET_CLASSES.find((one) => one.name === name) ?? null;
}

/** A name as it is compared: letters and digits, lower case. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The names a field goes by: its own, its title, its ESMA code and what servicers call it. */
export function namesOf(field: Field): string[] {
  const esma = field.esma === null ? [] : [field.esma];
  return [...new Set([field.name, field.title, wordsOf(field.name), ...esma, ...field.synonyms])];
}

const KNOWN = new Set(ASSET_CLASSES.flatMap(({ fields }) => fields.flatMap(namesOf)).map(plainName));

/** How many of some names are standard names (element or code) of a class. */
export function standardNames(one: AssetClass, names: readonly string[]): number {
  const known = new Set(one.fields.flatMap(({ name, esma }) => (esma === null ? [name] : [name, esma])));
  return names.filter((name) => known.has(name)).length;
}

/** The names of every asset class, as a source needs them. */
export const LOAN_VOCABULARY: Vocabulary = {
  knows: (name) => isEsmaCode(name) || KNOWN.has(plainName(name)),
  completed: (names) => {
    const [best] = ASSET_CLASSES.map((one) => ({ one, met: standardNames(one, names) })).sort((a, b) => b.met - a.met);
    if (best === undefined || best.met * 2 < names.length) return [];
    // A file of codes has no more than its template; what the model has beyond it comes under other names.
    if (names.some(isEsmaCode)) return best.one.fields.flatMap(({ esma }) => esma ?? []);
    return best.one.fields.flatMap(({ name, own }) => (own ? [] : [name]));
  },
};
