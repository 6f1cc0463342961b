import type { EntityManager } from 'typeorm';
import { parseDeal, type Deal } from '@weir/deal';
import { formatMoney, parseMoney } from '@weir/money';
import {
  collateralBalance,
  cutOffPoolOf,
  type CollateralData,
  type OwnedDealData,
  USUALLY_LEFT_OUT,
} from '@weir/valuation';
import { compileDeal, documentHashOf } from '@weir/waterfall';
import { readDocument } from '../deals/compiled.js';
import type { DealRecord } from '../deals/entities.js';
import { dealInPeriod } from '../amendments/eras.js';
import { dealFor } from '../deals/party.js';
import { PoolNotChosen } from './errors.js';
import { leftOutOf } from './left-out.js';
import { OrderFaults, placed, plain } from './order-faults.js';
import { linesOfTape } from './set-collateral.js';
import type { CollateralOrder, OwnedBasis, OwnedOrder, SetOrder } from './set-order.js';
import { CLOSING, startAfter, type SetStart } from './set-start.js';

/** A deal whose collateral is read. */
interface Source {
  /** What it is called in a fault; nothing for the set's own deal. */
  readonly name: string;
  readonly deal: Deal;
  /** Null for a deal that is not of the platform. */
  readonly record: DealRecord | null;
  readonly start: SetStart;
}

/** What became of a deal's collateral. */
interface ReadCollateral {
  readonly data: CollateralData;
  readonly tapeId: string | null;
  readonly tapeSha256: string | null;
}

const of = (what: string, name: string): string => (name === '' ? what : `${what} of ${name}`);

/** Reads the collateral of an order, deals whose classes are owned included, and gathers what is wrong with it. */
export class OrderReader {
  readonly faults = new OrderFaults();
  readonly owned: OwnedBasis[] = [];
  /** What does not stop the set, but should be known of its collateral. */
  readonly warnings: string[] = [];
  private readonly unused: Set<string>;

  constructor(
    private readonly manager: EntityManager,
    private readonly order: SetOrder,
  ) {
    this.unused = new Set(order.underlying.map(({ name }) => name));
  }

  /** @throws PoolNotChosen, NotFound, TapeNotImported */
  async collateral(source: Source, order: CollateralOrder): Promise<ReadCollateral> {
    const own = await this.own(source, order);
    const { underlying } = source.deal;
    if (underlying.length === 0) return own;
    const read: (readonly [string, OwnedDealData])[] = [];
    for (const { name, deal } of underlying) {
      const path = source.name === '' ? name : `${source.name}.${name}`;
      const data = await this.below(path, deal);
      if (data !== null) read.push([name, data]);
    }
    return { ...own, data: { ...own.data, underlying: Object.fromEntries(read) } };
  }

  /** Names of owned deals that no document asks for are faults too. */
  tellUnused(): void {
    for (const name of this.unused) this.faults.add(plain('the underlying deals', `no deal owns a class of "${name}"`));
  }

  private async own({ name, deal, record, start }: Source, order: CollateralOrder): Promise<ReadCollateral> {
    const { pool, collections } = order;
    const given = [pool, order.tapeId, collections].filter((each) => each !== null).length;
    const tapeId = given === 0 ? start.tapeId : order.tapeId;
    if (given > 1 || (given === 0 && tapeId === null && deal.underlying.length === 0)) throw new PoolNotChosen(name);
    const none = { tapeId: null, tapeSha256: null };
    if (pool !== null) return { data: { lines: this.faults.lines(of('the pool', name), pool) }, ...none };
    if (collections !== null) {
      this.faults.table(of('the collections', name), collections);
      return { data: { lines: [], collections }, ...none };
    }
    if (tapeId === null) return { data: { lines: [] }, ...none };
    if (record === null) throw new PoolNotChosen(name);
    const tape = of('the tape', name);
    const read = await linesOfTape(this.manager, record, tapeId, start.period, tape);
    const { lines } = read.pool;
    if (read.aged !== null) this.warnings.push(read.aged);
    const left = leftOutOf(read.pool, this.order.leaveOut ?? USUALLY_LEFT_OUT);
    if (lines.length === 0)
      this.faults.add(plain(of('the pool', name), 'no loan of it has a balance, a rate and a term'));
    else if (left?.isTooMuch) this.faults.add(plain(tape, left.sentence));
    else if (left) this.warnings.push(`${tape}: ${left.sentence}`);
    return { data: { lines }, tapeId, tapeSha256: read.fileSha256 };
  }

  /** The data of an owned deal; null with a fault when they are not given. */
  private async below(name: string, document: string): Promise<OwnedDealData | null> {
    const order = this.order.underlying.find((each) => each.name === name);
    this.unused.delete(name);
    const what = `the underlying deal ${name}`;
    if (order === undefined || (order.dealId === null) === (order.document === null)) {
      const missing = `the deal owns a class of ${document}: give that deal as "${name}", by dealId or as a document`;
      this.faults.add(plain(what, missing));
      return null;
    }
    const found = await this.source(order);
    if (found === null) return null;
    const { data, tapeId, tapeSha256 } = await this.collateral(found.source, order);
    const { record, start, deal } = found.source;
    const { dealId } = order;
    const cutOffPool = this.cutOffPool(what, deal, [record?.cutOffPool ?? null, found.stated], data);
    const documentHash = documentHashOf(found.document);
    const { period: fromPeriod, stateHash } = start;
    const basis = { name, dealId, documentHash, fromPeriod, stateHash, tapeId, tapeSha256 };
    // Of an order with faults no record is made, and its deals may not compile.
    if (this.faults.found.length === 0) {
      const { program } = compileDeal(deal, { cutOffPool: parseMoney(cutOffPool) });
      this.owned.push({ ...basis, programHash: program.hash });
    }
    const { scenarios } = order;
    return {
      ...data,
      document: found.document,
      cutOffPool,
      state: found.state,
      ...(scenarios === null ? {} : { scenarios }),
    };
  }

  private async source(order: OwnedOrder) {
    const { name, dealId } = order;
    if (dealId !== null) {
      const record = await dealInPeriod(this.manager, await dealFor(this.manager, dealId), order.fromPeriod + 1);
      const start = await startAfter(this.manager, record, order.fromPeriod);
      const { document } = record;
      return {
        source: { name, deal: readDocument(document), record, start },
        document,
        state: start.state,
        stated: null,
      };
    }
    const document = order.document ?? '';
    const { deal, diagnostics } = parseDeal(document);
    this.faults.add(...placed(`the document of ${name}`, diagnostics));
    const state = order.state === null ? null : this.json(`the state of ${name}`, order.state);
    if (deal === null) return null;
    const stated = state === null ? null : cutOffPoolOf(state);
    const source = { name, deal, record: null, start: CLOSING };
    return { source, document, state, stated: stated === null ? null : formatMoney(stated) };
  }

  private json(what: string, text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      this.faults.add(plain(what, 'it is no JSON: give what `weir pay --next` writes'));
      return null;
    }
  }

  /** The pool that a deal is compiled over: what is stated, else what its collateral comes to. */
  cutOffPool(what: string, deal: Deal, stated: readonly (string | null)[], data: CollateralData): string {
    const found =
      stated.find((each) => each !== null) ?? (deal.cutOffPool === null ? null : formatMoney(deal.cutOffPool));
    if (found !== null) return found;
    if (this.faults.found.length > 0) return '0';
    const balance = collateralBalance(deal, data, this.order.assumeZero);
    if (balance === null)
      this.faults.add(plain(what, 'nothing says its pool at the cut-off date: write cutOffPool in the document'));
    return balance ?? '0';
  }
}
