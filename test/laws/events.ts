import { type CompiledDeal, type RunArguments, type RunResult, summarise } from '@weir/waterfall';

/** What of interest can happen on a payment date of the sample deal. */
export const EVENTS = [
  'trigger is on',
  'trigger trips',
  'sequential regular principal',
  'reserve draw',
  'reserve filled',
  'negative month',
  'first priority principal paid',
  'second priority principal paid',
  'third priority principal paid',
  'regular principal',
  'interest shortfall A',
  'interest shortfall B',
  'interest shortfall C',
  'interest on a shortfall',
  'unpaid fee',
  'servicer receivable',
  'receivable made good',
  'into suspense',
  'out of suspense',
  'pool is zero',
  'notes paid off',
  'residual',
] as const;

export type Event = (typeof EVENTS)[number];

/** Which events a finished run shows; for counting what a generator reaches. */
export function eventsOf(compiled: CompiledDeal, before: RunArguments, result: RunResult): Event[] {
  const { tranches, accounts, fees, triggers, residual, servicerReceivable } = summarise(compiled, result);
  const stateAt = (words: readonly bigint[], name: string): bigint =>
    words[compiled.accounts.length + compiled.state.indexOf(name)] ?? 0n;
  const was = (name: string): bigint => stateAt(before.state, name);
  const paidBy = (id: string): boolean => {
    const pays = compiled.steps.find((step) => step.id === id)?.pays ?? [];
    return result.transfers.some(({ offset, amount }) => amount > 0n && pays.includes(offset));
  };
  const classes = Object.values(tranches);
  const on = triggers['cumulativeNetLoss']?.on ?? false;
  const poolClosing = result.slots[compiled.symbols.indexOf('poolClosing')];
  const holds: Record<Event, boolean> = {
    'trigger is on': on,
    'trigger trips': on && was('trigger.cumulativeNetLoss') === 0n,
    'sequential regular principal': on && paidBy('regularPrincipal'),
    'reserve draw': accounts['reserve']!.out > 0n,
    'reserve filled': accounts['reserve']!.in > 0n,
    'negative month': stateAt(result.state, 'carryForward') > was('carryForward'),
    'first priority principal paid': paidBy('firstPriorityPrincipal'),
    'second priority principal paid': paidBy('secondPriorityPrincipal'),
    'third priority principal paid': paidBy('thirdPriorityPrincipal'),
    'regular principal': paidBy('regularPrincipal'),
    'interest shortfall A': tranches['A']!.interestShortfall > 0n,
    'interest shortfall B': tranches['B']!.interestShortfall > 0n,
    'interest shortfall C': tranches['C']!.interestShortfall > 0n,
    'interest on a shortfall': ['A', 'B', 'C'].some((name) => was(`shortfall.${name}`) > 0n),
    'unpaid fee': Object.values(fees).some(({ short }) => short > 0n),
    'servicer receivable': servicerReceivable > 0n,
    'receivable made good': was('servicerReceivable') > servicerReceivable,
    'into suspense': accounts['suspense']!.in > 0n,
    'out of suspense': accounts['suspense']!.out > 0n,
    'pool is zero': poolClosing === 0n,
    'notes paid off': classes.every(({ closing }) => closing === 0n),
    residual: residual > 0n,
  };
  return EVENTS.filter((event) => holds[event]);
}

/** Counts by event, zero for those that did not happen. */
export class Tally {
  readonly counts: Record<Event, number>;

  /** Goes on from counts of before, where there are any. */
  constructor(before: Partial<Record<Event, number>> = {}) {
    const counts = EVENTS.map((event) => [event, before[event] ?? 0]);
    this.counts = Object.fromEntries(counts) as Record<Event, number>;
  }

  add(events: readonly Event[]): void {
    for (const event of events) this.counts[event] += 1;
  }

  /** Events seen less often than `least` times. */
  rarerThan(least: number): string[] {
    return EVENTS.filter((event) => this.counts[event] < least).map((event) => `${event}: ${this.counts[event]}`);
  }
}
