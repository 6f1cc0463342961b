import { addMonths } from '@weir/calendar';
import type { SecurityFlows } from '../flows/security-flows.js';

/** Level-coupon bond of 100 with one coupon every `months`, for specs. */
export function bullet(coupon: number, payments: number, months: number, from: string): SecurityFlows {
  const dates = Array.from({ length: payments }, (_, i) => addMonths(from, months * (i + 1)));
  const interest = new Float64Array(payments).fill((100 * coupon * months) / 12);
  return { dates, interest, principal: Float64Array.from(dates, (_, i) => (i === payments - 1 ? 100 : 0)) };
}
