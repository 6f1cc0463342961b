import type { EntityManager } from 'typeorm';
import { formatMoney, type Hex } from '@weir/money';
import { explainRun } from '@weir/waterfall';
import { compiledDeal, readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { PaymentRecord, ServicerReportRecord } from './entities.js';
import { publishSummary } from './publish-summary.js';
import { viewOf, type ReportView } from './reports.js';
import { settledRun } from './settled-run.js';

/** A payment date as a caller sees it; amounts as decimal strings. */
export interface PeriodView {
  readonly period: number;
  readonly status: 'not reported' | 'reported' | 'signed' | 'settled' | 'final';
  readonly report: ReportView | null;
  readonly payment: PaymentView | null;
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
export async function loadPeriod(
  manager: EntityManager,
  deal: Pick<DealRecord, 'dealId' | 'document' | 'cutOffPool'>,
  period: number,
): Promise<PeriodView> {
  const { dealId } = deal;
  const compiled = compiledDeal(deal);
  const record = await manager.findOneBy(ServicerReportRecord, { dealId, period });
  const payment = await manager.findOneBy(PaymentRecord, { dealId, period });
  const report = record === null ? null : viewOf(record);
  if (payment === null) return { period, status: statusOf(report), report, payment: null };
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
  const summary = publishSummary(readDocument(deal.document), compiled, run);
  return {
    period,
    status: payment.final ? 'final' : 'settled',
    report,
    payment: { transactionHash, reportDigest, resultHash, stateHash, joint, summary, steps },
  };
}

function statusOf(report: ReportView | null): PeriodView['status'] {
  if (report === null) return 'not reported';
  return report.signedBy.servicer && report.signedBy.trustee ? 'signed' : 'reported';
}
