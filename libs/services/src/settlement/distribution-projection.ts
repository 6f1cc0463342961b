import type { EntityManager } from 'typeorm';
import { artifacts, unpackPayments, type CashUnits, type HolderPayment } from '@weir/bindings';
import type { ChainEvent, Projection } from '@weir/chain';
import type { JournalEntry } from '@weir/ledger';
import type { Hex } from '@weir/money';
import type { ServiceContext } from '../context.js';
import { compiledDeal } from '../deals/compiled.js';
import { DealRecord } from '../deals/entities.js';
import { reader } from '../deployment/contracts.js';
import { DealContract } from '../deployment/entities.js';
import { claimEntry, taxEntry, unclaimedEntry } from './distribution-posting.js';
import { postEntries, reverseEntries } from './journal.js';

/**
 * Turns a Distributor's events into claims as they are seen, and into journal entries once they are final: what holders
 * were paid, one by one or in batches, tax remitted, unclaimed money moved. Everything it writes falls again when the
 * chain is reorganised; postings are reversed, never deleted.
 */
export class DistributionProjection implements Projection {
  /** Base units a cent and a grain, by Distributor: constants of the contract. */
  private readonly units = new Map<Hex, CashUnits>();

  constructor(private readonly context: ServiceContext) {}

  async apply(event: ChainEvent, manager: EntityManager): Promise<void> {
    const record = await dealOf(event, manager);
    if (record === null) return;
    for (const payment of await this.paymentsOf(event))
      await manager.query(
        `insert into weir.claim (deal_id, period, tranche, account, interest, principal, tax, transaction_hash, final)
         values ($1, $2, $3, $4, $5, $6, $7, $8, false)`,
        [...keyOf(record, event, payment), ...amountsOf(payment), event.transactionHash],
      );
  }

  async unwind(event: ChainEvent, manager: EntityManager): Promise<void> {
    const record = await dealOf(event, manager);
    if (record === null) return;
    if (event.final) {
      const on = {
        date: new Date(event.blockTimestamp * 1000).toISOString().slice(0, 10),
        why: `block ${event.blockNumber} is no longer part of the chain`,
      };
      for (const { id } of await this.entriesOf(record, event)) await reverseEntries(manager, record.dealId, id, on);
    }
    for (const payment of await this.paymentsOf(event))
      await manager.query(
        'delete from weir.claim where deal_id = $1 and period = $2 and tranche = $3 and account = $4',
        keyOf(record, event, payment),
      );
  }

  async finalise(event: ChainEvent, manager: EntityManager): Promise<void> {
    const record = await dealOf(event, manager);
    if (record === null) return;
    for (const payment of await this.paymentsOf(event))
      await manager.query(
        'update weir.claim set final = true where deal_id = $1 and period = $2 and tranche = $3 and account = $4',
        keyOf(record, event, payment),
      );
    await postEntries(manager, record.dealId, await this.entriesOf(record, event));
  }

  private async entriesOf(record: DealRecord, event: ChainEvent): Promise<JournalEntry[]> {
    const { unit } = await this.unitsOf(event.address);
    const compiled = compiledDeal(record);
    const context = { deal: record.dealId, unitsPerCent: unit, compiled };
    if (event.name === 'TaxRemitted') return [taxEntry(context, event)];
    if (event.name === 'UnclaimedMoved') return [unclaimedEntry(context, event)];
    return (await this.paymentsOf(event)).map((payment) => claimEntry(context, event, payment));
  }

  /** What an event says that holders were paid, in base units; none for other events. */
  private async paymentsOf(event: ChainEvent): Promise<HolderPayment[]> {
    const { args } = event;
    if (event.name === 'Pushed')
      return unpackPayments((args['payments'] as string[]).map(BigInt), await this.unitsOf(event.address));
    if (event.name !== 'Claimed') return [];
    const amount = (name: string): bigint => BigInt(args[name] as string);
    const account = String(args['account']);
    return [{ account, interest: amount('interest'), principal: amount('principal'), tax: amount('tax') }];
  }

  private async unitsOf(distributor: Hex): Promise<CashUnits> {
    const known = this.units.get(distributor);
    if (known !== undefined) return known;
    const contract = reader(this.context, distributor, artifacts.Distributor.abi);
    const units = {
      unit: (await contract.getFunction('unit').staticCall()) as bigint,
      grain: (await contract.getFunction('grain').staticCall()) as bigint,
    };
    this.units.set(distributor, units);
    return units;
  }
}

async function dealOf(event: ChainEvent, manager: EntityManager): Promise<DealRecord | null> {
  const contract = await manager.findOneBy(DealContract, { address: event.address, name: 'Distributor' });
  return contract === null ? null : manager.findOneBy(DealRecord, { dealId: contract.dealId });
}

/** A claim is of a deal, period, class and account; addresses are in lower case, as in all events. */
const keyOf = (record: DealRecord, event: ChainEvent, { account }: HolderPayment): unknown[] => [
  record.dealId,
  Number(event.args['period']),
  Number(event.args['tranche']),
  account,
];

const amountsOf = ({ interest, principal, tax }: HolderPayment): string[] => [interest, principal, tax].map(String);
