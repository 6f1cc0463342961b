import type { EntityManager } from 'typeorm';
import { parseMoney, type Hex } from '@weir/money';
import { decodeInputs, type CompiledDeal } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import type { AmendmentRecord } from '../amendments/entities.js';
import { appliedAmendments, dealAt, dealInPeriod } from '../amendments/eras.js';
import { compiledDeal, readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { dealFor } from '../deals/party.js';
import { dealAddress, platformAddress, tokenName } from '../deployment/contracts.js';
import { hasPledges } from '../pledges/pool-pledges.js';
import { PaymentRecord, type ServicerReportRecord } from '../settlement/entities.js';
import { BooksNotTraceable } from '../settlement/errors.js';
import { loadJournal } from '../settlement/journal.js';
import { buildReport, type BuiltReport } from '../settlement/report-builder.js';
import { reportFor } from '../settlement/reports.js';
import { settledRun } from '../settlement/settled-run.js';
import { importedTape } from '../tapes/tapes.service.js';
import { PaymentNotFinal, SettledReportDiffers } from './errors.js';
import type { ReportFacts } from './investor-report.js';
import { loadTapeFacts } from './load-tape-facts.js';
import { readVault } from './vault-view.js';

/** A settled period with all that its files are made from. */
export interface PeriodFacts extends ReportFacts {
  /** The document of closing, and the program that it gave. */
  readonly document: string;
  readonly atClosing: CompiledDeal;
  /** Those in force in the period. */
  readonly amendments: readonly Pick<AmendmentRecord, 'fromPeriod' | 'document'>[];
  readonly report: ServicerReportRecord;
  readonly built: BuiltReport;
  /** The registry in which the deal's loans are pledged; null for a deal that closed without pledges. */
  readonly pledges: Hex | null;
}

/**
 * Gathers a settled period from the tape, the books and the chain. What the tape gives must be the report that was
 * settled, and what its inputs give must be what was paid.
 * @throws PaymentNotFinal, SettledReportDiffers, ResultNotReproduced, NotFound
 */
export async function loadFacts(
  context: ServiceContext,
  manager: EntityManager,
  dealId: string,
  period: number,
): Promise<PeriodFacts> {
  const closed = await dealFor(manager, dealId);
  const record = await dealInPeriod(manager, closed, period);
  const payment = await manager.findOneBy(PaymentRecord, { dealId, period, final: true });
  if (payment === null) throw new PaymentNotFinal(dealId, period);
  const compiled = compiledDeal(record);
  const dates = compiled.periods[period - 1];
  if (dates === undefined) throw new BooksNotTraceable(dealId, period);
  const report = await reportFor(manager, dealId, period);
  const tape = await importedTape(manager, dealId, report.tapeId);
  const { previousStateHash, revision } = report;
  const request = { dealId, period, revision, tape, previousStateHash };
  const built = await buildReport(context, manager, compiled, request);
  if (built.digest !== payment.reportDigest) throw new SettledReportDiffers(period, payment.reportDigest, built.digest);
  const { block, day } = await booksBlock(manager, dealId, payment);
  const end = { blockNumber: block, logIndex: Number.MAX_SAFE_INTEGER };
  const standing = compiledDeal(await dealAt(manager, closed, end));
  return {
    document: closed.document,
    atClosing: compiledDeal(closed),
    amendments: (await appliedAmendments(manager, dealId)).filter(({ fromPeriod }) => fromPeriod <= period),
    pledges: (await hasPledges(manager, dealId)) ? await platformAddress(manager, 'PledgeRegistry') : null,
    report,
    built,
    deal: readDocument(record.document),
    compiled,
    dates,
    cutOffPool: parseMoney(record.cutOffPool ?? '0.00'),
    loansAtCutOff: await countPool(manager, dealId),
    figures: built.figures,
    loans: built.loans,
    tape: await loadTapeFacts(manager, tape, built.figures.findings),
    run: await settledRun(manager, compiled, dealId, period),
    payment,
    tapeRoot: built.report.tapeRoot,
    cumulativeNetLoss: await cumulativeNetLoss(manager, closed, period),
    journal: await loadJournal(manager, dealId),
    standing,
    vault: await readVault(context, manager, dealId, { compiled: standing, block }),
    comparedOn: day,
    chainId: (await context.provider.getNetwork()).chainId,
    vaultAddress: await dealAddress(manager, dealId, 'DealVault'),
    tokens: await tokensOf(manager, dealId, compiled),
  };
}

async function countPool(manager: EntityManager, dealId: string): Promise<number> {
  const rows: { loans: string }[] = await manager.query(
    'select count(*)::text as loans from weir.pool_loan where deal_id = $1',
    [dealId],
  );
  return Number(rows[0]?.loans ?? 0);
}

async function tokensOf(
  manager: EntityManager,
  dealId: string,
  compiled: Pick<CompiledDeal, 'tranches'>,
): Promise<Record<string, Hex>> {
  const tokens: Record<string, Hex> = {};
  for (const { name } of compiled.tranches) tokens[name] = await dealAddress(manager, dealId, tokenName(name));
  return tokens;
}

/** Charge-offs less recoveries of every settled period up to this one, from the inputs on chain. */
async function cumulativeNetLoss(manager: EntityManager, deal: DealRecord, period: number): Promise<bigint> {
  const { dealId } = deal;
  const payments = await manager.findBy(PaymentRecord, { dealId });
  const settled = payments.filter((payment) => payment.period <= period);
  const decoded = await Promise.all(
    settled.map(async (payment) => {
      const inPeriod = await dealInPeriod(manager, deal, payment.period);
      return decodeInputs(compiledDeal(inPeriod), payment.inputs.map(BigInt));
    }),
  );
  return decoded
    .map((inputs) => {
      const net = (item: string): bigint =>
        (inputs[item] ?? 0n) + (inputs[`${item}+`] ?? 0n) - (inputs[`${item}-`] ?? 0n);
      return net('chargeOffs') - net('recoveries');
    })
    .reduce((sum, loss) => sum + loss, 0n);
}

/**
 * The block that the books have come to: that of the last final event of vault or Distributor. Both are read as of that block, so
 * that what happened since and is not final yet makes no difference.
 */
async function booksBlock(
  manager: EntityManager,
  dealId: string,
  payment: PaymentRecord,
): Promise<{ block: number; day: string }> {
  const rows: { block: string; seconds: string }[] = await manager.query(
    `select block_number::text as block, block_timestamp::text as seconds from weir.chain_event
      where address in ($1, $2) and final order by block_number desc limit 1`,
    [await dealAddress(manager, dealId, 'DealVault'), await dealAddress(manager, dealId, 'Distributor')],
  );
  const last = rows[0];
  if (last === undefined) throw new PaymentNotFinal(dealId, payment.period);
  return { block: Number(last.block), day: new Date(Number(last.seconds) * 1000).toISOString().slice(0, 10) };
}
