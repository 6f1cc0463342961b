import type { HolderPayment } from '@weir/bindings';
import type { ChainEvent } from '@weir/chain';
import {
  journalForClaim,
  journalForTax,
  journalForUnclaimed,
  type JournalEntry,
  type LedgerContext,
} from '@weir/ledger';
import type { CompiledDeal } from '@weir/waterfall';

/** What postings need to know of the deal whose Distributor's event it is. */
export interface DistributionContext extends LedgerContext {
  readonly compiled: Pick<CompiledDeal, 'tranches'>;
}

const dated = (context: DistributionContext, event: ChainEvent) => ({
  deal: context.deal,
  unitsPerCent: context.unitsPerCent,
  date: new Date(event.blockTimestamp * 1000).toISOString().slice(0, 10),
});
const keyOf = (event: ChainEvent): string => `${event.transactionHash}/${event.logIndex}`;
const trancheOf = ({ compiled }: DistributionContext, event: ChainEvent): string =>
  compiled.tranches[Number(event.args['tranche'])]?.name ?? '';
const integer = (event: ChainEvent, name: string): bigint => BigInt(event.args[name] as string);

/** What one holder was paid. */
export function claimEntry(context: DistributionContext, event: ChainEvent, payment: HolderPayment): JournalEntry {
  const base = { ...dated(context, event), period: Number(event.args['period']) };
  return journalForClaim(base, { tranche: trancheOf(context, event), ...payment });
}

/** Tax that was remitted. */
export function taxEntry(context: DistributionContext, event: ChainEvent): JournalEntry {
  const remitted = { key: keyOf(event), tranche: trancheOf(context, event), amount: integer(event, 'amount') };
  return journalForTax(dated(context, event), remitted);
}

/** Unclaimed money that was moved by the deal's rule. */
export function unclaimedEntry(context: DistributionContext, event: ChainEvent): JournalEntry {
  return journalForUnclaimed(dated(context, event), {
    key: keyOf(event),
    tranche: trancheOf(context, event),
    interest: integer(event, 'interest'),
    principal: integer(event, 'principal'),
  });
}
