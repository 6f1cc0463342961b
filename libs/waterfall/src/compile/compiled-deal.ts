import type { Place, StepAction, Unit } from '@weir/deal';
import type { Hex } from '@weir/money';
import type { Program } from '../program/program.js';
import type { Period } from './schedule.js';

/** An input and its slots: one, or NAME+ and NAME- of a signed one. A call's exercise is the flag NAME.exercised. */
export interface InputItem {
  name: string;
  slots: string[];
  unit: Unit;
}

/** What a step of the trace does; `collections` stands before the priority of payments. */
export type StepKind = 'collections' | StepAction['kind'];

/** A step of the document in the program. `due` is the slot of what was owed; `pays` are code offsets of its PAYs. */
export interface CompiledStep {
  id: string;
  /** 1, 2, 3 … in the order of the document's priority of payments; 0 for the collections before it. */
  number: number;
  label: string;
  kind: StepKind;
  line: number;
  column: number;
  due: number | null;
  pays: number[];
  /** What the step is about: tranche of an interest step, fee of a fee step, and the like. */
  subject: string | null;
  /** Names that it gives values to. */
  computes: string[];
  /** A booking that sets ledgers to an amount, and does not add to them or subtract. */
  sets: boolean;
  /** The step is reached when each of these jumps was passed on its side. */
  reached: StepBranch[];
  /** The step's `when`, null without one. */
  when: StepDecision | null;
  /** The condition of an `if` step. */
  branch: StepDecision | null;
  /** Code offsets of its instructions. */
  code: number[];
}

/** A condition in the document's words, and the code offset of the jump that it decides; or what it always is. */
export interface StepDecision {
  text: string;
  taken: number | boolean;
}

/** One side of a conditional jump, by its code offset: on where the jump did not lead away. */
export interface StepBranch {
  jump: number;
  on: boolean;
}

/**
 * Slots of a trigger's flag and, when it is one comparison, of its two sides, each a positive and a negative part (else
 * null). `unit` is that of the sides.
 */
export interface CompiledTrigger {
  name: string;
  /** Whether the trigger is on where the measure is above or below the threshold; null when it tests neither. */
  onWhere: 'above' | 'below' | null;
  unit: Unit | null;
  measure: [number, number] | null;
  threshold: [number, number] | null;
  flag: number;
  /** The comparisons of a test that joins several. */
  comparisons: CompiledComparison[];
  /** The same in slots that stand after a run; only of a program that is made to keep them. */
  kept: KeptComparison<number>[];
}

/** A comparison among several whose sides stand after a run: plus and minus, each in a slot. */
export interface KeptComparison<Slot> {
  text: string;
  onWhere: 'above' | 'below' | null;
  unit: Unit;
  value: [Slot, Slot];
  threshold: [Slot, Slot];
}

/** A side of a comparison: constants and slots, added and taken off. */
export interface ComparedSide {
  plus: (bigint | number)[];
  minus: (bigint | number)[];
}

/**
 * A comparison among several, by the code offset of the instruction that makes it; its sides are read just before. A
 * trigger that is tested in several places has it once for each.
 */
export interface CompiledComparison {
  text: string;
  onWhere: 'above' | 'below' | null;
  unit: Unit;
  offset: number;
  value: ComparedSide | null;
  threshold: ComparedSide | null;
}

/** Where a named value stands after a run: plus − minus, in the slots' units. */
export interface CompiledValue {
  unit: Unit;
  plus: number;
  minus: number | null;
}

/** A class that stands for shares of others; `original` is the sum of the shares of theirs, each rounded down. */
export interface CompiledCombination {
  name: string;
  original: bigint;
  /** All its classes are notional. */
  notional: boolean;
  of: { tranche: number; share: bigint }[];
}

/** A program with what it takes to feed it and to read its results; none of that is on chain. */
export interface CompiledDeal {
  program: Program;
  /** keccak256 of the document's UTF-8 bytes. */
  documentHash: Hex;
  /** ISO 4217 code of what all its amounts are in. */
  currency: string;
  /** The pool at the cut-off date over which the deal was compiled, cents. */
  cutOffPool: bigint;
  /** In slot order, `original` in cents. A notional class is paid no principal. */
  tranches: { name: string; label: string; original: bigint; notional: boolean }[];
  /** Classes of which more may be issued after closing, and up to which original amount, cents. */
  furtherIssues: { name: string; most: bigint }[];
  /** Classes by their places in `tranches`, `notes` (all of them) last. */
  groups: { name: string; tranches: number[] }[];
  /** Exchangeable classes: the share of each class, by its place in `tranches`, at `RATE_SCALE`. Never paid apart. */
  combinations: CompiledCombination[];
  /** The sinks after the tranches' interest and principal, in slot order. */
  payees: { name: string; party: string }[];
  /** Names in slot order. */
  accounts: string[];
  ledgers: string[];
  inputs: InputItem[];
  /** States of the deal in their order, through which the word `state` counts; empty when it has none. */
  states: string[];
  state: string[];
  /** Account words, then state words, at closing. */
  initialState: bigint[];
  /** Σ of the initial account balances: what closing must put into the vault, in cents. */
  initialFunding: bigint;
  periods: Period[];
  /** Names of all slots by slot id. */
  symbols: string[];
  steps: CompiledStep[];
  triggers: CompiledTrigger[];
  /** Every name that has a value after a run: report items, formulas, rates, dues, computed values, balances. */
  values: Record<string, CompiledValue>;
  /** Where in the document each instruction comes from, by its code offset. */
  lines: ReadonlyMap<number, Place>;
}
