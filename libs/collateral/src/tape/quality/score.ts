import { counted } from '../counted.js';
import type { TapeRule } from '../finding.js';
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
  'interest-capitalised',
  'payment-split',
  'closing-rises',
  'matured-with-balance',
  'zero-balance-with-balance',
  'dates-out-of-order',
  'payment-does-not-fit',
  'balance-above-original',
  'principal-above-owed',
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

/** Rules that say that one cell does not read or is implausible. */
const OF_CELLS: ReadonlySet<TapeRule> = new Set([
  'not-a-number',
  'not-a-date',
  'not-a-flag',
  'negative-balance',
  'key-precision',
  'rounded',
  'impossible-rate',
  'suspicious-rate',
  'suspicious-credit-score',
  'suspicious-days-past-due',
  'formula-without-value',
  'formula-in-key',
  'formula-in-text',
  'out-of-range',
  'unknown-code',
  'no-data-not-admitted',
  'currency-differs',
]);

/** Rules that say that a whole column is not what it is read as. */
const OF_COLUMNS: ReadonlySet<TapeRule> = new Set(['unit-in-doubt', 'unit-differs']);

const rounded = (share: number): number => Math.round(Math.max(0, Math.min(1, share)) * 1000) / 10;

type Counts = Partial<Record<TapeRule, number>>;
type Parts = TapeQuality['parts'];

function countedOf(findingCounts: Counts, of: (rule: TapeRule) => boolean): number {
  const counts = Object.entries(findingCounts) as [TapeRule, number][];
  return counts.reduce((sum, [rule, count]) => sum + (of(rule) ? count : 0), 0);
}

function consistencyOf(rows: number, findingCounts: Counts): Parts['consistency'] {
  const odd = countedOf(findingCounts, (rule) => CONSISTENCY.has(rule));
  const verb = odd === 1 ? 'does' : 'do';
  return {
    score: rounded(1 - odd / Math.max(1, rows)),
    because: `${counted(odd, 'figure')} in ${counted(rows, 'row')} ${verb} not fit the others`,
  };
}

type Cells = Pick<TapeResult, 'rows' | 'unread' | 'fields' | 'findingCounts' | 'missing' | 'lacking'>;

function validityOf({ rows, unread, fields, findingCounts }: Cells): Parts['validity'] {
  const cells = rows * fields;
  const single = countedOf(findingCounts, (rule) => OF_CELLS.has(rule));
  const columns = countedOf(findingCounts, (rule) => OF_COLUMNS.has(rule));
  const wrong = Math.min(cells, single + columns * (rows - unread) + unread * fields);
  const inColumns = columns === 0 ? '' : `, ${counted(columns, 'column')} in another unit counted whole`;
  const inRows = unread === 0 ? '' : `, ${counted(unread, 'row')} that could not be read counted whole`;
  const verbs = wrong === 1 ? ['does', 'is'] : ['do', 'are'];
  const said = `${verbs[0]} not read or ${verbs[1]} implausible`;
  return {
    score: rounded(1 - wrong / Math.max(1, cells)),
    because: `${wrong} of ${counted(cells, 'cell')} ${said}${inColumns}${inRows}`,
  };
}

function completenessOf({ rows, unread, fields, missing, lacking }: Cells): Parts['completeness'] {
  const read = rows - unread;
  const cells = read * (fields + lacking.length);
  const absent = Object.values(missing).reduce((sum, count) => sum + count, 0) + read * lacking.length;
  const without = lacking.length === 0 ? '' : `, ${counted(lacking.length, 'column')} being absent`;
  return {
    score: rounded(1 - absent / Math.max(1, cells)),
    because: `${absent} of ${counted(cells, 'cell')} ${absent === 1 ? 'states' : 'state'} no value${without}`,
  };
}

function weighed(parts: Parts): TapeQuality {
  const names = Object.keys(WEIGHTS) as QualityPart[];
  const score = names.reduce((sum, name) => sum + parts[name].score * WEIGHTS[name], 0) / 100;
  return { score: Math.round(score * 10) / 10, parts };
}

/**
 * The score of a tape: the weighted mean (35, 25, 25, 15) of
 * validity, 1 − cells that do not read or are implausible ÷ cells, a row that is no loan's and a column in another unit being
 * so with all their cells;
 * completeness, the cells that state a value, of read fields and of those that would serve and have no column;
 * consistency, 1 − findings of figures that do not fit ÷ rows;
 * uniqueness, distinct loan keys ÷ rows that state one.
 */
export function scoreTape(result: TapeResult): TapeQuality {
  const { rows, findingCounts, distinctKeys, keyed } = result;
  return weighed({
    validity: validityOf(result),
    completeness: completenessOf(result),
    consistency: consistencyOf(rows, findingCounts),
    uniqueness: {
      score: rounded(distinctKeys / Math.max(1, keyed)),
      because: `${counted(distinctKeys, 'loan key')} in ${counted(keyed, 'row')} that ${keyed === 1 ? 'states' : 'state'} one`,
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
