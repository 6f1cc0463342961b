import { TAPE_RULES, type TapeRule } from '../finding.js';
import type { TapeResult } from '../tape-reader.js';

/** What a part of the score weighs in it, in hundredths. */
const WEIGHTS = { validity: 35, completeness: 25, consistency: 25, uniqueness: 15 } as const;
export type QualityPart = keyof typeof WEIGHTS;

/** How good a tape is: each part and the whole from 0 to 100. */
export interface TapeQuality {
  readonly score: number;
  readonly parts: Readonly<Record<QualityPart, { readonly score: number; readonly because: string }>>;
}

/** Rules that say that figures of a row, or of rows together, do not fit each other. */
const CONSISTENCY: ReadonlySet<TapeRule> = new Set([
  'does-not-roll',
  'actual-differs',
  'payment-split',
  'closing-rises',
  'matured-with-balance',
  'zero-balance-with-balance',
  'dates-out-of-order',
  'payment-does-not-fit',
  'balance-above-original',
  'no-original-amount',
  'term-exceeds-original',
  'interest-does-not-fit',
  'suspicious-ltv',
  'period-differs',
  'loan-vanished',
  'loan-reappeared',
  'fact-changed',
  'opening-not-last-closing',
  'totals-differ',
]);

/** Rules whose findings say no more of the data than that something is absent or repeated, counted elsewhere. */
const ELSEWHERE: ReadonlySet<TapeRule> = new Set([
  'missing-cell',
  'duplicate-key',
  'key-not-distinct',
  'reversal-row',
  'several-periods',
  'totals-skipped',
  'missing-column',
]);

const rounded = (share: number): number => Math.round(Math.max(0, Math.min(1, share)) * 1000) / 10;

type Counts = Partial<Record<TapeRule, number>>;
type Parts = TapeQuality['parts'];

function countedOf(findingCounts: Counts, of: (rule: TapeRule) => boolean): number {
  const counts = Object.entries(findingCounts) as [TapeRule, number][];
  return counts.reduce((sum, [rule, count]) => sum + (of(rule) ? count : 0), 0);
}

function consistencyOf(rows: number, findingCounts: Counts): Parts['consistency'] {
  const odd = countedOf(findingCounts, (rule) => CONSISTENCY.has(rule));
  return { score: rounded(1 - odd / Math.max(1, rows)), because: `${odd} figures that do not fit each other` };
}

function weighed(parts: Parts): TapeQuality {
  const names = Object.keys(WEIGHTS) as QualityPart[];
  const score = names.reduce((sum, name) => sum + parts[name].score * WEIGHTS[name], 0) / 100;
  return { score: Math.round(score * 10) / 10, parts };
}

/**
 * The score of a tape: the weighted mean (35, 25, 25, 15) of
 * validity, 1 − findings of single cells ÷ rows; completeness, the cells that state a value, of read fields and of those that
 * would serve and have no column;
 * consistency, 1 − findings of figures that do not fit ÷ rows; uniqueness, distinct loan keys ÷ rows.
 */
export function scoreTape(result: TapeResult): TapeQuality {
  const { rows, findingCounts, missing, distinctKeys, fields, lacking } = result;
  const single = (rule: TapeRule): boolean => !CONSISTENCY.has(rule) && !ELSEWHERE.has(rule) && rule in TAPE_RULES;
  const wrong = countedOf(findingCounts, single);
  const columns = fields + lacking.length;
  const absent = Object.values(missing).reduce((sum, count) => sum + count, 0) + rows * lacking.length;
  const cells = Math.max(1, rows * columns);
  const without = lacking.length === 0 ? '' : `, ${lacking.length} columns being absent`;
  return weighed({
    validity: {
      score: rounded(1 - wrong / Math.max(1, rows)),
      because: `${wrong} cells that do not read or are implausible`,
    },
    completeness: {
      score: rounded(1 - absent / cells),
      because: `${absent} of ${rows * columns} cells state no value${without}`,
    },
    consistency: consistencyOf(rows, findingCounts),
    uniqueness: {
      score: rounded(distinctKeys / Math.max(1, rows)),
      because: `${distinctKeys} loan keys in ${rows} rows`,
    },
  });
}

/** The score of a tape whose history was judged anew: what its file says by itself stays as it was. */
export function withHistory(
  { parts }: TapeQuality,
  { rows, findingCounts }: Pick<TapeResult, 'rows' | 'findingCounts'>,
): TapeQuality {
  return weighed({ ...parts, consistency: consistencyOf(rows, findingCounts) });
}
