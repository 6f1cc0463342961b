/** What the original amounts of a pool are, in units of the currency: the middle one of them, not each. */
export interface UsualAmounts {
  readonly title: string;
  readonly low: number;
  readonly high: number;
  /** Above it, amounts of which none has cents look like a count of cents. */
  readonly highWithoutCents: number;
  /** Amounts that would be below it if they were cents are whole units, however wide `low` is. */
  readonly lowAsCents: number;
}

/**
 * What is usual by asset class. Wide on purpose: a pool outside it is of another asset class, or written in another unit
 * than it is read in. Amounts in money of which a unit is worth far less than a dollar are not judged by it.
 */
export const USUAL_AMOUNTS: Readonly<Record<string, UsualAmounts>> = {
  'auto-loan': { title: 'automobile loans', low: 300, high: 200_000, highWithoutCents: 90_000, lowAsCents: 2_000 },
  'auto-lease': { title: 'automobile leases', low: 1_000, high: 300_000, highWithoutCents: 120_000, lowAsCents: 3_000 },
  'auto-exposure': {
    title: 'automobile loans and leases',
    low: 300,
    high: 200_000,
    highWithoutCents: 90_000,
    lowAsCents: 2_000,
  },
  'residential-mortgage': {
    title: 'residential mortgages',
    low: 1_000,
    high: 5_000_000,
    highWithoutCents: 2_000_000,
    lowAsCents: 10_000,
  },
  'commercial-mortgage': {
    ...{
      title: 'commercial mortgages',
      low: 20_000,
      high: 1_000_000_000,
      highWithoutCents: 300_000_000,
      lowAsCents: 500_000,
    },
  },
  'consumer-loan': { title: 'consumer loans', low: 0, high: 300_000, highWithoutCents: 100_000, lowAsCents: 200 },
  'equipment-lease': {
    title: 'equipment leases',
    low: 0,
    high: 50_000_000,
    highWithoutCents: 2_000_000,
    lowAsCents: 1_000,
  },
  'trade-receivable': {
    title: 'trade receivables',
    low: 0,
    high: 50_000_000,
    highWithoutCents: 500_000,
    lowAsCents: 100,
  },
};

/** Currencies whose unit is worth enough to be judged by those amounts. */
export const JUDGED_CURRENCIES: ReadonlySet<string> = new Set(['EUR', 'GBP', 'USD', 'CHF', 'CAD', 'AUD', 'NZD']);
