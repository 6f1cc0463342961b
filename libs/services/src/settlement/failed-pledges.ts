import type { EntityManager } from 'typeorm';
import type { Hex } from '@weir/money';

export const RELEASE_PURPOSE = 'pledges: release';
export const ROOT_PURPOSE = 'pledges: record the root';

/** A release or a recording of a root that failed, of which nothing was tried since and which nobody else did. */
export interface FailedPledge {
  /** What its attempts have in common: `deal/…/release/KEY/PERIOD` or `deal/…/record-root/PERIOD`. */
  readonly key: string;
  readonly dealId: string;
  readonly purpose: string;
  readonly signer: Hex;
  readonly to: Hex;
  readonly data: Hex;
  readonly attempts: number;
  /** When it was first queued, and last. */
  readonly first: Date;
  readonly last: Date;
  readonly failure: string | null;
  /** Whether another attempt can help: the registry takes no root but that of the period settled last. */
  readonly mendable: boolean;
}

/** Failed releases and roots whose loan is still pledged, or whose root is not on record, as far as blocks were read. */
export async function failedPledges(manager: EntityManager): Promise<FailedPledge[]> {
  return manager.query(
    `select k.key, f.deal_id as "dealId", f.purpose, f.signer, f."to", f.data, k.number as attempts,
        coalesce(o.created_at, f.created_at) as first, f.created_at as last, f.failure,
        f.purpose = $1 or not exists (select 1 from weir.payment p where p.deal_id = f.deal_id and p.period > k.place::int)
          as mendable
      from weir.outbox_transaction f
      cross join lateral (select regexp_replace(f.id, '/attempt-[0-9]+$', '') as key,
        substring(f.id from '/attempt-([0-9]+)$')::int as number, split_part(f.id, '/', 4) as place) k
      left join weir.outbox_transaction o on o.id = k.key || '/attempt-1'
      where f.state = 'failed' and f.purpose in ($1, $2)
        and not exists (select 1 from weir.outbox_transaction n where n.id = k.key || '/attempt-' || (k.number + 1))
        and case f.purpose
          when $1 then exists (select 1 from weir.loan_pledge p
            where p.deal_id = f.deal_id and p.pledge_key = k.place and p.released_in is null)
          else not exists (select 1 from weir.pledge_root r where r.deal_id = f.deal_id and r.period = k.place::int) end
      order by k.key`,
    [RELEASE_PURPOSE, ROOT_PURPOSE],
  );
}

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** One that failed so often is an alarm, however soon. */
export const ALARMING_ATTEMPTS = 3;

/** When the next attempt is due: a minute after the first, then after pauses that double, to a day. */
export function nextAttempt({ attempts, last }: Pick<FailedPledge, 'attempts' | 'last'>): Date {
  return new Date(last.getTime() + Math.min(DAY_MS, MINUTE_MS * 2 ** (attempts - 1)));
}

/** Whether the pause after the last attempt is over. */
export const isDue = (one: Pick<FailedPledge, 'attempts' | 'last'>, now: Date): boolean => now >= nextAttempt(one);

/** How often it failed and since when, why, and when it is tried again. */
export function inWords(one: FailedPledge): string {
  const { attempts, first, failure, mendable } = one;
  const next = mendable
    ? `tried again at ${nextAttempt(one).toISOString()}`
    : 'not tried again: a later period is settled';
  return `failed ${attempts} times since ${first.toISOString()} (${failure ?? 'no reason given'}), ${next}`;
}
