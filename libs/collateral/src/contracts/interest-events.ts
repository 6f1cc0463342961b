import type { Handlers } from './handler.js';
import { valueAt } from './observations.js';
import { resetRate } from './rate-reset.js';

/** Interest paid or capitalised, its base and its rate, and fees. */
export const INTEREST_EVENTS: Handlers = {
  interest: ({ state }) => {
    const flow = state.interestMultiplier * (state.accrued + state.dueAtSettlement);
    Object.assign(state, { accrued: 0, dueAtSettlement: 0 });
    return flow;
  },
  'interest-capitalised': ({ state }) => {
    state.balance += state.accrued;
    state.accrued = 0;
    return 0;
  },
  'interest-base': ({ state }) => {
    state.interestBase = state.balance;
    return 0;
  },
  'rate-reset': ({ terms, state, observations }, { scheduled, value }) => {
    if (terms.rateReset) {
      const reset = { ...terms.rateReset, spread: terms.rateReset.spread + (value ?? 0) };
      state.rate = resetRate(reset, state.rate, valueAt(observations, reset.index, scheduled));
    }
    return 0;
  },
  'rate-fixed': ({ state }, { value }) => {
    state.rate = value ?? state.rate;
    return 0;
  },
  fee: ({ terms, sign, state }) => {
    const flow = terms.fee?.basis === 'amount' ? sign * terms.fee.rate : state.feeAccrued;
    state.feeAccrued = 0;
    return flow;
  },
  scaling: ({ terms: { scaling }, state, observations }, { scheduled }) => {
    if (!scaling) return 0;
    const multiplier = valueAt(observations, scaling.index, scheduled) / scaling.base;
    if (scaling.interest) state.interestMultiplier = multiplier;
    if (scaling.principal) state.principalMultiplier = multiplier;
    return 0;
  },
};
