import type {
  Account,
  CollectionGroup,
  Collections,
  Facility,
  Fee,
  FeeAccrual,
  Hedge,
  HedgeLeg,
  Ledger,
} from '../model.js';
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

function accrualOf({ rate, dayCount, accrual, firstAccrualFrom }: FeeAccrual): Fields {
  return given({ rate: textOf(rate), dayCount, accrual: dayCount && accrual, firstAccrualFrom });
}

export function feeOf({ payee, amount, accrual, cap, carry }: Fee): Fields {
  const due = accrual ? { ...accrualOf(accrual), of: textOf(accrual.of) } : { amount: textOf(amount) };
  return given({ payee, ...due, cap: maybeText(cap), carry: flag(carry, true) });
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

export function facilityOf({ provider, draw, limit, at, interest, commitmentFee }: Facility): Fields {
  return given({
    provider,
    draw: textOf(draw),
    limit: maybeText(limit),
    at: at === 'step' ? at : null,
    interest: interest?.accrual && accrualOf(interest.accrual),
    commitmentFee: commitmentFee?.accrual && accrualOf(commitmentFee.accrual),
  });
}

export function ledgerOf({ signed, initial }: Ledger): Fields {
  return given({ signed: flag(signed, false), initial: maybeText(initial) });
}
