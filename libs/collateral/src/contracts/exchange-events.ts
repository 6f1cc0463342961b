import { yearsBetween } from './accrual.js';
import type { Handlers } from './handler.js';
import { isRedeeming, newPayment } from './payment.js';
import type { LoanRun } from './state.js';

/** Interest that the loan brings along when it is paid out: stated, or since a first interest date before it. */
function broughtIn({ terms: { interest }, sign, state, yearCount }: LoanRun, at: string): number {
  if (!interest) return 0;
  if (interest.accrued !== undefined) return sign * interest.accrued;
  if (interest.firstDate === undefined || interest.firstDate >= at) return 0;
  return yearsBetween(yearCount, interest.firstDate, at) * state.balance * interest.rate;
}

/** Puts the loan into the state of its terms, as it stands when its principal was paid out. */
export function payOut(run: LoanRun): void {
  const { terms, sign, state } = run;
  state.balance = sign * terms.balance;
  state.rate = terms.interest?.rate ?? 0;
  state.interestBase = sign * (terms.interestBase?.amount ?? terms.balance);
}

/** A loan paid out, ended, bought and sold. */
export const EXCHANGE_EVENTS: Handlers = {
  'initial-exchange': (run, { interestTo }) => {
    const { terms, sign, state } = run;
    payOut(run);
    state.accruedTo = interestTo;
    state.accrued = broughtIn(run, interestTo);
    if (isRedeeming(terms) && terms.redemption.payment === undefined) {
      state.payment = newPayment(run, interestTo, true);
    }
    return -sign * (terms.balance + (terms.initialPremium ?? 0));
  },
  maturity: (run) => close(run),
  settlement: (run) => close(run),
  purchase: ({ terms, sign, state }) => -sign * ((terms.purchase?.price ?? 0) + state.accrued),
  termination: ({ terms, sign, state }) => {
    const flow = sign * ((terms.termination?.price ?? 0) + state.accrued);
    Object.assign(state, { balance: 0, interestBase: 0, accrued: 0, feeAccrued: 0 });
    return flow;
  },
};

function close({ state }: LoanRun): number {
  const principal = state.principalMultiplier * state.balance;
  const flow = principal + state.interestMultiplier * state.accrued + state.feeAccrued;
  Object.assign(state, { balance: 0, interestBase: 0, accrued: 0, feeAccrued: 0 });
  return flow;
}
