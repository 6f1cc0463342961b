import type { Handler, Handlers } from './handler.js';
import { valueAt } from './observations.js';
import { newPayment, repayable, residualOf } from './payment.js';
import { checkOpen, penaltyOf, protectionOn } from './protection.js';
import type { LoanRun } from './state.js';

/** Repays an amount without sign; the flow carries the side's sign and grows with the scaling index. */
function repay({ sign, state }: LoanRun, amount: number): number {
  state.balance -= sign * amount;
  return sign * state.principalMultiplier * amount;
}

const outstanding = ({ sign, state }: LoanRun): number => sign * state.balance;

/** A payment of principal alone, the last one of what is left. */
export const principalPayment: Handler = (run, { value }) =>
  repay(run, Math.min(value ?? run.state.payment, repayable(run)));

/** What a payment of interest and principal leaves for principal; less than zero where interest exceeds the payment. */
export const totalPayment: Handler = (run, { scheduled }) => {
  const { terms, state, sign } = run;
  const balanceCap = terms.kind === 'annuity' ? terms.paymentReset?.balanceCap : undefined;
  if (balanceCap !== undefined && outstanding(run) - state.payment + sign * state.accrued > balanceCap) {
    state.payment = newPayment(run, scheduled, true);
  }
  return repay(run, Math.min(state.payment - sign * state.accrued, repayable(run)));
};

/** What a payment leaves for principal after the interest accrued so far; nothing where it does not cover that. */
export const principalAfterInterest: Handler = (run, { value }) => {
  const left = (value ?? run.state.payment) - run.sign * run.state.accrued;
  return repay(run, Math.max(0, Math.min(left, repayable(run))));
};

/** Interest accrued so far, as far as the payment covers it. */
export const coveredInterest: Handler = ({ sign, state }, { value }) => {
  const flow = sign * Math.min(value ?? state.payment, sign * state.accrued);
  state.accrued -= flow;
  return flow;
};

/** An observed amount as it is, even beyond what is outstanding: a current account turns round. */
export const observedPayment: Handler = (run, { value }) => repay(run, value ?? 0);

function penalty(run: LoanRun, scheduled: string): number {
  const { terms, sign, state, observations, yearsSinceLast } = run;
  const agreed = terms.prepayment?.penalty;
  if (!agreed) return 0;
  if (agreed.kind === 'amount') return sign * agreed.value;
  const exposure = yearsSinceLast * state.balance;
  if (agreed.kind === 'rate') return exposure * agreed.value;
  const market = terms.rateReset ? valueAt(observations, terms.rateReset.index, scheduled) : state.rate;
  return exposure * Math.max(0, state.rate - market);
}

function prepaid(run: LoanRun, scheduled: string, amount: number | undefined): number {
  const protection = protectionOn(run.terms, scheduled);
  if (amount !== undefined) {
    checkOpen(run, protection, scheduled);
    return Math.min(amount, outstanding(run));
  }
  if (run.state.defeased || protection?.kind === 'lockout' || protection?.kind === 'defeasance') return 0;
  const model = run.terms.prepayment?.model;
  return model === undefined ? 0 : valueAt(run.observations, model, scheduled) * outstanding(run);
}

/** Drawings, prepayments, what a prepayment costs, and the payment fixed anew. */
export const PRINCIPAL_EVENTS: Handlers = {
  drawing: (run, { value }) => repay(run, -(value ?? 0)),
  'write-down': (run, { value }) => {
    run.state.balance -= run.sign * Math.min(value ?? 0, outstanding(run));
    return 0;
  },
  defeasance: ({ state }) => {
    state.defeased = true;
    return 0;
  },
  residual: (run) => repay(run, Math.min(residualOf(run.terms), outstanding(run))),
  penalty: (run, { scheduled, value }) => {
    const protection = protectionOn(run.terms, scheduled);
    return protection ? penaltyOf(run, protection, scheduled, prepaid(run, scheduled, value)) : penalty(run, scheduled);
  },
  prepayment: (run, { scheduled, value }) => {
    const amount = prepaid(run, scheduled, value);
    run.state.balance -= run.sign * amount;
    if (run.terms.prepayment?.effect === 'lower-payment') run.state.payment = newPayment(run, scheduled);
    return run.sign * amount;
  },
  'payment-fixed': (run, { scheduled, value: cap = Infinity }) => {
    const { state } = run;
    const [least, most] = [state.payment * (1 - Math.min(cap, 1)), state.payment * (1 + cap)];
    const level = newPayment(run, scheduled);
    state.payment = cap === Infinity ? level : Math.min(Math.max(level, least), most);
    return 0;
  },
};
