import type { ServicerReportFigures } from '@weir/collateral';
import { canonicalJson, formatMoney } from '@weir/money';
import type { CompiledDeal, RunResult } from '@weir/waterfall';
import { publishSummary } from '../settlement/publish-summary.js';
import type { ReportFacts } from './investor-report.js';
import type { TapeFacts } from './tape-facts.js';

function tapeJson(tape: TapeFacts, figures: ServicerReportFigures, loansAtCutOff: number) {
  return {
    rows: tape.rows,
    findings: tape.findings.reduce((sum, { count }) => sum + count, 0),
    findingsByRule: Object.fromEntries(tape.findings.map(({ rule, count }) => [rule, count])),
    pool: {
      loans: loansAtCutOff,
      opening: formatMoney(figures.poolOpening),
      closing: formatMoney(figures.poolClosing),
    },
    excluded: tape.excluded,
  };
}

/** Reversals are stated as what they take away: never above zero. */
function collectionsJson(figures: ServicerReportFigures) {
  const { interestCollected, principal, recoveries, repurchaseProceeds } = figures;
  return {
    interest: formatMoney(interestCollected.net),
    principalGross: formatMoney(principal.gross),
    principalReversed: formatMoney(-principal.reversed),
    principal: formatMoney(principal.net),
    recoveries: formatMoney(recoveries.net),
    repurchaseProceeds: formatMoney(repurchaseProceeds.net),
    available: formatMoney(figures.availableCollections),
    otherCollected: formatMoney(figures.otherCollected),
  };
}

/** summary.json: the figures of a payment date for programs; amounts as decimal strings, factors as decimals. */
export function summaryJson(
  facts: Pick<ReportFacts, 'deal' | 'figures' | 'tape' | 'loansAtCutOff' | 'dates' | 'payment'> & {
    readonly compiled: CompiledDeal;
    readonly run: RunResult;
  },
): string {
  const { compiled, run, figures, tape, payment, dates } = facts;
  return canonicalJson({
    period: dates.period,
    programHash: compiled.program.hash,
    resultHash: payment.resultHash,
    tape: tapeJson(tape, figures, facts.loansAtCutOff),
    collections: collectionsJson(figures),
    ...publishSummary(facts.deal, compiled, run),
  });
}
