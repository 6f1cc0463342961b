/** Days after which a loan is charged off at the latest (FFIEC, Uniform Retail Credit Classification, closed-end credit). */
const CHARGED_OFF = '120';

/** Days of a month of payments that are behind. */
const MONTH = 30;

/** What a status says of days past due, the most telling first: the days, or which group of the match they are in. */
const SAYINGS: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /charge[d-]?[- ]?off|writ(?:e|ten)[- ]?off|\bdefault|foreclos|repossess|abgeschrieben|ausgebucht|gek(?:ü|ue)ndigt|ausfall/,
    () => CHARGED_OFF,
  ],
  // From so many days, or payments, on.
  [/(\d+)\s*(?:-|–|—|to|bis)\s*\d+/, ([, from]) => from ?? ''],
  [/(?:<|≤|\bunder|\bless than|\bup to|\bunter|\bbis(?: zu)?)\s*=?\s*\d+/, () => '0'],
  [/(?:>(?!=)|\bover|\bmore than|(?:ü|ue)ber)\s*(\d+)/, ([, than]) => String(Number(than) + 1)],
  [/(\d+)\s*(?:\+|plus\b|and (?:over|more|above)|or more|und mehr)/, ([, from]) => from ?? ''],
  [/(?:>=|≥|\bab|\bfrom|\bmindestens|\bat least)\s*(\d+)/, ([, from]) => from ?? ''],
  [/(\d+)\s*(?:months?|payments?|instal+ments?|monate?|raten?)\b/, ([, count]) => String(Number(count) * MONTH)],
  [/(\d+)\s*(?:d\b|dpd|days?|tage?)/, ([, days]) => days ?? ''],
  [/\bgrace\b/, () => '1'],
  [
    /\bcurrent\b|\bperforming\b|\bpaid\b|\bprepaid\b|\bpaid-?up\b|\bup to date\b|good standing|not (?:late|delinquent|past due)|\bon time\b|\bissued\b|\bredeemed\b|laufend|vertragsgem|p(?:ü|ue)nktlich|abgel(?:ö|oe)st|getilgt|erledigt|kein verzug/,
    () => '0',
  ],
];

/** What makes a status of good standing none. */
const NOT = /\bnon[- ]?performing|\bun(?:paid)\b|not (?:current|paid|performing)/;

/**
 * Days past due of a status or a bucket in words, as the lower bound of what it says: 30 of "30-59", 0 of "Current", 120 of
 * "120+"; a loan that was charged off or is in default counts as 120. Null where it says no number of days.
 */
export function daysOfStatus(status: string): string | null {
  const text = status.trim().toLowerCase();
  if (NOT.test(text)) return null;
  for (const [words, days] of SAYINGS) {
    const match = words.exec(text);
    if (match !== null) return days(match);
  }
  return null;
}

/** The same of a column that holds nothing else: a number alone is so many days. */
export const daysOfBucket = (cell: string): string | null =>
  /^\d+$/.test(cell.trim()) ? cell.trim() : daysOfStatus(cell);
