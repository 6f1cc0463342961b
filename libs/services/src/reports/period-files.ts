import { investorReportCsv, investorReportJson, renderInvestorReportPdf } from '@weir/reporting';
import { explainRun } from '@weir/waterfall';
import { fileOf, type PublishedFile } from './file.js';
import { investorReport } from './investor-report.js';
import { journalCsv } from './journal-csv.js';
import type { PeriodFacts } from './load-facts.js';
import { loanProofJson, provenLoan, servicerReportJson, type ShownLoan } from './proof-files.js';
import { summaryJson } from './summary-json.js';
import { traceJson } from './trace-json.js';

/** The file whose presence says that a period's files are complete. */
export const INVESTOR_REPORT_PDF = 'investor-report.pdf';

/** What shows one loan: the salt of its leaf, and that of its pledge where it is pledged. */
export type SaltsOfLoan = (loanKey: string) => Pick<ShownLoan, 'salt' | 'pledgeSalt'>;

/** What anybody needs to re-derive the payment date with `weir verify`. */
function proofFiles(facts: PeriodFacts, saltsOfLoan: SaltsOfLoan): PublishedFile[] {
  const { compiled, report, built, dates } = facts;
  const { collectionFrom, collectionTo } = dates;
  const { leaves, loans, rowsCsv } = built;
  const index = provenLoan(loans);
  const loanKey = loans[index]?.key ?? '';
  return [
    fileOf('servicer-report.json', servicerReportJson(compiled, report, { collectionFrom, collectionTo, leaves })),
    fileOf('loans.csv', rowsCsv),
    fileOf('loan-proof.json', loanProofJson(leaves, { index, loanKey, ...saltsOfLoan(loanKey) })),
  ];
}

/** All files of a settled period. @throws ReportInconsistent when the report's own figures disagree */
export async function periodFiles(facts: PeriodFacts, saltsOfLoan: SaltsOfLoan): Promise<PublishedFile[]> {
  const { compiled, run, dates, payment, vault, journal } = facts;
  const model = investorReport(facts);
  const identity = { period: dates.period, programHash: compiled.program.hash, resultHash: payment.resultHash };
  return [
    ...proofFiles(facts, saltsOfLoan),
    fileOf('trace.json', traceJson(identity, explainRun(compiled, run))),
    fileOf('summary.json', summaryJson(facts)),
    fileOf(INVESTOR_REPORT_PDF, await renderInvestorReportPdf(model)),
    fileOf('investor-report.json', investorReportJson(model)),
    fileOf('investor-report.csv', investorReportCsv(model)),
    fileOf('journal.csv', journalCsv(journal, vault.unitsPerCent)),
  ];
}
