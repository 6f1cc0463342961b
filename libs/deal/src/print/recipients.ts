import type { PrincipalMethod, Recipients } from '../model.js';
import { type Fields, given, maybeText, textOf, type Value } from './fields.js';

/** Recipients with their order written out at every level; `field` names a bounded one. */
export function recipientsOf(recipients: Recipients, field: 'class' | 'ledger'): Value {
  if (recipients.kind === 'one') {
    const { name, until, limit } = recipients;
    return until || limit ? given({ [field]: name, until: maybeText(until), limit: maybeText(limit) }) : name;
  }
  const of = recipients.of.map((each) => recipientsOf(each, field));
  const list: Fields = { [recipients.kind === 'sequential' ? 'sequential' : 'pro rata']: of };
  return recipients.by ? { ...list, by: recipients.by.map(textOf) } : list;
}

export function methodOf(method: PrincipalMethod): string {
  if (method.kind === 'pro-rata-until') return `pro rata until ${method.trigger}, then sequential`;
  return method.kind === 'pro-rata' ? 'pro rata' : 'sequential';
}
