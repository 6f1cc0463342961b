import type { EntityManager } from 'typeorm';
import { formatMoney, type Hex } from '@weir/money';
import { explainRun } from '@weir/waterfall';
import { dealInPeriod } from '../amendments/eras.js';
import { compiledDeal, readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { PaymentRecord, ReportSubmissionRecord, ServicerReportRecord } from './entities.js';
import { publishSummary } from './publish-summary.js';
import { viewOf, type ReportView } from './reports.js';
import { settledRun } from './settled-run.js';

/** A payment date as a caller sees it; amounts as decimal strings. */
export interface PeriodView {
  readonly period: number;
  readonly status: PeriodStatus;
  readonly report: ReportView | null;
  /** The report as the vault has it; null while it is not there. */
  readonly submission: SubmissionView | null;
  readonly payment: PaymentView | null;
}

/** submitted: on chain and not settled yet; disputed: nobody can settle it before the dispute is dismissed. */
export type PeriodStatus = 'not reported' | 'reported' | 'signed' | 'submitted' | 'disputed' | 'settled' | 'final';

/** A report on chain. */
export interface SubmissionView {
  readonly digest: Hex;
  /** UTC instant: until then it can be disputed, from then on settled. */
  readonly settleAfter: string;
  readonly dispute: 'none' | 'standing' | 'dismissed';
  readonly reasonHash: Hex | null;
}

/** What was paid. */
export interface PaymentView {
  readonly transactionHash: Hex;
  readonly reportDigest: Hex;
  readonly resultHash: Hex;
  readonly stateHash: Hex;
  readonly joint: boolean;
  readonly summary: ReturnType<typeof publishSummary>;
  readonly steps: readonly { label: string; from: string; to: string; due: string; paid: string; sentence: string }[];
}

/** Loads a period. */
export async function loadPeriod(manager: EntityManager, deal: DealRecord, period: number): Promise<PeriodView> {
  const { dealId } = deal;
  const inPeriod = await dealInPeriod(manager, deal, period);
  const compiled = compiledDeal(inPeriod);
  const record = await manager.findOneBy(ServicerReportRecord, { dealId, period });
  const payment = await manager.findOneBy(PaymentRecord, { dealId, period });
  const report = record === null ? null : viewOf(record);
  const submission = await submissionOf(manager, dealId, record);
  if (payment === null) return { period, status: statusOf(report, submission), report, submission, payment: null };
  const run = await settledRun(manager, compiled, dealId, period);
  const { transactionHash, reportDigest, resultHash, stateHash, joint } = payment;
  const steps = explainRun(compiled, run).map(({ label, from, to, due, paid, sentence }) => ({
    label,
    from,
    to,
    due: formatMoney(due),
    paid: formatMoney(paid),
    sentence,
  }));
  const summary = publishSummary(readDocument(inPeriod.document), compiled, run);
  return {
    period,
    status: payment.final ? 'final' : 'settled',
    report,
    submission,
    payment: { transactionHash, reportDigest, resultHash, stateHash, joint, summary, steps },
  };
}

async function submissionOf(
  manager: EntityManager,
  dealId: string,
  report: ServicerReportRecord | null,
): Promise<SubmissionView | null> {
  if (report === null) return null;
  const found = await manager.findOneBy(ReportSubmissionRecord, { dealId, digest: report.digest, withdrawn: false });
  if (found === null) return null;
  const { digest, dispute, reasonHash } = found;
  return { digest, settleAfter: new Date(Number(found.settleAfter) * 1000).toISOString(), dispute, reasonHash };
}

function statusOf(report: ReportView | null, submission: SubmissionView | null): PeriodStatus {
  if (report === null) return 'not reported';
  if (submission !== null) return submission.dispute === 'standing' ? 'disputed' : 'submitted';
  return report.signedBy.servicer && report.signedBy.trustee ? 'signed' : 'reported';
}
