import type { CashPlace } from '@weir/ledger';
import type { CompiledDeal } from '@weir/waterfall';

/** What each name of a trace is in the books: the deposit, an account, a class's interest or principal, a payee. */
export function placesOf(compiled: CompiledDeal): Map<string, CashPlace> {
  const places = new Map<string, CashPlace>([['deposit', { kind: 'deposit' }]]);
  for (const name of compiled.accounts) places.set(name, { kind: 'account', name, suspense: name === 'suspense' });
  for (const { name } of compiled.tranches) {
    places.set(`${name} interest`, { kind: 'interest', tranche: name });
    places.set(`${name} principal`, { kind: 'principal', tranche: name });
  }
  for (const { name, party } of compiled.payees) places.set(name, { kind: 'payee', name, residual: party === 'sponsor' });
  return places;
}
