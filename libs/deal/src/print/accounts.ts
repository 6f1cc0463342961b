import type { Account, CollectionGroup, Collections, Facility, Fee, Hedge, HedgeLeg, Ledger } from '../model.js';
import { type Fields, flag, given, maybeText, textOf } from './fields.js';

export function accountOf({ target, floor, nonDeclining, fundedAtClosing, initial }: Account): Fields {
  return given({
    target: maybeText(target),
    floor: maybeText(floor),
    nonDeclining: flag(nonDeclining, false),
    fundedAtClosing: flag(fundedAtClosing, initial !== null),
    initial: maybeText(initial),
  });
}

function groupOf({ account, items }: CollectionGroup): Fields {
  return { account, items };
}

export function collectionsOf({ groups, suspense }: Collections): Fields {
  const [only, ...more] = groups;
  return more.length === 0 && only ? { ...groupOf(only), suspense } : { suspense, groups: groups.map(groupOf) };
}

export function feeOf({ payee, amount, cap, carry }: Fee): Fields {
  return given({ payee, amount: textOf(amount), cap: maybeText(cap), carry: flag(carry, true) });
}

function legOf({ rate, dayCount }: HedgeLeg): Fields {
  return { rate: textOf(rate), dayCount };
}

export function hedgeOf({ counterparty, notional, pays, receives, accrual }: Hedge): Fields {
  return given({
    counterparty,
    notional: textOf(notional),
    pays: pays && legOf(pays),
    receives: receives && legOf(receives),
    accrual,
  });
}

export function facilityOf({ provider, draw, limit }: Facility): Fields {
  return given({ provider, draw: textOf(draw), limit: maybeText(limit) });
}

export function ledgerOf({ signed, initial }: Ledger): Fields {
  return given({ signed: flag(signed, false), initial: maybeText(initial) });
}
