import { concat, isError, keccak256, type Contract } from 'ethers';
import { In, type EntityManager } from 'typeorm';
import { artifacts } from '@weir/bindings';
import { OutboxTransaction } from '@weir/chain';
import type { Hex } from '@weir/money';
import type { Actor, Idempotency, Tx } from '@weir/persistence';
import { accountOf } from '../access/access.service.js';
import { attemptId, queueCall } from '../chain-call.js';
import type { ServiceContext } from '../context.js';
import { requireStatus } from '../deals/deals.service.js';
import { dealAs, dealFor } from '../deals/party.js';
import { dealAddress, platformAddress, reader } from '../deployment/contracts.js';
import { OutOfOrder } from '../problem.js';
import { LoanPledgedElsewhere } from './errors.js';
import { pledgedKeys, poolPledges } from './pool-pledges.js';

/** Loans pledged in one transaction, of about eleven million gas. */
const LOANS_AT_ONCE = 500;

const PURPOSE = 'pledges: pledge';

/** The pledges of a deal, as the registry has them. */
export interface PledgesView {
  /** The registry of pledges. */
  readonly registry: Hex;
  /** Loans of the pool. */
  readonly loans: number;
  /** Of them pledged to the deal and not released. */
  readonly pledged: number;
  readonly released: number;
  /** Tape roots on record, by period. */
  readonly roots: readonly { readonly period: number; readonly root: Hex }[];
}

/** What a request to pledge brought about. */
export interface PledgeAnswer {
  /** Loans that are being pledged by it. */
  readonly loans: number;
  readonly transactionIds: readonly string[];
}

/** Pledging a deal's loans in the registry that all deals of a deployment share. */
export class PledgesService {
  constructor(private readonly context: ServiceContext) {}

  /**
   * Pledges the loans of the deal's pool that are not pledged yet, in as many transactions as they need, in the servicer's name.
   * @throws LoanPledgedElsewhere, OutOfOrder while pledges are on their way
   */
  pledge(actor: Actor, dealId: string, idempotency: Idempotency): Promise<PledgeAnswer> {
    const object = `deal:${dealId}`;
    return this.context.uow.run(actor, { name: 'pledges.pledge', object, idempotency }, async (tx) => {
      const deal = await dealAs(tx.manager, actor, dealId, 'servicer');
      requireStatus(deal, ['deployed', 'offered'], 'given pledges');
      await requireNoneInFlight(tx.manager, dealId);
      const pool = await poolPledges(this.context, tx.manager, dealId);
      const pledged = await pledgedKeys(tx.manager, dealId);
      const keys = [...pool.keys()].filter((key) => !pledged.has(key));
      const transactionIds = await this.send(tx, actor, dealId, keys, pool);
      tx.record({ object, before: null, after: { pledging: keys.length, transactionIds } });
      return { loans: keys.length, transactionIds };
    });
  }

  /** The deal's pledges. @throws NotFound, NotDeployed */
  view(actor: Actor, dealId: string): Promise<PledgesView> {
    return this.context.uow.read(actor, async (manager) => {
      await dealFor(manager, dealId);
      const [counts]: { pledged: number; released: number }[] = await manager.query(
        `select count(*) filter (where released_in is null)::int as pledged, count(released_in)::int as released
           from weir.loan_pledge where deal_id = $1`,
        [dealId],
      );
      const roots: { period: number; root: Hex }[] = await manager.query(
        'select period, root from weir.pledge_root where deal_id = $1 order by period',
        [dealId],
      );
      const { pledged = 0, released = 0 } = counts ?? {};
      const [pool]: { loans: number }[] = await manager.query(
        'select count(*)::int as loans from weir.pool_loan where deal_id = $1',
        [dealId],
      );
      const registry = await platformAddress(manager, 'PledgeRegistry');
      return { registry, loans: Math.max(pool?.loans ?? 0, pledged + released), pledged, released, roots };
    });
  }

  private async send(
    tx: Tx,
    actor: Actor,
    dealId: string,
    keys: readonly Hex[],
    pool: ReadonlyMap<Hex, string>,
  ): Promise<string[]> {
    const { abi } = artifacts.PledgeRegistry;
    const to = await platformAddress(tx.manager, 'PledgeRegistry');
    const vault = await dealAddress(tx.manager, dealId, 'DealVault');
    const signer = (await accountOf(tx, actor.organisationId)) as Hex;
    const registry = reader(this.context, to, abi);
    const ids: string[] = [];
    for (let start = 0; start < keys.length; start += LOANS_AT_ONCE) {
      const some = keys.slice(start, start + LOANS_AT_ONCE);
      await requireFree(registry, signer, vault, some, pool);
      // The same loans are the same transaction, unless that failed.
      const digest = keccak256(concat(some)).slice(2, 34);
      const id = await attemptId(tx.manager, `deal/${dealId}/pledge/${digest}`);
      const args = [vault, some];
      ids.push(await queueCall(tx.manager, { id, signer, to, abi, method: 'pledge', args, dealId, purpose: PURPOSE }));
    }
    return ids;
  }
}

/** A second request would pledge the same loans again. @throws OutOfOrder */
async function requireNoneInFlight(manager: EntityManager, dealId: string): Promise<void> {
  const where = { dealId, purpose: PURPOSE, state: In(['queued', 'laid-out', 'signed', 'sent']) };
  if (await manager.existsBy(OutboxTransaction, where))
    throw new OutOfOrder('Pledges of the deal are on their way; wait until they are mined.', { dealId });
}

/** Asks the registry itself whether it would take the pledge. @throws LoanPledgedElsewhere, OutOfOrder */
async function requireFree(
  registry: Contract,
  from: Hex,
  vault: Hex,
  keys: readonly Hex[],
  pool: ReadonlyMap<Hex, string>,
): Promise<void> {
  await registry
    .getFunction('pledge')
    .staticCall(vault, keys, { from })
    .catch((error: unknown) => {
      if (!isError(error, 'CALL_EXCEPTION') || error.revert?.name !== 'PledgedTo') throw error;
      const [key, holder] = [...error.revert.args].map(String) as [Hex, string];
      if (holder.toLowerCase() === vault)
        throw new OutOfOrder('The loans were pledged a moment ago; look again.', { vault });
      throw new LoanPledgedElsewhere(pool.get(key) ?? key, key, holder.toLowerCase());
    });
}
