import { formatMoney } from '@weir/money';
import type { TapeReading } from '@weir/collateral';

/** What was found in a tape, for people and programs; amounts as decimal strings. */
export interface TapeSummary {
  readonly rows: number;
  readonly loans: number;
  readonly blockedRows: number;
  readonly distinctKeys: number;
  readonly reportingFrom: string;
  readonly reportingTo: string;
  /** Findings by rule. */
  readonly findings: Readonly<Record<string, number>>;
  /** Sums by column over the whole tape. */
  readonly sums: Readonly<Record<string, string>>;
  /** Cells without a value, by column. */
  readonly missing: Readonly<Record<string, number>>;
}

/** The summary of a reading. */
export function summariseReading(reading: TapeReading): TapeSummary {
  const { rows, loans, blocked, distinctKeys, reportingFrom, reportingTo, findingCounts, sums, missing } = reading;
  return {
    rows,
    loans: loans.length,
    blockedRows: blocked.length,
    distinctKeys,
    reportingFrom,
    reportingTo,
    findings: { ...findingCounts },
    sums: Object.fromEntries(Object.entries(sums).map(([column, cents]) => [column, formatMoney(cents)])),
    missing: { ...missing },
  };
}
