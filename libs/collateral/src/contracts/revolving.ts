import { DrawingRefused } from './errors.js';
import type { Handler, Handlers } from './handler.js';
import { valueAt } from './observations.js';
import type { LoanRun } from './state.js';
import type { RevolvingLoan } from './terms.js';

const outstanding = ({ sign, state }: LoanRun): number => sign * state.balance;

const lineOf = ({ terms }: LoanRun): RevolvingLoan | undefined => (terms.kind === 'revolving' ? terms : undefined);

/** A statement's payment: the minimum, at least the interest and what is above the limit, interest first. */
const payment: Handler = (run) => {
  const line = lineOf(run);
  const { state, sign } = run;
  if (!line) return 0;
  const owed = outstanding(run);
  const minimum = Math.max(line.minimum.share * owed, line.minimum.amount) - sign * state.accrued;
  const principal = Math.min(Math.max(minimum, owed - line.limit, 0), owed);
  state.balance -= sign * principal;
  return sign * principal;
};

/** An observed drawing as it is, or one up to the line's use. @throws DrawingRefused @throws ObservationMissing */
const drawing: Handler = (run, { at, scheduled, value }) => {
  const line = lineOf(run);
  if (!line) return 0;
  const isOpen = line.drawUntil === undefined || at < line.drawUntil;
  const most = isOpen ? Math.max(line.limit - outstanding(run), 0) : 0;
  if (value !== undefined && value > most) throw new DrawingRefused(line.id, at, value, most);
  const use = line.utilisation === undefined ? 0 : valueAt(run.observations, line.utilisation, scheduled);
  const amount = value ?? Math.min(Math.max(use * line.limit - outstanding(run), 0), most);
  run.state.balance += run.sign * amount;
  return -run.sign * amount;
};

/** What the events of a revolving line do where they differ from those of other loans. */
export const REVOLVING_EVENTS: Handlers = { principal: payment, drawing };
