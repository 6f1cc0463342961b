import type { Deal, Place } from '@weir/deal';
import type { Hex } from '@weir/money';
import type { Program } from '../program/program.js';
import type { ClassIssue } from './class-issue.js';
import type { KeptValue } from './kept-values.js';

/** What the new document says of the change; without it, words of the same name and unit carry over and no more. */
export type AmendmentTerms = Pick<Deal, 'amends' | 'rounding' | 'text'>;

/** A value of the new state and where it comes from; `from` is the old name, the formula's text, or null. */
export interface TakenValue extends KeptValue {
  readonly how: 'carried' | 'renamed' | 'formula' | 'closing' | 'issued';
  readonly from: string | null;
}

/** A value of the old state that the new one has not; `must-be-zero` is proved by the run. */
export interface GoneValue extends KeptValue {
  readonly how: 'dropped' | 'used' | 'must-be-zero';
  readonly reason: string | null;
}

/** An account of the old deal and the one that takes its cash; null when it must be empty. */
export interface MovedAccount {
  readonly name: string;
  readonly into: string | null;
}

/**
 * The step from one program to the next: a program of its own, in the same instructions, run once. Its inputs are the old
 * state words; its accounts are the old deal's and then the new one's, which begin empty; its state words, all zero
 * before, are the new deal's after. It has no sink and no deposit, and PAY alone moves cash, so what all accounts hold
 * together is conserved. Its constants begin with both programs' hashes, each in two halves, and the period.
 */
export interface CompiledAmendment {
  readonly program: Program;
  readonly oldHash: Hex;
  readonly newHash: Hex;
  /** The first payment date that the new program pays. */
  readonly fromPeriod: number;
  readonly accounts: readonly MovedAccount[];
  /** Accounts of the new deal into which nothing moves. */
  readonly emptyAccounts: readonly string[];
  readonly taken: readonly TakenValue[];
  readonly gone: readonly GoneValue[];
  readonly issues: readonly ClassIssue[];
  /** Old values that must be zero, since notes that are issued now would share in them. */
  readonly oldHeld: readonly KeptValue[];
  readonly oldAccounts: readonly string[];
  readonly newAccounts: readonly string[];
  /** Names of all slots by slot id. */
  readonly symbols: string[];
  /** Where in the new document each instruction comes from, by its code offset; those that carry over have no place. */
  readonly lines: ReadonlyMap<number, Place>;
}
