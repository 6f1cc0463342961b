import type { EntityManager } from 'typeorm';
import { formatMoney, type Hex } from '@weir/money';
import { formatFactor, explainRun, summarise, type CompiledDeal, type RunResult } from '@weir/waterfall';
import { PaymentRecord, ServicerReportRecord } from './entities.js';
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

/** The figures of a run with amounts as decimal strings. */
export function publishSummary(compiled: CompiledDeal, run: RunResult) {
  const summary = summarise(compiled, run);
  const money = <T extends Record<string, bigint>>(amounts: T) =>
    Object.fromEntries(Object.entries(amounts).map(([name, cents]) => [name, formatMoney(cents)])) as {
      [K in keyof T]: string;
    };
  const each = <T, R>(items: Record<string, T>, publish: (item: T) => R): Record<string, R> =>
    Object.fromEntries(Object.entries(items).map(([name, item]) => [name, publish(item)]));
  return {
    tranches: each(summary.tranches, ({ factor, ...amounts }) => ({ ...money(amounts), factor: formatFactor(factor) })),
    fees: each(summary.fees, (fee) => money({ ...fee })),
    residual: formatMoney(summary.residual),
    accounts: each(summary.accounts, (account) => money({ ...account })),
    triggers: each(summary.triggers, ({ on, ...amounts }) => ({ ...money(amounts), on })),
    conservation: money(summary.conservation),
    remittance: formatMoney(summary.remittance),
    deposit: formatMoney(summary.deposit),
    servicerReceivable: formatMoney(summary.servicerReceivable),
    suspense: formatMoney(summary.suspense),
  };
}

/** Loads a period. */
export async function loadPeriod(
  manager: EntityManager,
  compiled: CompiledDeal,
  dealId: string,
  period: number,
): Promise<PeriodView> {
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
  const summary = publishSummary(compiled, run);
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
