import { addMonths, monthsBetween } from '@weir/calendar';

const count = (months: number): string => `${months} ${months === 1 ? 'month' : 'months'}`;

/**
 * What is wrong with the time of a tape of which a projection begins: it should be of the month before the first projected one
 * (YYYY-MM), or of that one, which then counts by opening balances. Null when it is, or states no period.
 * @param tape what it is called in the sentence
 * @param later how a projection begins later, in the words of whoever asks for it
 */
export function tapeAgeSentence(tape: string, reportingTo: string, firstMonth: string, later: string): string | null {
  if (reportingTo === '') return null;
  const month = reportingTo.slice(0, 7);
  const gap = monthsBetween(`${month}-01`, `${firstMonth}-01`);
  if (gap === 0 || gap === 1) return null;
  const wanted = addMonths(`${firstMonth}-01`, -1).slice(0, 7);
  const stands = `${tape} is of ${month}, and the projection begins with ${firstMonth}`;
  return gap > 1
    ? `${stands}: its balances are taken as of then, though ${count(gap - 1)} of payments, defaults and payoffs lie between; give the tape of ${wanted}`
    : `${stands}: it is ${count(-gap)} past that, and what was paid before it is not in the flows; give the tape of ${wanted}, or begin from a later state (${later})`;
}
