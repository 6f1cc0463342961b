import type { Hex } from '@weir/money';
import type { EntityManager } from 'typeorm';
import type { ServiceContext } from '../context.js';
import { OriginatorNameless } from './errors.js';
import { originatorOf, poolPledges } from './pool-pledges.js';

interface KnownPool {
  /** What the keys were made of. */
  readonly mark: string;
  readonly keys: ReadonlySet<Hex>;
}

/** Pledge keys of the loans of deals' pools. Making them takes some seconds for a large pool, so they are kept while it stays. */
export class PoolKeys {
  private readonly known = new Map<string, KnownPool>();

  constructor(private readonly context: Pick<ServiceContext, 'saltSecret'>) {}

  /** Of a deal whose originator has no name that can be seen there are none. */
  async of(manager: EntityManager, dealId: string): Promise<ReadonlySet<Hex>> {
    try {
      const [pool]: { loans: string; sum: string | null }[] = await manager.query(
        'select count(*) as loans, sum(hashtextextended(loan_key, 0)::numeric) as sum from weir.pool_loan where deal_id = $1',
        [dealId],
      );
      const mark = `${pool?.loans} loans ${pool?.sum} of ${await originatorOf(manager, dealId)}`;
      const before = this.known.get(dealId);
      if (before?.mark === mark) return before.keys;
      const keys = new Set((await poolPledges(this.context, manager, dealId)).keys());
      this.known.set(dealId, { mark, keys });
      return keys;
    } catch (error) {
      if (error instanceof OriginatorNameless) return new Set();
      throw error;
    }
  }
}
