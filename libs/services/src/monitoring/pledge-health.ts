import type { EntityManager } from 'typeorm';
import { abis } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { ServiceContext } from '../context.js';
import { reader } from '../deployment/contracts.js';
import { PlatformContract } from '../deployment/entities.js';
import { sameFigures, type Finding } from './invariants.js';

/** Loans that one call asks about: each costs about 8,000 gas. */
const MOST_LOANS = 1_500;

/** Whose pledges, and where they are asked for. */
export interface PledgeQuestion {
  readonly dealId: string;
  readonly health: Hex;
  readonly vault: Hex;
  readonly block: number;
  /** Pledge keys of the loans of the deal's pool. */
  readonly poolKeys: () => Promise<ReadonlySet<Hex>>;
}

/**
 * I: as many loans are pledged to the deal as the database has, and those of a part of them are; which part, the block's
 * number says, so that one audit after the other they all are looked at. Z: those of the part are loans of the pool under the
 * salt in use; what was pledged under another salt, or for another originator, cannot be shown to the registry when it
 * ends. Nothing for a deal without pledges.
 */
export async function pledgeFindings(
  context: Pick<ServiceContext, 'provider'>,
  manager: EntityManager,
  { dealId, health, vault, block, poolKeys }: PledgeQuestion,
): Promise<Finding[]> {
  const registry = await manager.findOneBy(PlatformContract, { name: 'PledgeRegistry' });
  const counts: { all: number; left: number }[] = await manager.query(
    `select count(*)::integer as all, (count(*) filter (where released_in is null))::integer as left
      from weir.loan_pledge where deal_id = $1`,
    [dealId],
  );
  const { all, left } = counts[0] ?? { all: 0, left: 0 };
  if (registry === null || all === 0) return [];
  const at = { blockTag: block };
  const pledges = reader(context, registry.address, abis.PledgeRegistry);
  const counted = (await pledges.getFunction('pledgedCount').staticCall(vault, at)) as bigint;
  const parts = Math.ceil(all / MOST_LOANS);
  const from = (block % parts) * MOST_LOANS;
  const rows: { key: Hex; released: boolean }[] = await manager.query(
    `select pledge_key as key, released_in is not null as released from weir.loan_pledge
      where deal_id = $1 order by pledge_key limit $2 offset $3`,
    [dealId, MOST_LOANS, from],
  );
  const keys = rows.flatMap(({ key, released }) => (released ? [] : [key]));
  const asked = reader(context, health, abis.DealHealth).getFunction('pledged');
  const { actual, expected } = (await asked.staticCall(registry.address, vault, keys, at)) as unknown as Figures;
  const place = `loans ${from + 1} to ${from + rows.length}`;
  const known = await poolKeys();
  return [
    sameFigures('I', '', counted, BigInt(left)),
    sameFigures('I', place, actual, expected),
    sameFigures('Z', place, BigInt(keys.filter((key) => known.has(key)).length), BigInt(keys.length)),
  ];
}

interface Figures {
  readonly actual: bigint;
  readonly expected: bigint;
}
