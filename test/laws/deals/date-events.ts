import { type CompiledDeal, summarise } from '@weir/waterfall';
import type { GeneratedDate } from './payment-dates.js';

/** What of interest can happen on a payment date of a generated deal. */
export const DATE_EVENTS = [
  'the run stops',
  'interest shortfall',
  'shortfall made good',
  'carry-over owed',
  'fee unpaid',
  'reserve draw',
  'reserve filled',
  'trigger on',
  'trigger trips',
  'trigger cured',
  'state changes',
  'call exercised',
  'facility drawn',
  'facility repaid',
  'ledger stands',
  'written down',
  'interest added to a balance',
  'hedge pays',
  'nothing to remit',
  'servicer receivable',
  'held in suspense',
  'residual',
  'principal paid',
  'all classes paid off',
  'no cash at all',
] as const;

export type DateEvent = (typeof DATE_EVENTS)[number];

/** Sums state words of a name before and after the run. */
function words(compiled: CompiledDeal, state: readonly bigint[], fits: (name: string) => boolean): bigint {
  return compiled.state.reduce(
    (sum, name, index) => (fits(name) ? sum + (state[compiled.accounts.length + index] ?? 0n) : sum),
    0n,
  );
}

/** The events of a date. */
export function dateEventsOf(compiled: CompiledDeal, { run, result }: GeneratedDate): DateEvent[] {
  if (!result) return ['the run stops'];
  const figures = summarise(compiled, result);
  const prefixed = (prefix: string): [bigint, bigint] => {
    const fits = (name: string): boolean => name === prefix || name.startsWith(`${prefix}.`);
    return [words(compiled, run.state, fits), words(compiled, result.state, fits)];
  };
  const [shortBefore, shortAfter] = prefixed('shortfall');
  const [triggersBefore, triggersAfter] = prefixed('trigger');
  const [stateBefore, stateAfter] = prefixed('state');
  const [drawnBefore, drawnAfter] = prefixed('drawn');
  const classes = Object.values(figures.tranches);
  const inputNames = compiled.inputs.flatMap(({ slots }) => slots);
  const { accounts } = figures;
  const paidTo = (prefix: string): boolean =>
    Object.entries(figures.payees).some(([name, amount]) => name.startsWith(prefix) && amount > 0n);
  const holds: Record<DateEvent, boolean> = {
    'the run stops': false,
    'interest shortfall': shortAfter > 0n,
    'shortfall made good': shortAfter < shortBefore,
    'carry-over owed': classes.some(({ carryover }) => carryover > 0n),
    'fee unpaid': Object.values(figures.fees).some(({ short }) => short > 0n),
    'reserve draw': (accounts['reserve']?.out ?? 0n) > 0n,
    'reserve filled': (accounts['reserve']?.in ?? 0n) > 0n,
    'trigger on': Object.values(figures.triggers).some(({ on }) => on),
    'trigger trips': triggersAfter > triggersBefore,
    'trigger cured': triggersAfter < triggersBefore,
    'state changes': stateBefore !== stateAfter,
    'call exercised': run.inputs.some((word, index) => word > 0n && inputNames[index]?.endsWith('.exercised')),
    'facility drawn': drawnAfter > drawnBefore,
    'facility repaid': paidTo('liquidity'),
    'ledger stands': Object.values(figures.ledgers).some((balance) => balance !== 0n),
    'written down': classes.some(({ writtenDown }) => writtenDown > 0n),
    'interest added to a balance': classes.some(({ opening, closing }) => closing > opening),
    'hedge pays': paidTo('swap'),
    'nothing to remit': figures.remittance === 0n,
    'servicer receivable': figures.servicerReceivable > 0n,
    'held in suspense': figures.suspense > 0n,
    residual: figures.residual > 0n,
    'principal paid': classes.some(({ principalPaid }) => principalPaid > 0n),
    'all classes paid off': classes.every(({ closing }) => closing === 0n),
    'no cash at all': result.transfers.every(({ amount }) => amount === 0n),
  };
  return DATE_EVENTS.filter((event) => holds[event]);
}
