import { token_sort_ratio } from 'fuzzball';

/** One entry of a sanctions or watch list. */
export interface ListEntry {
  readonly reference: string;
  readonly name: string;
  readonly country: string | null;
}

/** A list entry that resembles the screened name; score 0–100 (100 = the same words in any order). */
export interface ScreeningHit {
  readonly reference: string;
  readonly name: string;
  readonly score: number;
}

/** The outcome of screening one name against one list version. */
export interface ScreeningResult {
  readonly outcome: 'clear' | 'hit';
  readonly hits: readonly ScreeningHit[];
}

/**
 * From this score on a resemblance is a hit that a person must look at. 88 lets one letter in eight differ, which
 * catches transliterations and typing slips without flagging every shared surname.
 */
export const HIT_SCORE = 88;

/**
 * Screens a legal name against a list. Word order, case and punctuation do not matter (token-sort similarity).
 * Hits are ordered by score, then reference, so that the same input gives the same result.
 */
export function screenName(legalName: string, list: readonly ListEntry[]): ScreeningResult {
  const hits = list
    .map((entry) => ({ reference: entry.reference, name: entry.name, score: token_sort_ratio(legalName, entry.name) }))
    .filter((hit) => hit.score >= HIT_SCORE)
    .sort((a, b) => b.score - a.score || a.reference.localeCompare(b.reference));
  return { outcome: hits.length === 0 ? 'clear' : 'hit', hits };
}
