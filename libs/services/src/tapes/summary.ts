import { formatMoney } from '@weir/money';
import type { TapeResult } from '@weir/collateral';
import type { OpenedTape } from './open-source.js';

/** What was found in a tape, for people and programs; amounts as decimal strings. */
export interface TapeSummary {
  readonly rows: number;
  readonly loans: number;
  readonly blockedRows: number;
  readonly distinctKeys: number;
  /** Empty where the file states no period. */
  readonly reportingFrom: string;
  readonly reportingTo: string;
  /** Findings by rule. */
  readonly findings: Readonly<Record<string, number>>;
  /** Sums by column over the whole tape. */
  readonly sums: Readonly<Record<string, string>>;
  /** Cells without a value, by column. */
  readonly missing: Readonly<Record<string, number>>;
  /** Columns or fields that made the loan key; absent as `format` is. */
  readonly loanKey?: readonly string[];
  /** Form of the file, and what was found out about it rather than stated; absent of tapes read before it was kept. */
  readonly format?: string;
  readonly evidence?: readonly { readonly what: string; readonly value: string; readonly because: string }[];
}

/** The summary of a reading. */
export function summariseReading(result: TapeResult, { source, options }: OpenedTape): TapeSummary {
  const { rows, blocked, distinctKeys, reportingFrom, reportingTo, findingCounts, sums, missing } = result;
  return {
    rows,
    loans: rows - blocked.length,
    blockedRows: blocked.length,
    distinctKeys,
    reportingFrom,
    reportingTo,
    findings: { ...findingCounts },
    sums: Object.fromEntries(Object.entries(sums).map(([column, cents]) => [column, formatMoney(cents)])),
    missing: { ...missing },
    loanKey: options.loanKey,
    format: source.format,
    evidence: source.evidence,
  };
}
