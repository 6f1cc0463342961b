import type { Handler, Handlers } from './handler.js';
import { valueAt } from './observations.js';
import { newPayment } from './payment.js';
import type { LoanRun } from './state.js';

/** Repays an amount without sign; the flow carries the side's sign and grows with the scaling index. */
function repay({ sign, state }: LoanRun, amount: number): number {
  state.balance -= sign * amount;
  return sign * state.principalMultiplier * amount;
}

const outstanding = ({ sign, state }: LoanRun): number => sign * state.balance;

/** A payment of principal alone, the last one of what is left. */
export const principalPayment: Handler = (run, { value }) =>
  repay(run, Math.min(value ?? run.state.payment, outstanding(run)));

/** What a payment of interest and principal leaves for principal; less than zero where interest exceeds the payment. */
export const totalPayment: Handler = (run) =>
  repay(run, Math.min(run.state.payment - run.sign * run.state.accrued, outstanding(run)));

/** What a payment leaves for principal after the interest accrued so far; nothing where it does not cover that. */
export const principalAfterInterest: Handler = (run, { value }) => {
  const left = (value ?? run.state.payment) - run.sign * run.state.accrued;
  return repay(run, Math.max(0, Math.min(left, outstanding(run))));
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
  if (amount !== undefined) return Math.min(amount, outstanding(run));
  const model = run.terms.prepayment?.model;
  return model === undefined ? 0 : valueAt(run.observations, model, scheduled) * outstanding(run);
}

/** Drawings, prepayments, what a prepayment costs, and the payment fixed anew. */
export const PRINCIPAL_EVENTS: Handlers = {
  drawing: (run, { value }) => repay(run, -(value ?? 0)),
  penalty: (run, { scheduled }) => penalty(run, scheduled),
  prepayment: (run, { scheduled, value }) => {
    const amount = prepaid(run, scheduled, value);
    run.state.balance -= run.sign * amount;
    if (run.terms.prepayment?.effect === 'lower-payment') run.state.payment = newPayment(run, scheduled);
    return run.sign * amount;
  },
  'payment-fixed': (run, { scheduled }) => {
    run.state.payment = newPayment(run, scheduled);
    return 0;
  },
};
