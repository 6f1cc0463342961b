import type { EventDate } from './business-days.js';
import type { Moment } from './moment.js';

/**
 * What can happen to a contract, in the order in which events of one moment happen: principal, interest, fees, resets and
 * what follows from them, the contract changing hands, its end. Source: the ACTUS reference implementation's sequence, on
 * which the published cases stand where the dictionary's differs; a call comes before the interest that it makes due.
 */
export const EVENT_KINDS = [
  'initial-exchange',
  'principal',
  'drawing',
  'write-down',
  'defeasance',
  'penalty',
  'prepayment',
  'call',
  'interest',
  'fixed-leg',
  'floating-leg',
  'interest-capitalised',
  'fee',
  'default',
  'rate-fixed',
  'rate-reset',
  'payment-fixed',
  'scaling',
  'interest-base',
  'purchase',
  'termination',
  'settlement',
  'modification',
  'residual',
  'maturity',
  'review',
] as const;

/** One of `EVENT_KINDS`. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** An event that will happen, before it is known what it pays. */
export interface PlannedEvent extends EventDate {
  kind: EventKind;
  /** What the plan knows of it: an amount of principal, a rate or a spread. */
  value?: number;
}

/** An event with its flow, and the contract's state after it. Flows to the side that holds the contract are positive. */
export interface ContractEvent {
  kind: EventKind;
  at: Moment;
  flow: number;
  /** Outstanding principal; negative for a liability. */
  balance: number;
  rate: number;
  /** Interest accrued and not yet paid; negative for a liability. */
  accrued: number;
}

const ORDER = new Map(EVENT_KINDS.map((kind, index) => [kind, index]));

/** Whether `a` happens before (negative), with or after `b`. */
export function compareEvents(a: Pick<PlannedEvent, 'kind' | 'at'>, b: Pick<PlannedEvent, 'kind' | 'at'>): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return (ORDER.get(a.kind) as number) - (ORDER.get(b.kind) as number);
}
