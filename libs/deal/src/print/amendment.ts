import { formatMoney } from '@weir/money';
import type { Amendment } from '../model.js';
import { byName, type Fields, given, textOf } from './fields.js';

/** The `amends:` block, or null. */
export function amendmentOf(amends: Amendment | null): Fields | null {
  if (!amends) return null;
  return given({
    program: amends.program,
    fromPeriod: String(amends.fromPeriod),
    renamed: byName(amends.renamed, ({ was }) => was),
    accounts: byName(amends.accounts, ({ into }) => into),
    state: byName(amends.state, ({ formula }) => textOf(formula)),
    dropped: byName(amends.dropped, ({ reason }) => reason),
    issued: byName(amends.issued, ({ amount }) => formatMoney(amount)),
  });
}
