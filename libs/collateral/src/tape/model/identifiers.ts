import { COUNTRY_CODES } from './iso-codes.js';

/** Identifiers of which a template says the form. */
export type IdentifierForm = 'lei' | 'region';

/** The form that a field of a template has by its name; null of a text that is free. */
export function identifierForm(name: string): IdentifierForm | null {
  if (name.endsWith('LegalEntityIdentifier')) return 'lei';
  return /^geographicRegion(?!Classification)/.test(name) ? 'region' : null;
}

const LEI = /^[0-9A-Z]{18}\d\d$/;

/**
 * Whether a text is a legal entity identifier: ISO 17442, twenty characters of which the last two are check digits by
 * ISO/IEC 7064 MOD 97-10: the number that it makes with A as 10 to Z as 35 leaves 1 when divided by 97.
 */
export function isLei(text: string): boolean {
  if (!LEI.test(text)) return false;
  let rest = 0;
  for (const character of text) {
    const value = parseInt(character, 36);
    rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
  }
  return rest === 1;
}

/** Countries by which regions begin that are not those of ISO 3166-1: Greece, the United Kingdom and its own regions. */
const OF_REGIONS = ['EL', 'UK', 'TL'];
const COUNTRIES = new Set([...COUNTRY_CODES, ...OF_REGIONS]);
const REGION = /^([A-Z]{2})[0-9A-Z]{0,3}$/;

/** Whether a text has the form of a region of the nomenclature NUTS: a country and at most three characters more. */
export function isRegion(text: string): boolean {
  return COUNTRIES.has(REGION.exec(text)?.[1] ?? '');
}
