import type { Deal } from '@weir/deal';
import type { Hex } from '@weir/money';
import { keccak } from '../program/bytes.js';
import { MAX_PROGRAM_BYTES } from '../gas/pages.js';
import { ProgramError } from '../program/errors.js';
import type { Assembled, Operand, Ref } from './assembler.js';
import { Build, type Decision, type OpenStep } from './build.js';
import type { ComparedSide, CompiledDeal, CompiledStep, CompiledTrigger, StepDecision } from './compiled-deal.js';
import { CompileError } from './errors.js';
import { combinationsOf } from './combinations.js';
import { compileCollections } from './parties/collections.js';
import { accrueParties, closeParties, defineParties, type Parties } from './parties/define-parties.js';
import { labelOf } from './label.js';
import { allSteps, withUsed } from './parties/used-names.js';
import type { Sum } from './sum.js';
import { compilePriorities, stepNumbers } from './priorities.js';
import { compileStep } from './steps.js';
import { defineSteps } from './steps/define-steps.js';
import { defineTriggers, type OpenTrigger } from './triggers.js';
import { defineCalls } from './values/calls.js';
import { defineDates } from './values/dates.js';
import { rehearse } from './rehearsal.js';
import { valuesAfterRun } from './values/listing.js';
import { defineInputs } from './values/report.js';
import { defineSchedules } from './values/schedules.js';
import { defineStates } from './values/states.js';

/** What identifies a deal document: keccak256 of its text's UTF-8 bytes. */
export function documentHashOf(text: string): Hex {
  return keccak(new TextEncoder().encode(text));
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

function refused(message: string): CompileError {
  return new CompileError([{ severity: 'error', line: 1, column: 1, path: '', code: 'program', message }]);
}

function assemble(build: Build): Assembled {
  let assembled: Assembled;
  try {
    assembled = build.asm.finish(build.deal.tranches.length, build.rows.rows(build.periods.length));
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw refused(error.message);
  }
  const size = assembled.program.bytes.length;
  if (size <= MAX_PROGRAM_BYTES) return assembled;
  throw refused(
    `the program takes ${size} bytes and the chain stores ${MAX_PROGRAM_BYTES}; use fewer payment dates or steps`,
  );
}

interface Emitted extends ReturnType<typeof defineNames> {
  build: Build;
  parties: Parties;
}

/** Emits the whole payment date; `signed` are names of which is known that they may be negative. */
function emitProgram(deal: Deal, cutOffPool: bigint, signed: ReadonlySet<string>): Emitted {
  const build = new Build(deal, cutOffPool, signed);
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
  if (build.diagnostics.length > 0) throw new CompileError(build.diagnostics);
  const turned = [...build.history.turnedSigned].filter((name) => !signed.has(name));
  if (turned.length === 0) return { build, parties, ...names };
  return emitProgram(deal, cutOffPool, new Set([...signed, ...turned]));
}

function closeSteps(build: Build, { slotOf, offsetOf, offsetsOf }: Assembled): CompiledStep[] {
  const numbers = stepNumbers(build.deal.priorities);
  const named = new Map(allSteps(build.deal).map(({ id, action }) => [id, action]));
  const computes = (id: string): string[] => {
    const action = named.get(id);
    return action?.kind === 'compute' ? action.values.map(({ name }) => name) : [];
  };
  const sets = (id: string): boolean => {
    const action = named.get(id);
    return action?.kind === 'book' && action.change === 'set';
  };
  const decided = (decision: Decision | null): StepDecision | null =>
    decision && { ...decision, taken: typeof decision.taken === 'number' ? offsetOf(decision.taken) : decision.taken };
  return build.steps.map((step: OpenStep, index) => ({
    ...step,
    number: numbers.get(step.id) ?? 0,
    label: step.label ?? labelOf(step.id),
    due: step.due && slotOf(step.due),
    pays: step.pays.map(offsetOf),
    computes: computes(step.id),
    sets: sets(step.id),
    reached: step.reached.map(({ jump, on }) => ({ jump: offsetOf(jump), on })),
    when: decided(step.when),
    branch: decided(step.branch),
    code: offsetsOf(index),
  }));
}

function closeTriggers(triggers: readonly OpenTrigger[], { slotOf, offsetOf }: Assembled): CompiledTrigger[] {
  const pair = (sides: [Ref, Ref] | null): [number, number] | null => sides && [slotOf(sides[0]), slotOf(sides[1])];
  const operands = (of: readonly Operand[]): (bigint | number)[] =>
    of.map((operand) => (typeof operand === 'bigint' ? operand : slotOf(operand)));
  const side = (sum: Sum | null): ComparedSide | null =>
    sum && { plus: operands(sum.plus), minus: operands(sum.minus) };
  return triggers.map(({ name, onWhere, unit, measure, threshold, flag, comparisons }) => ({
    name,
    onWhere,
    unit,
    measure: pair(measure),
    threshold: pair(threshold),
    flag: slotOf(flag),
    comparisons: comparisons.map(({ instruction, value, threshold: limit, ...rest }) => {
      return { ...rest, offset: offsetOf(instruction), value: side(value), threshold: side(limit) };
    }),
  }));
}

/** What compiling takes beside the document. */
export interface CompileFacts {
  /** Cents; by default what the document states. */
  readonly cutOffPool?: bigint;
  /**
   * Steps of which a projection has to know what they paid: `STEP.paid` then stands in a slot though no formula asks for
   * it. The program does the same and has another hash; it is for projections and never pays.
   */
  readonly measured?: readonly string[];
}

/** The document's groups, and `notes`, by the places of their classes. */
function groupsOf({ groups, tranches }: Deal): CompiledDeal['groups'] {
  const places = (names: readonly string[]): number[] =>
    names.map((name) => tranches.findIndex((tranche) => tranche.name === name));
  const notes = { name: 'notes', tranches: tranches.map((_, index) => index) };
  return [...groups.map(({ name, tranches: names }) => ({ name, tranches: places(names) })), notes];
}

/**
 * Compiles a deal over its cut-off pool to a program. Pure and repeatable: the same document and facts give the same bytes. @throws CompileError with every reason, each with line and column.
 */
export function compileDeal(document: Deal, facts: CompileFacts = {}): CompiledDeal {
  const cutOffPool = facts.cutOffPool ?? document.cutOffPool ?? 0n;
  const measured = (facts.measured ?? []).map((step) => `${step}.paid`);
  const deal = measured.length === 0 ? document : withUsed(document, measured);
  const { build, parties, inputs, triggers } = emitProgram(deal, cutOffPool, new Set());
  const values = valuesAfterRun(build);
  const assembled = assemble(build);
  const { program, symbols, lines, slotOf } = assembled;
  const balances = build.initialWords('A');
  const tranches = deal.tranches.map(({ name, label, notional }, index) => ({
    name,
    label: label ?? `Class ${name}`,
    original: parties.originals[index] ?? 0n,
    notional: notional !== null,
  }));
  return {
    program,
    documentHash: documentHashOf(deal.text),
    currency: deal.currency,
    cutOffPool,
    tranches,
    groups: groupsOf(deal),
    combinations: combinationsOf(deal, tranches),
    payees: parties.payees,
    accounts: build.asm.namesOf('A'),
    ledgers: deal.ledgers.map(({ name }) => name),
    inputs,
    states: deal.states.map(({ name }) => name),
    state: build.asm.namesOf('S'),
    initialState: [...balances, ...build.initialWords('S')],
    initialFunding: balances.reduce((a, b) => a + b, 0n),
    periods: build.periods,
    symbols,
    steps: closeSteps(build, assembled),
    triggers: closeTriggers(triggers, assembled),
    values: Object.fromEntries(
      values.map(({ name, unit, plus, minus }) => [name, { unit, plus: slotOf(plus), minus: minus && slotOf(minus) }]),
    ),
    lines,
  };
}
