import { checkContract } from './check-contract.js';
import type { ContractEvent } from './event.js';
import type { Moment } from './moment.js';
import { NOTHING_OBSERVED, type Observations } from './observations.js';
import { runLoan } from './run-loan.js';
import { runSwap } from './swap.js';
import { type CashPosition, type Contract, signOf } from './terms.js';

/** Cash pays nothing: a review shows what there is. */
function cashEvents(terms: CashPosition, { events }: Observations, until: Moment | undefined): ContractEvent[] {
  const balance = signOf(terms.side) * terms.balance;
  return events
    .filter(({ kind, at }) => kind === 'reviewed' && at >= terms.statusDate && (until === undefined || at <= until))
    .map(({ at }) => ({ kind: 'review', at, flow: 0, balance, rate: 0, accrued: 0 }) as const)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/**
 * What happens to a contract after its status date, in order, with the flow of each event and the state after it, up to
 * `until` (its own end when left out). Amounts are float64 in units of the currency, nothing is rounded: it shows the
 * future and never feeds a payment. The rules are those of the ACTUS technical specification 1.1.
 * @throws ContractInvalid with every problem of the terms
 * @throws ObservationMissing when an index has no observation in time
 * @throws TooManyEvents
 */
export function projectContract(
  terms: Contract,
  observations: Observations = NOTHING_OBSERVED,
  until?: Moment,
): ContractEvent[] {
  checkContract(terms, until);
  switch (terms.kind) {
    case 'cash':
      return cashEvents(terms, observations, until);
    case 'interest-rate-swap':
      return runSwap(terms, observations, until);
    default:
      return runLoan(terms, observations, until);
  }
}
