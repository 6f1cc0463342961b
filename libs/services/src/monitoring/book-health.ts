import type { EntityManager } from 'typeorm';
import type { Hex } from '@weir/money';
import type { CompiledDeal } from '@weir/waterfall';
import type { ChainFinding } from './chain-health.js';
import { placeOf } from './chain-health.js';
import { sameFigures, type Finding } from './invariants.js';

/** What the database is held against: the contracts' answers at the indexed block. */
export interface BookQuestion {
  readonly dealId: string;
  readonly compiled: Pick<CompiledDeal, 'tranches'>;
  /** Accounts that the deal was closed with. */
  readonly accountsAtClosing: number;
  readonly vault: Hex;
  readonly distributor: Hex;
  /** Base units of cash in a cent. */
  readonly unit: bigint;
  /** Hash of the vault's state at the block. */
  readonly stateHash: string;
  /** Periods that were looked at on chain. */
  readonly from: number;
  readonly to: number;
  readonly chain: readonly ChainFinding[];
}

/**
 * C of the deal as a whole, L and M. What the contracts did not answer is not held against anything here: it has an alarm
 * of its own.
 */
export async function bookFindings(manager: EntityManager, question: BookQuestion): Promise<Finding[]> {
  return [
    ...(await cashFindings(manager, question)),
    ...(await paymentFindings(manager, question)),
    ...(await bookingFindings(manager, question)),
    ...(await claimFindings(manager, question)),
  ];
}

/** A figure that the contract answered and that holds, else null. */
function held({ chain }: BookQuestion, letter: string, place = ''): ChainFinding['figures'] | null {
  const found = chain.find((finding) => finding.letter === letter && finding.place === place);
  return found === undefined || found.verdict === 'unanswered' ? null : found.figures;
}

/** Paid by events and owed by views are together what came in by events. */
async function cashFindings(manager: EntityManager, question: BookQuestion): Promise<Finding[]> {
  const [vault, distributor] = [held(question, 'A'), held(question, 'B')];
  if (vault === null || distributor === null) return [];
  const { accountsAtClosing, unit } = question;
  const rows: { came: string; went: string }[] = await manager.query(
    `select
       coalesce(sum(case when name = 'Deposited' then (args->>'amount')::numeric
         when name = 'Opened' then $3::numeric * (select sum(word::numeric)
           from jsonb_array_elements_text(args->'initialState') with ordinality as words (word, place) where place <= $4)
         end), 0) as came,
       coalesce(sum(case when name in ('Withdrawn', 'TaxRemitted') then (args->>'amount')::numeric
         when name = 'UnclaimedMoved' then (args->>'interest')::numeric + (args->>'principal')::numeric end), 0)
         + (select coalesce(sum(interest + principal - tax), 0) from weir.claim where deal_id = $5) as went
      from weir.chain_event where address in ($1, $2)`,
    [question.vault, question.distributor, unit.toString(), accountsAtClosing, question.dealId],
  );
  const { came = '0', went = '0' } = rows[0] ?? {};
  return [sameFigures('C', '', BigInt(went) + vault.expected + distributor.expected, BigInt(came))];
}

/** As many payments as periods were settled, and the state after the last of them. */
async function paymentFindings(manager: EntityManager, question: BookQuestion): Promise<Finding[]> {
  const periods = held(question, 'J');
  if (periods === null) return [];
  const rows: { payments: string; state_hash: string | null }[] = await manager.query(
    `select (select count(*) from weir.payment where deal_id = $1) as payments,
       (select coalesce(opening_hash, state_hash) from weir.deal_state where deal_id = $1 order by period desc limit 1) as state_hash`,
    [question.dealId],
  );
  const row = rows[0];
  const count = sameFigures('L', '', BigInt(row?.payments ?? 0), periods.expected);
  // Before it closes, a deal has no state here.
  if (count.verdict !== 'holds' || row?.state_hash == null) return [count];
  return [count, sameFigures('L', 'state', row.state_hash.toLowerCase(), question.stateHash.toLowerCase())];
}

/** What each class was booked is what the settlement paid it, and the dust that was carried. */
async function bookingFindings(manager: EntityManager, question: BookQuestion): Promise<Finding[]> {
  const rows: { period: number; outputs: string[] }[] = await manager.query(
    `select (args->>'period')::integer as period, args->'outputs' as outputs from weir.chain_event
      where address = $1 and name = 'Settled' and (args->>'period')::integer between $2 and $3`,
    [question.vault, question.from, question.to],
  );
  const dust: { period: number; tranche: number; cents: string }[] = await manager.query(
    `select (args->>'period')::integer as period, (args->>'tranche')::integer as tranche,
        (args->>'interestCents')::numeric + (args->>'principalCents')::numeric as cents
      from weir.chain_event where address = $1 and name = 'DustCarried' and (args->>'period')::integer between $2 and $3`,
    [question.distributor, question.from, question.to],
  );
  return rows.flatMap(({ period, outputs }) =>
    question.compiled.tranches.flatMap(({ name }, index) => {
      const place = placeOf(name, period);
      const booked = held(question, 'C', place);
      if (booked === null) return [];
      const carried = dust.find((one) => one.period === period && one.tranche === index)?.cents ?? '0';
      const paid = BigInt(outputs[2 * index] ?? 0) + BigInt(outputs[2 * index + 1] ?? 0);
      // A class that is paid nothing is booked nothing, and its dust waits.
      return [sameFigures('L', place, (paid + BigInt(carried)) * question.unit, booked.expected)];
    }),
  );
}

/** The claims of a class and period are what the Distributor counts as paid. */
async function claimFindings(manager: EntityManager, question: BookQuestion): Promise<Finding[]> {
  const rows: { period: number; tranche: number; paid: string }[] = await manager.query(
    `select period, tranche, sum(interest + principal) as paid from weir.claim
      where deal_id = $1 and period between $2 and $3 group by period, tranche`,
    [question.dealId, question.from, question.to],
  );
  const findings: Finding[] = [];
  for (let period = question.from; period <= question.to; period++) {
    question.compiled.tranches.forEach(({ name }, index) => {
      const place = placeOf(name, period);
      const counted = held(question, 'C', place);
      if (counted === null) return;
      const paid = rows.find((row) => row.period === period && row.tranche === index)?.paid ?? '0';
      findings.push(sameFigures('M', place, BigInt(paid), counted.actual));
    });
  }
  return findings;
}
