import type { EntityManager } from 'typeorm';
import type { ChainEvent } from '@weir/chain';
import {
  journalForAmendment,
  journalForClosing,
  journalForCollections,
  journalForDeposit,
  journalForSettlement,
  journalForWithdrawal,
  placesOf,
  type GrossAndReversed,
  type JournalEntry,
} from '@weir/ledger';
import { parseMoney } from '@weir/money';
import { explainRun, type CompiledDeal } from '@weir/waterfall';
import { dealInPeriod } from '../amendments/eras.js';
import { takeOver } from '../amendments/take-over.js';
import { readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { DealStateRecord } from './entities.js';
import { BooksNotTraceable } from './errors.js';
import type { PublishedFigures, PublishedSum } from './figures.js';

import { reportFor } from './reports.js';
import { settledRun } from './settled-run.js';

/** What posting needs to know of the deal whose event it is. */
export interface PostingContext {
  readonly manager: EntityManager;
  readonly record: DealRecord;
  readonly compiled: CompiledDeal;
  /** Base units of cash in a cent. */
  readonly unitsPerCent: bigint;
}

const dayOf = (event: ChainEvent): string => new Date(event.blockTimestamp * 1000).toISOString().slice(0, 10);
const keyOf = (event: ChainEvent): string => `${event.transactionHash}/${event.logIndex}`;

/** The entries that a final event of the vault posts; the trace of the exact executor and nothing else says what was paid. */
export async function entriesFor(context: PostingContext, event: ChainEvent): Promise<JournalEntry[]> {
  const { record, compiled, unitsPerCent } = context;
  const base = { deal: record.dealId, unitsPerCent, date: dayOf(event) };
  switch (event.name) {
    case 'Opened':
      return journalForClosing(base, {
        date: readDocument(record.document).closingDate,
        tranches: compiled.tranches,
        accounts: compiled.accounts.map((name, index) => ({ name, funded: compiled.initialState[index] ?? 0n })),
        cutOffPool: parseMoney(record.cutOffPool ?? '0.00'),
      });
    case 'Deposited':
      return [journalForDeposit(base, { key: keyOf(event), amount: integer(event, 'amount') / unitsPerCent })];
    case 'Amended':
      return amendedEntries(context, event);
    case 'Settled':
      return settledEntries(context, Number(integer(event, 'period')));
    case 'Withdrawn': {
      const payee = compiled.payees[Number(integer(event, 'payee'))]?.name ?? '';
      return [journalForWithdrawal(base, { key: keyOf(event), payee, amount: integer(event, 'amount') })];
    }
    default:
      return [];
  }
}

/** The id prefix of the entries of an event, for reversing them. */
export function entryPrefix(context: PostingContext, event: ChainEvent): string {
  const { dealId } = context.record;
  switch (event.name) {
    case 'Opened':
      return `${dealId}/closing`;
    case 'Deposited':
      return `${dealId}/deposit/${keyOf(event)}`;
    case 'Amended':
      return `${dealId}/amendment/${integer(event, 'fromPeriod')}`;
    case 'Settled':
      return `${dealId}/period/${integer(event, 'period')}`;
    case 'Withdrawn':
      return `${dealId}/withdrawal/${keyOf(event)}`;
    default:
      return '';
  }
}

/** Cash of accounts that are no more goes where the new document says. */
async function amendedEntries(context: PostingContext, event: ChainEvent): Promise<JournalEntry[]> {
  const { manager, record, unitsPerCent } = context;
  const { dealId } = record;
  const fromPeriod = Number(integer(event, 'fromPeriod'));
  const [old, next] = await Promise.all(
    [fromPeriod - 1, fromPeriod].map((period) => dealInPeriod(manager, record, period)),
  );
  const before = await manager.findOneByOrFail(DealStateRecord, { dealId, period: fromPeriod - 1 });
  const { mapping } = takeOver(old as DealRecord, (next as DealRecord).document);
  const { accounts } = mapping;
  const moves = accounts.flatMap(({ name, into }, index) =>
    into === null ? [] : [{ from: name, into, amount: BigInt(before.state[index] ?? '0') }],
  );
  const offset = mapping.oldAccounts.length;
  const issues = mapping.issues.map(({ tranche, face, original, place }) => ({
    tranche,
    // Whole cents, or the mapping had refused it.
    balance: (BigInt(before.state[offset + place] ?? '0') * face) / original,
  }));
  return journalForAmendment({ deal: dealId, unitsPerCent }, { date: dayOf(event), fromPeriod, moves, issues });
}

async function settledEntries(context: PostingContext, period: number): Promise<JournalEntry[]> {
  const { manager, record, compiled, unitsPerCent } = context;
  const dates = compiled.periods[period - 1];
  if (dates === undefined) throw new BooksNotTraceable(record.dealId, period);
  const report = await reportFor(manager, record.dealId, period);
  const run = await settledRun(manager, compiled, record.dealId, period);
  const base = { deal: record.dealId, unitsPerCent, period };
  return [
    ...journalForCollections({ ...base, date: dates.collectionTo }, collectionFigures(report.figures)),
    ...journalForSettlement(
      { ...base, date: dates.paymentDate, places: placesOf(compiled, 'suspense') },
      explainRun(compiled, run),
    ),
  ];
}

/** Repurchased principal is part of the tape's other adjustments, so that it is not counted beside them. */
function collectionFigures(figures: PublishedFigures) {
  const sum = ({ gross, reversed }: PublishedSum): GrossAndReversed => ({
    gross: parseMoney(gross),
    reversed: parseMoney(reversed),
  });
  return {
    poolOpening: parseMoney(figures.poolOpening),
    poolClosing: parseMoney(figures.poolClosing),
    interestCollected: sum(figures.interest),
    principalCollected: sum(figures.principal),
    recoveries: sum(figures.recoveries),
    repurchaseProceeds: sum(figures.repurchaseProceeds),
    chargeOffs: sum(figures.chargeOffs),
    otherPrincipalAdjustment: parseMoney(figures.otherPrincipalAdjustment),
    repurchasedPrincipal: 0n,
  };
}

function integer(event: ChainEvent, name: string): bigint {
  return BigInt(String(event.args[name]));
}
