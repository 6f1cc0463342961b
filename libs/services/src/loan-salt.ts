import { loanSalt } from '@weir/audit';
import type { Hex } from '@weir/money';
import type { ServiceContext } from './context.js';

/** The salt of one loan's leaf in a deal; showing it proves that loan and no other. */
export function saltOf(context: Pick<ServiceContext, 'saltSecret'>, dealId: string, loanKey: string): Hex {
  return loanSalt(context.saltSecret, `${dealId}/${loanKey}`);
}
