/** What a number counts. */
export const SCALES = ['whole', 'cents', 'thousands', 'millions', 'fraction', 'percentage'] as const;

/** How numbers of a column are written, and what they count. */
export interface NumberUnit {
  readonly kind: 'number';
  readonly decimal: '.' | ',';
  /** Thousands separator; empty when there is none. A blank stands for any kind of space. */
  readonly thousands: '' | ',' | '.' | ' ' | "'";
  /** Money: whole units of the currency, cents, thousands or millions. Rates: fractions or percentages. Other numbers: whole. */
  readonly scale: (typeof SCALES)[number];
  readonly negative: 'minus' | 'parentheses' | 'trailing';
  /**
   * A person states that the scale is right though the values speak against it, or leave it open: the middle one of the cells, as
   * they are written, lies between these two, which are less than a hundred times apart. No proposal says it.
   */
  readonly stated?: readonly [low: number, high: number];
}

/** Ways in which a date is written. */
export const DATE_PATTERNS = [
  'YYYY-MM-DD',
  'MM-DD-YYYY',
  'DD-MM-YYYY',
  'MM/DD/YYYY',
  'DD/MM/YYYY',
  'DD.MM.YYYY',
  'MM/DD/YY',
  'DD/MM/YY',
  'DD.MM.YY',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD-MMM-YYYY',
  'DD-MMM-YY',
  'MMM-YYYY',
  'MMM-YY',
  'MM/YYYY',
  'MM-YYYY',
  'YYYY-MM',
  'YYYYMM',
  'excel-serial',
] as const;
export type DatePattern = (typeof DATE_PATTERNS)[number];

export interface DateUnit {
  readonly kind: 'date';
  /** In order of trial: one column may mix months and days. */
  readonly patterns: readonly DatePattern[];
}

/** What means yes and what means no. */
export interface FlagUnit {
  readonly kind: 'flag';
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

/** Days past due in buckets ("30-59", "120+", "Current"): the days are the lower bound. */
export interface BucketUnit {
  readonly kind: 'bucket';
}

export type Unit = NumberUnit | DateUnit | FlagUnit | BucketUnit;

/** What a column of a file is. */
export interface MappedColumn {
  readonly column: string;
  /** Field of the loan model; null leaves the column aside. */
  readonly field: string | null;
  /** How its cells are written; null for texts and codes. */
  readonly unit: Unit | null;
}

/**
 * How rows are known that add up the others and are no loans: by what the cell of a column says in them, in any case ("" is
 * an empty cell), by its beginning or ending with a word for a total, of all or of what the rest of it names ("Subtotal
 * Bayern"), or by the column's cell being the sum of those before it, or of those since the last total.
 */
export type TotalsMark = TotalsTolerance &
  (
    | { readonly column: string; readonly says: readonly string[] }
    | { readonly column: string; readonly named: true }
    | { readonly column: string; readonly adds: true }
  );

/** Whether a person accepted that such rows state other amounts than the loans come to; else a difference blocks the file. */
interface TotalsTolerance {
  readonly mayDiffer?: true;
}

/** One mark, or several where a file has rows of totals of several kinds. */
export type TotalsMarks = TotalsMark | readonly TotalsMark[];

/** The marks one by one. */
export const marksOf = (totals: TotalsMarks | undefined): readonly TotalsMark[] =>
  totals === undefined ? [] : 'column' in totals ? [totals] : totals;

/** What a person confirmed about an originator's files. Plain JSON; its hash is its version. */
export interface Mapping {
  readonly form: 1;
  readonly assetClass: string;
  readonly columns: readonly MappedColumn[];
  /** Rows that are totals; absent while nobody said that there are any: what looks like one then blocks. */
  readonly totals?: TotalsMarks;
}
