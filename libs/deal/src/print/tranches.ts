import { formatMoney, formatRate } from '@weir/money';
import type { Combination, Tranche, TrancheSize } from '../model.js';
import { type Fields, given, maybeText, textOf } from './fields.js';

function sizeOf(size: TrancheSize): Fields {
  switch (size.kind) {
    case 'share':
      return { share: formatRate(size.share), of: 'cutOffPool', roundDown: formatMoney(size.roundDown) };
    case 'amount':
      return { amount: textOf(size.amount) };
    case 'credit-enhancement':
      return { creditEnhancement: formatRate(size.enhancement), roundDown: formatMoney(size.roundDown) };
  }
}

function interestOnShortfallOf({ interestOnShortfall }: Tranche): string | null {
  if (typeof interestOnShortfall !== 'boolean') return textOf(interestOnShortfall);
  return interestOnShortfall ? null : 'false';
}

export function trancheOf(tranche: Tranche): Fields {
  return given({
    name: tranche.name,
    label: tranche.label,
    ...sizeOf(tranche.size),
    coupon: textOf(tranche.coupon),
    dayCount: tranche.dayCount,
    accrual: tranche.accrual,
    firstAccrualFrom: tranche.firstAccrualFrom,
    interestOn: maybeText(tranche.interestOn),
    notional: maybeText(tranche.notional),
    interestOnShortfall: interestOnShortfallOf(tranche),
    availableFundsCap: maybeText(tranche.availableFundsCap),
    reduceInterest: maybeText(tranche.reduceInterest),
    legalFinal: tranche.legalFinal,
  });
}

export function combinationOf({ of }: Combination): Fields {
  return Object.fromEntries(of.map(({ tranche, share }) => [tranche, formatRate(share)]));
}
