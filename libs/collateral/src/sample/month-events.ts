import type { SampleLoan } from './sample-loan.js';

/** What happens to a loan in a month besides its regular payment. */
export type SampleEvent =
  'charge-off' | 'repurchase' | 'payoff' | 'reversal' | 'negative-payment' | 'extension' | 'none';

/** Lots of a thousand, in order; every seed has each event, since a loan's lot runs through all thousand. */
const LOTS: readonly [SampleEvent, number][] = [
  ['charge-off', 2],
  ['repurchase', 2],
  ['payoff', 12],
  ['reversal', 8],
  ['negative-payment', 2],
  ['extension', 8],
];

/** In a stress month this many more lots of a thousand are charged off: about 5 % of the loans. */
const STRESS_LOTS = 50;

function lotOf(seed: number, index: number, month: number): number {
  return (index * 7_919 + month * 271 + (seed % 1_000) + 1_000) % 1_000;
}

/** The event of a loan in a month, fixed by seed, loan and month. */
export function eventOf(seed: number, loan: SampleLoan, month: number, stress: boolean): SampleEvent {
  let lot = lotOf(seed, loan.index, month);
  if (stress && lot >= 1_000 - STRESS_LOTS) return 'charge-off';
  for (const [event, lots] of LOTS) {
    if (lot < lots) return event;
    lot -= lots;
  }
  return 'none';
}
