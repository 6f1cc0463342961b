import type { EntityManager } from 'typeorm';
import { artifacts } from '@weir/bindings';
import type { ChainEvent, Projection } from '@weir/chain';
import type { Hex } from '@weir/money';
import { execute } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import { dealAt, dealInPeriod } from '../amendments/eras.js';
import { compiledDeal } from '../deals/compiled.js';
import { DealRecord } from '../deals/entities.js';
import { reader } from '../deployment/contracts.js';
import { DealContract } from '../deployment/entities.js';
import { comeInForce, fallOutOfForce } from './amended-state.js';
import { DealStateRecord, PaymentRecord, openingOf } from './entities.js';
import { followReport, isOfReport, unfollowReport } from './report-projection.js';
import { ResultNotReproduced } from './errors.js';
import { postEntries, reverseEntries } from './journal.js';
import { queueRoot } from './pledged-periods.js';
import { entriesFor, entryPrefix, type PostingContext } from './posting.js';

/**
 * Turns a vault's events into payments and states as they are seen, and into journal entries once they are
 * final. Everything it writes falls again when the chain is reorganised; postings are reversed, never deleted.
 */
export class VaultProjection implements Projection {
  /** Base units a cent, by vault: a constant of the contract. */
  private readonly units = new Map<Hex, bigint>();

  constructor(private readonly context: ServiceContext) {}

  async apply(event: ChainEvent, manager: EntityManager): Promise<void> {
    const record = await this.dealOf(event, manager);
    if (record === null) return;
    switch (event.name) {
      case 'Opened':
        return this.open(record, event, manager);
      case 'ReportSubmitted':
      case 'ReportDisputed':
      case 'DisputeDismissed':
      case 'ReportWithdrawn':
        return followReport(record.dealId, event, manager);
      case 'Settled':
        return this.settle(record, event, manager);
      case 'Amended':
        return comeInForce(record, event, manager);
      case 'StoppedSet':
        await manager.update(DealRecord, { dealId: record.dealId }, { stopped: event.args['stopped'] === true });
        return;
      default:
        return;
    }
  }

  async unwind(event: ChainEvent, manager: EntityManager): Promise<void> {
    const record = await this.dealOf(event, manager);
    if (record === null) return;
    if (event.final) {
      const posting = await this.postingContext(record, event, manager);
      const on = { date: dateOf(event), why: `block ${event.blockNumber} is no longer part of the chain` };
      await reverseEntries(manager, record.dealId, entryPrefix(posting, event), on);
    }
    const { dealId } = record;
    const period = Number(event.args['period'] ?? 0);
    if (event.name === 'Opened') {
      await manager.delete(DealStateRecord, { dealId, period: 0 });
      await manager.update(DealRecord, { dealId }, { status: 'offered' });
    } else if (event.name === 'Settled') {
      await manager.delete(DealStateRecord, { dealId, period });
      await manager.delete(PaymentRecord, { dealId, period });
      await manager.query('delete from weir.report_file where deal_id = $1 and period = $2', [dealId, period]);
    } else if (event.name === 'Amended') {
      await fallOutOfForce(dealId, event, manager);
    } else if (event.name === 'StoppedSet') {
      await manager.update(DealRecord, { dealId }, { stopped: event.args['stopped'] !== true });
    } else if (isOfReport(event)) {
      await unfollowReport(dealId, event, manager);
    }
  }

  async finalise(event: ChainEvent, manager: EntityManager): Promise<void> {
    const record = await this.dealOf(event, manager);
    if (record === null) return;
    const { dealId } = record;
    if (event.name === 'Settled')
      await manager.update(PaymentRecord, { dealId, period: Number(event.args['period']) }, { final: true });
    const posting = await this.postingContext(record, event, manager);
    await postEntries(manager, dealId, await entriesFor(posting, event));
  }

  private async dealOf(event: ChainEvent, manager: EntityManager): Promise<DealRecord | null> {
    const contract = await manager.findOneBy(DealContract, { address: event.address, name: 'DealVault' });
    return contract === null ? null : manager.findOneBy(DealRecord, { dealId: contract.dealId });
  }

  private async postingContext(record: DealRecord, event: ChainEvent, manager: EntityManager): Promise<PostingContext> {
    const period = event.name === 'Settled' ? Number(event.args['period']) : null;
    const deal = await (period === null ? dealAt(manager, record, event) : dealInPeriod(manager, record, period));
    const compiled = compiledDeal(deal);
    return { manager, record, compiled, unitsPerCent: await this.unitOf(event.address) };
  }

  private async unitOf(vault: Hex): Promise<bigint> {
    const known = this.units.get(vault);
    if (known !== undefined) return known;
    const contract = reader(this.context, vault, artifacts.DealVault.abi);
    const unit = (await contract.getFunction('unit').staticCall()) as bigint;
    this.units.set(vault, unit);
    return unit;
  }

  private async open(record: DealRecord, event: ChainEvent, manager: EntityManager): Promise<void> {
    const { dealId } = record;
    const state = event.args['initialState'] as string[];
    await manager.insert(DealStateRecord, { dealId, period: 0, state, stateHash: event.args['stateHash'] as Hex });
    await manager.update(DealRecord, { dealId }, { status: 'closed' });
  }

  /** The state after a period is not in the event; the run gives it, and its hash must be the event's. */
  private async settle(record: DealRecord, event: ChainEvent, manager: EntityManager): Promise<void> {
    const { dealId } = record;
    const { args } = event;
    const period = Number(args['period']);
    const inputs = args['inputs'] as string[];
    const deposit = String(args['deposit']);
    const before = await manager.findOneByOrFail(DealStateRecord, { dealId, period: period - 1 });
    const { program } = compiledDeal(await dealInPeriod(manager, record, period));
    const run = execute(program, {
      period,
      inputs: inputs.map(BigInt),
      deposit: BigInt(deposit),
      state: openingOf(before).state.map(BigInt),
    });
    const paid = args['resultHash'] as Hex;
    if (run.resultHash !== paid || run.stateHash !== args['stateHash'])
      throw new ResultNotReproduced(period, paid, run.resultHash);
    await manager.insert(PaymentRecord, {
      dealId,
      period,
      blockNumber: String(event.blockNumber),
      transactionHash: event.transactionHash,
      reportDigest: args['reportDigest'] as Hex,
      resultHash: paid,
      stateHash: run.stateHash,
      joint: args['joint'] === true,
      deposit,
      inputs,
      final: false,
    });
    const state = run.state.map(String);
    await manager.insert(DealStateRecord, { dealId, period, state, stateHash: run.stateHash });
    await queueRoot(this.context, manager, dealId, period);
  }
}

const dateOf = (event: ChainEvent): string => new Date(event.blockTimestamp * 1000).toISOString().slice(0, 10);
