import type { EntityManager } from 'typeorm';
import type { Finding } from '@weir/collateral';
import { parseMoney } from '@weir/money';
import type { TapeRecord } from '../tapes/entities.js';
import { findingsByRule, type TapeFacts } from './tape-facts.js';

/**
 * What was found in the period's tape and who was turned away at the cut-off date. Balances of excluded loans are those
 * of the first period's tape, which is the tape of the cut-off date.
 */
export async function loadTapeFacts(
  manager: EntityManager,
  tape: TapeRecord,
  ofReport: readonly Finding[],
): Promise<TapeFacts> {
  const { dealId, summary } = tape;
  const exclusions: { reason: string; loans: string; balance: string }[] = await manager.query(
    `select reason, count(*)::text as loans, round(coalesce(sum(l.opening), 0), 2)::text as balance
       from weir.excluded_loan e
       cross join unnest(e.reasons) as reason
       left join weir.servicer_report r on r.deal_id = e.deal_id and r.period = 1
       left join weir.tape_loan l on l.tape_id = r.tape_id and l.loan_key = e.loan_key
      where e.deal_id = $1 group by reason order by reason`,
    [dealId],
  );
  const counted: { excluded: string }[] = await manager.query(
    'select count(*)::text as excluded from weir.excluded_loan where deal_id = $1',
    [dealId],
  );
  return {
    rows: summary?.rows ?? 0,
    findings: findingsByRule({ findings: summary?.findings ?? {} }, ofReport),
    excluded: Number(counted[0]?.excluded ?? 0),
    exclusions: exclusions.map(({ reason, loans, balance }) => ({
      reason,
      loans: Number(loans),
      balance: parseMoney(balance),
    })),
  };
}
