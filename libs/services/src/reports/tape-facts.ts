import { TAPE_RULES, type Finding, type TapeRule } from '@weir/collateral';
import type { ReportExclusion, ReportFinding } from '@weir/reporting';
import type { TapeSummary } from '../tapes/summary.js';

/** What was found in the tape of a period, and which loans were turned away at the cut-off date. */
export interface TapeFacts {
  readonly rows: number;
  readonly findings: readonly ReportFinding[];
  /** Loans turned away, each counted once. */
  readonly excluded: number;
  /** By reason; a loan with two reasons counts under both. */
  readonly exclusions: readonly ReportExclusion[];
}

/** Findings by rule: those of the tape as counted when it was read, and those of the report made from it. */
export function findingsByRule(summary: Pick<TapeSummary, 'findings'>, ofReport: readonly Finding[]): ReportFinding[] {
  const ofTape = Object.entries(summary.findings).map(([rule, count]): ReportFinding => {
    const { weight, title } = TAPE_RULES[rule as TapeRule];
    return { rule, weight, count, message: title };
  });
  const further = new Map<string, ReportFinding>();
  for (const { rule, weight, message } of ofReport) {
    const known = further.get(rule);
    further.set(rule, { rule, weight, message: known?.message ?? message, count: (known?.count ?? 0) + 1 });
  }
  return [...ofTape, ...further.values()];
}
