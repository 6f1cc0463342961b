import { byPlace, type Deal } from '@weir/deal';
import type { Hex } from '@weir/money';
import { keccak } from '../program/bytes.js';
import type { Assembled, Operand, Ref } from './assembler.js';
import type { Build, Decision, OpenStep } from './build.js';
import { combinationsOf } from './combinations.js';
import type { ComparedSide, CompiledDeal, CompiledStep, CompiledTrigger, StepDecision } from './compiled-deal.js';
import { assemble, emitProgram } from './emit-program.js';
import { CompileError } from './errors.js';
import { labelOf } from './label.js';
import { allSteps, withUsed } from './parties/used-names.js';
import { stepNumbers } from './priorities.js';
import type { Sum } from './sum.js';
import { askedComparisons, type OpenTrigger } from './triggers.js';
import { valuesAfterRun } from './values/listing.js';

/** What identifies a deal document: keccak256 of its text's UTF-8 bytes. */
export function documentHashOf(text: string): Hex {
  return keccak(new TextEncoder().encode(text));
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
  const slots = ([plus, minus]: [Ref, Ref]): [number, number] => [slotOf(plus), slotOf(minus)];
  const pair = (sides: [Ref, Ref] | null): [number, number] | null => sides && slots(sides);
  const operands = (of: readonly Operand[]): (bigint | number)[] =>
    of.map((operand) => (typeof operand === 'bigint' ? operand : slotOf(operand)));
  const side = (sum: Sum | null): ComparedSide | null =>
    sum && { plus: operands(sum.plus), minus: operands(sum.minus) };
  return triggers.map(({ name, onWhere, unit, measure, threshold, flag, comparisons, kept }) => ({
    name,
    onWhere,
    unit,
    measure: pair(measure),
    threshold: pair(threshold),
    flag: slotOf(flag),
    comparisons: comparisons.map(({ instruction, value, threshold: limit, ...rest }) => {
      return { ...rest, offset: offsetOf(instruction), value: side(value), threshold: side(limit) };
    }),
    kept: kept.map(({ value, threshold: limit, ...rest }) => ({
      ...rest,
      value: slots(value),
      threshold: slots(limit),
    })),
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
  /** Whether a projection shows both sides of each comparison of triggers that join several: as `measured`. */
  readonly comparisons?: boolean;
}

/** The document's groups, and `notes`, by the places of their classes. */
function groupsOf({ groups, tranches }: Deal): CompiledDeal['groups'] {
  const places = (names: readonly string[]): number[] =>
    names.map((name) => tranches.findIndex((tranche) => tranche.name === name));
  const notes = { name: 'notes', tranches: tranches.map((_, index) => index) };
  return [...groups.map(({ name, tranches: names }) => ({ name, tranches: places(names) })), notes];
}

/**
 * Compiles a deal over its cut-off pool to a program. Pure and repeatable: the same document and facts give the same bytes. @throws CompileError with every reason, each with line and column; `compileText` gives those with the faults of reading.
 */
export function compileDeal(document: Deal, facts: CompileFacts = {}): CompiledDeal {
  const cutOffPool = facts.cutOffPool ?? document.cutOffPool ?? 0n;
  const measured = (facts.measured ?? []).map((step) => `${step}.paid`);
  const compared = facts.comparisons ? document.triggers.map(({ name }) => askedComparisons(name)) : [];
  const asked = [...measured, ...compared];
  const deal = asked.length === 0 ? document : withUsed(document, asked);
  const { build, parties, inputs, triggers } = emitProgram(deal, { cutOffPool, draft: null });
  const values = valuesAfterRun(build);
  const assembled = assemble(build);
  if (assembled === null || build.diagnostics.length > 0) {
    throw new CompileError(build.diagnostics.toSorted(byPlace));
  }
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
    furtherIssues: (deal.offering?.furtherIssues ?? []).map(({ tranche, amount }) => ({ name: tranche, most: amount })),
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
