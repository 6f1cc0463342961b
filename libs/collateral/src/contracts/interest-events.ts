import type { Handlers } from './handler.js';
import { valueAt } from './observations.js';
import { addPeriods, type Moment } from './moment.js';
import { resetRate } from './rate-reset.js';
import { firstDateOf } from './schedule.js';
import type { Loan, RateResetTerms } from './terms.js';

/** The bounds of a reset: the first of all has its own cap. */
function boundsOn(reset: RateResetTerms, { initialDate, conventions }: Loan, scheduled: Moment): RateResetTerms {
  const { initialCap } = reset;
  const isFirst = scheduled === firstDateOf(reset, initialDate, conventions.endOfMonth);
  return isFirst && initialCap !== undefined ? { ...reset, periodCap: initialCap, periodFloor: initialCap } : reset;
}

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
  'rate-reset': (run, { scheduled, value }) => {
    const { terms, state, observations } = run;
    if (terms.rateReset) {
      const reset = { ...boundsOn(terms.rateReset, terms, scheduled), spread: terms.rateReset.spread + (value ?? 0) };
      const observed = reset.lookback ? addPeriods(scheduled, reset.lookback, -1) : scheduled;
      state.rate = resetRate(reset, state.rate, valueAt(observations, reset.index, observed));
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
