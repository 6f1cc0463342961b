import { EXCHANGE_EVENTS } from './exchange-events.js';
import type { Handler, Handlers } from './handler.js';
import { INTEREST_EVENTS } from './interest-events.js';
import {
  coveredInterest,
  observedPayment,
  PRINCIPAL_EVENTS,
  principalAfterInterest,
  principalPayment,
  totalPayment,
} from './principal-events.js';
import { REVOLVING_EVENTS } from './revolving.js';
import type { Loan } from './terms.js';

/** What is due when a call loan is called stays as it is until the end of the notice, and no more interest accrues. */
const called: Handler = ({ state, maturity }, { at }) => {
  if (maturity !== undefined && maturity > at) {
    state.dueAtSettlement = state.accrued;
    state.accrued = 0;
    state.called = true;
  }
  return 0;
};

const COMMON: Handlers = {
  ...EXCHANGE_EVENTS,
  ...INTEREST_EVENTS,
  ...PRINCIPAL_EVENTS,
  call: called,
  default: ({ state }) => {
    // Bonds that stand in a loan's place do not default.
    if (!state.defeased) state.defaulted = true;
    return 0;
  },
  review: () => 0,
};

/** Where a kind of loan differs in what its payments do. */
const PAYMENTS: Record<Loan['kind'], Handlers> = {
  bullet: {},
  linear: { principal: principalPayment },
  stepped: { principal: principalPayment },
  call: {},
  annuity: { principal: totalPayment },
  'fixed-payment': { principal: totalPayment },
  'simple-interest': { principal: principalAfterInterest, interest: coveredInterest },
  revolving: REVOLVING_EVENTS,
  'open-ended': { principal: observedPayment },
};

/** What each event does to a loan of a kind. */
export const handlersOf = (kind: Loan['kind']): Handlers => ({ ...COMMON, ...PAYMENTS[kind] });
