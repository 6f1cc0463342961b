import type { EntityManager } from 'typeorm';
import { buildSumTree, loanLeafId, loanSums, rowsToCsv, sortLeaves, type SumLeaf } from '@weir/audit';
import { reportDigest, reportDomain, type ServicerReportMessage } from '@weir/bindings';
import {
  buildServicerReport,
  loanParts,
  lossesOnce,
  type LoanMonth,
  type ServicerReportFigures,
} from '@weir/collateral';
import { parseMoney, type Hex } from '@weir/money';
import { encodeInputs, type CompiledDeal } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import { dealAddress } from '../deployment/contracts.js';
import { saltOf } from '../loan-salt.js';
import { type TapeRecord } from '../tapes/entities.js';
import { loadMonths } from '../tapes/loan-rows.js';
import { ReportBlocked } from './errors.js';

/** A servicer report made from a tape: what is signed, and what is published beside it. */
export interface BuiltReport {
  readonly figures: ServicerReportFigures;
  readonly report: ServicerReportMessage;
  readonly digest: Hex;
  /** Salted rows in tree order, as text. */
  readonly rowsCsv: string;
  readonly leaves: readonly SumLeaf[];
  /** The pool's loans in the order of the leaves. */
  readonly loans: readonly LoanMonth[];
}

interface ReportRequest {
  readonly dealId: string;
  readonly period: number;
  readonly revision: number;
  readonly tape: TapeRecord;
  readonly previousStateHash: Hex;
}

/**
 * Makes the servicer report of a period: sums of the pool's rows, the sum tree over their salted leaves, and the
 * program's inputs. The same tape gives the same digest.
 * @throws ReportBlocked when pool loans are missing from the tape or the tape is of another period
 * @throws CollectionsUnstated when it does not say what was collected
 */
export async function buildReport(
  context: ServiceContext,
  manager: EntityManager,
  compiled: CompiledDeal,
  request: ReportRequest,
): Promise<BuiltReport> {
  const { dealId, period, revision, tape, previousStateHash } = request;
  const loans = lossesOnce(await loadMonths(manager, tape.tapeId), await loadLosses(manager, dealId, period));
  const poolKeys = await loadPoolKeys(manager, dealId);
  const dates = compiled.periods[period - 1];
  const summary = tape.summary;
  const figures = buildServicerReport(
    {
      loans,
      blocked: [],
      rows: summary?.rows ?? loans.length,
      reportingFrom: summary?.reportingFrom ?? '',
      reportingTo: summary?.reportingTo ?? '',
    },
    poolKeys,
    {
      previousClosings: await loadClosings(manager, dealId, period),
      collectionFrom: dates?.collectionFrom,
      collectionTo: dates?.collectionTo,
    },
  );
  const blocking = figures.findings.filter((finding) => finding.weight === 'blocks');
  if (blocking.length > 0) throw new ReportBlocked(blocking);
  const inPool = loans.filter((loan) => poolKeys.has(loan.key));
  const { leaves, loans: inOrder } = saltedLeaves(context, dealId, inPool);
  const { root } = buildSumTree(leaves);
  const report: ServicerReportMessage = {
    programHash: compiled.program.hash,
    period,
    revision,
    previousStateHash,
    tapeRoot: root,
    inputs: encodeInputs(compiled, inputValues(figures)),
  };
  const { chainId } = await context.provider.getNetwork();
  const domain = reportDomain(chainId, await dealAddress(manager, dealId, 'DealVault'));
  return { figures, report, digest: reportDigest(domain, report), rowsCsv: rowsToCsv(leaves), leaves, loans: inOrder };
}

/** The loans' leaves, and the loans themselves, by salted id: an order that tells nothing of the tape's. */
function saltedLeaves(context: ServiceContext, dealId: string, loans: readonly LoanMonth[]) {
  const sorted = sortLeaves(
    loans.map((loan) => ({
      loan,
      id: loanLeafId(loan.key, saltOf(context, dealId, loan.key)),
      sums: loanSums(loanParts(loan)),
    })),
  );
  return { leaves: sorted.map(({ id, sums }): SumLeaf => ({ id, sums })), loans: sorted.map(({ loan }) => loan) };
}

/** The program's inputs by slot name; a signed item keeps what was collected and what was reversed apart. */
function inputValues(figures: ServicerReportFigures): Record<string, bigint> {
  const { interestCollected, principal, recoveries, repurchaseProceeds, chargeOffs } = figures;
  return {
    poolOpening: figures.poolOpening,
    poolClosing: figures.poolClosing,
    'interestCollected+': interestCollected.gross,
    'interestCollected-': interestCollected.reversed,
    'principalCollected+': principal.gross,
    'principalCollected-': principal.reversed,
    'recoveries+': recoveries.gross,
    'recoveries-': recoveries.reversed,
    'repurchaseProceeds+': repurchaseProceeds.gross,
    'repurchaseProceeds-': repurchaseProceeds.reversed,
    'chargeOffs+': chargeOffs.gross,
    'chargeOffs-': chargeOffs.reversed,
  };
}

async function loadPoolKeys(manager: EntityManager, dealId: string): Promise<Set<string>> {
  const rows: { loan_key: string }[] = await manager.query('select loan_key from weir.pool_loan where deal_id = $1', [
    dealId,
  ]);
  return new Set(rows.map((row) => row.loan_key));
}

/** The last balance that each pool loan closed at before the period; null for the first. */
async function loadClosings(
  manager: EntityManager,
  dealId: string,
  period: number,
): Promise<Map<string, bigint> | null> {
  if (period === 1) return null;
  const rows: { loan_key: string; closing: string }[] = await manager.query(
    `select distinct on (l.loan_key) l.loan_key, l.closing
       from weir.servicer_report r join weir.tape_loan l using (tape_id)
      where r.deal_id = $1 and r.period < $2 and l.closing is not null
      order by l.loan_key, r.period desc`,
    [dealId, period],
  );
  return new Map(rows.map((row) => [row.loan_key, parseMoney(row.closing)]));
}

/** The charge-off that each loan stated last before the period; a row that states none says nothing of it. */
async function loadLosses(manager: EntityManager, dealId: string, period: number): Promise<Map<string, bigint>> {
  const rows: { loan_key: string; charge_off: string }[] = await manager.query(
    `select distinct on (l.loan_key) l.loan_key, l.charge_off
       from weir.servicer_report r join weir.tape_loan l using (tape_id)
      where r.deal_id = $1 and r.period < $2 and l.charge_off <> 0
      order by l.loan_key, r.period desc`,
    [dealId, period],
  );
  return new Map(rows.map((row) => [row.loan_key, parseMoney(row.charge_off)]));
}
