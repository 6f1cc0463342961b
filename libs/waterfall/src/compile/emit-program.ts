import { byPlace, type Deal, type Diagnostic, type Draft } from '@weir/deal';
import { MAX_PROGRAM_BYTES } from '../gas/pages.js';
import { ProgramError, type ProgramRule } from '../program/errors.js';
import type { Assembled } from './assembler.js';
import { Build } from './build.js';
import { compileCollections } from './parties/collections.js';
import { accrueParties, closeParties, defineParties, type Parties } from './parties/define-parties.js';
import { compilePriorities } from './priorities.js';
import { rehearse } from './rehearsal.js';
import { compileStep } from './steps.js';
import { defineSteps } from './steps/define-steps.js';
import { defineTriggers } from './triggers.js';
import { defineCalls } from './values/calls.js';
import { defineDates } from './values/dates.js';
import { defineInputs } from './values/report.js';
import { defineSchedules } from './values/schedules.js';
import { defineStates } from './values/states.js';

/** What a document is compiled over. */
export interface Ground {
  /** Pool at the cut-off date, cents; null when it is not known. */
  readonly cutOffPool: bigint | null;
  /** Of a document that has faults: what of it is broken. */
  readonly draft: Omit<Draft, 'deal'> | null;
}

/** Makes every name of the document known; nothing is computed yet. */
function defineNames(build: Build) {
  // The chain relies on the order of state: balances and the remittance come before all else that is stored.
  defineParties(build);
  const inputs = defineInputs(build);
  defineDates(build);
  defineSchedules(build);
  defineStates(build);
  const triggers = defineTriggers(build);
  defineCalls(build);
  defineSteps(build);
  for (const { name, formula } of build.deal.formulas) build.define(name, formula.unit, () => build.signed(formula));
  return { inputs, triggers };
}

/** Computes what a document names and nothing uses: it is reported all the same, and a call must be refused. */
function computeAll(build: Build): void {
  const { formulas, triggers, calls, states, tranches } = build.deal;
  for (const { name } of formulas) build.read(name);
  for (const { name } of triggers) build.read(name);
  for (const { name } of calls) for (const part of ['refusable', 'price']) build.read(`${name}.${part}`);
  for (const { name } of states) build.read(`state.${name}`);
  // What a class opened with is in every report, also when no formula asks for it.
  for (const { name } of tranches) build.read(`${name}.opening`);
}

/** Rules of a program that a document can break by its size alone. */
const LIMITS: readonly ProgramRule[] = ['slots', 'length'];
/** The program is of the whole document. */
const START = { line: 1, column: 1 };

/** Encodes what was emitted; null when it is more than the chain takes, which is reported. */
export function assemble(build: Build): Assembled | null {
  const refuse = (message: string): null => {
    build.report(START, '', 'program', message);
    return null;
  };
  try {
    const assembled = build.asm.finish(build.deal.tranches.length, build.rows.rows(build.leastPeriods));
    const size = assembled.program.bytes.length;
    if (size <= MAX_PROGRAM_BYTES) return assembled;
    return refuse(
      `the program takes ${size} bytes and the chain stores ${MAX_PROGRAM_BYTES}; use fewer payment dates or steps`,
    );
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    // Without what has a fault the program is smaller, not larger; what else is wrong with it follows from the fault.
    const isWhole = build.isSound && build.diagnostics.length === 0;
    return isWhole || LIMITS.includes(error.rule) ? refuse(error.message) : null;
  }
}

/** A payment date in instructions whose places are still open. */
export interface Emitted extends ReturnType<typeof defineNames> {
  build: Build;
  parties: Parties;
}

/**
 * Emits the whole payment date; `signed` are names of which is known that they may be negative. What has no program is
 * among the diagnostics of the build.
 */
export function emitProgram(deal: Deal, ground: Ground, signed: ReadonlySet<string> = new Set()): Emitted {
  const build = new Build(deal, ground.cutOffPool, signed, ground.draft);
  const names = defineNames(build);
  const parties = closeParties(build);
  // In place and not in the prologue: what a facility has drawn before today is known there whenever it is asked for.
  accrueParties(build);
  const deposit = build.asm.slot('C', 'deposit');
  let { place } = build.asm;
  const main = build.asm.block(() => {
    compileCollections(build, deposit);
    computeAll(build);
    compilePriorities(build, compileStep);
    ({ place } = build.asm);
  });
  rehearse(build, main);
  build.asm.append(main);
  build.asm.place = place;
  build.finishSteps();
  const turned = [...build.history.turnedSigned].filter((name) => !signed.has(name));
  if (turned.length === 0) return { build, parties, ...names };
  return emitProgram(deal, ground, new Set([...signed, ...turned]));
}

/** Everything that has no program in a document, in document order. */
export function faultsOf(deal: Deal, ground: Ground): Diagnostic[] {
  const { build } = emitProgram(deal, ground);
  assemble(build);
  return build.diagnostics.toSorted(byPlace);
}
