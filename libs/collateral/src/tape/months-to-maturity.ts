import { monthsBetween } from '@weir/calendar';
import type { LoanRecord, RoleOf } from './loan-record.js';

/**
 * Calendar months from that in which a row's period ends to that of its maturity, this one included; zero or less of a loan
 * that should have matured. Null where the row states no period or no maturity.
 */
export function monthsToMaturity(record: Pick<LoanRecord, 'values' | 'period'>, roleOf: RoleOf): number | null {
  const matures = roleOf(record, 'matures');
  if (typeof matures !== 'string' || record.period === null) return null;
  return monthsBetween(`${record.period.to.slice(0, 7)}-01`, `${matures.slice(0, 7)}-01`);
}
