import { DateFormatError, parseDate } from '@weir/calendar';
import { countryCode } from './country.js';

/** The facts of an investor's KYC record, as entered by one compliance officer and decided by another. */
export interface InvestorFacts {
  readonly legalName: string;
  /** ISO 3166-1 alpha-2 code of the country of tax residence. */
  readonly country: string;
  /** Chain account (20 bytes, 0x-prefixed) that will hold the tranche tokens. */
  readonly account: string;
  /** Last day on which the KYC record is valid (YYYY-MM-DD). */
  readonly kycValidUntil: string;
  /** Last day on which the account may not send (a lock-up; the sponsor's residual has one), or null. */
  readonly lockedUntil: string | null;
  readonly category: InvestorCategory;
  /** Tax withheld from interest, in basis points (1/10,000): the investor's rate under its treaty; 0 for none. */
  readonly withholdingBps: number;
}

/** Who may be offered the notes: the categories a private placement distinguishes. */
export type InvestorCategory = 'qualified-institutional-buyer' | 'accredited' | 'non-us-person';

/** The bit that each category has in the registry's packed status slot. */
export const CATEGORY_BITS: Readonly<Record<InvestorCategory, number>> = {
  'qualified-institutional-buyer': 1,
  accredited: 2,
  'non-us-person': 4,
};

/** One thing wrong with a KYC record, with the field it is about. */
export interface FactFault {
  readonly field: keyof InvestorFacts;
  readonly message: string;
}

/** A KYC record that cannot be taken: every fault is listed at once. */
export class InvestorFactsInvalid extends Error {
  constructor(readonly faults: readonly FactFault[]) {
    super(`The KYC record is not complete: ${faults.map((f) => `${f.field}: ${f.message}`).join('; ')}`);
    this.name = 'InvestorFactsInvalid';
  }
}

function isDay(text: string): boolean {
  try {
    return parseDate(text) === text;
  } catch (error) {
    if (error instanceof DateFormatError) return false;
    throw error;
  }
}

/**
 * Checks a KYC record and reports all faults at once.
 * @param today the date of the check (YYYY-MM-DD); a record that has already run out is refused.
 * @throws InvestorFactsInvalid
 */
export function checkInvestorFacts(facts: InvestorFacts, today: string): void {
  const faults: FactFault[] = [];
  const fault = (field: keyof InvestorFacts, message: string) => faults.push({ field, message });
  if (facts.legalName.trim().length < 2) fault('legalName', 'give the legal name as registered');
  if (countryCode(facts.country) === null) fault('country', 'give the ISO 3166-1 alpha-2 code, for example US');
  if (!/^0x[0-9a-fA-F]{40}$/.test(facts.account)) fault('account', 'give a 20-byte account, 0x and 40 hex digits');
  if (!isDay(facts.kycValidUntil)) fault('kycValidUntil', 'give a date as YYYY-MM-DD');
  else if (facts.kycValidUntil < today) fault('kycValidUntil', `lies before ${today}; renew the KYC record first`);
  if (facts.lockedUntil !== null && !isDay(facts.lockedUntil))
    fault('lockedUntil', 'give a date as YYYY-MM-DD, or null for no lock-up');
  if (!Object.hasOwn(CATEGORY_BITS, facts.category))
    fault('category', `give one of ${Object.keys(CATEGORY_BITS).join(', ')}`);
  const { withholdingBps } = facts;
  if (!Number.isInteger(withholdingBps) || withholdingBps < 0 || withholdingBps > 10_000)
    fault('withholdingBps', 'give whole basis points, 0 to 10000 (1500 is 15 %)');
  if (faults.length > 0) throw new InvestorFactsInvalid(faults);
}
