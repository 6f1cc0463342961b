import type { PartyRole } from '@weir/deal';
import type { Hex } from '@weir/money';
import type { Program } from '../program/program.js';
import type { Period } from './schedule.js';

/** A report item and its input slots: one, or NAME+ and NAME- of a signed item. */
export interface InputItem {
  name: string;
  slots: string[];
}

/** What a step of the trace is about. */
export type StepKind = 'collections' | 'fee' | 'interest' | 'priority-principal' | 'principal' | 'reserve' | 'residual';

/** A step of the document in the program. `due` is the slot of what was owed; `pays` are code offsets of its PAYs. */
export interface CompiledStep {
  id: string;
  label: string;
  kind: StepKind;
  line: number;
  column: number;
  due: number | null;
  pays: number[];
  /** Tranche of an interest step, fee of a fee step. */
  subject: string | null;
}

/** Slots of a trigger's two sides, each a positive and a negative part, and of its flag. */
export interface CompiledTrigger {
  name: string;
  measure: [number, number];
  threshold: [number, number];
  flag: number;
}

/** A program with what it takes to feed it and to read its results; none of that is on chain. */
export interface CompiledDeal {
  program: Program;
  /** keccak256 of the document's UTF-8 bytes. */
  documentHash: Hex;
  /** In slot order, `original` in cents. */
  tranches: { name: string; original: bigint }[];
  /** The sinks after the tranches' interest and principal, in slot order. */
  payees: { name: string; party: PartyRole }[];
  /** Names in slot order. */
  accounts: string[];
  inputs: InputItem[];
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
}
