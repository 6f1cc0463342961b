import { byPlace } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { Ref } from '../compile/assembler.js';
import type { CompiledDeal } from '../compile/compiled-deal.js';
import type { AmendmentTerms, CompiledAmendment, GoneValue, MovedAccount, TakenValue } from './amendment.js';
import { Correspondence } from './correspondence.js';
import { AmendmentInvalid } from './errors.js';
import type { Change, Report } from './change.js';
import { findFaults, reporter } from './find-faults.js';
import { owedOn } from './class-issue.js';
import { issuesOf, takeIssue } from './issues.js';
import { isForgotten, keptValues, type KeptValue } from './kept-values.js';
import { MappingCode, type MappingSlots } from './mapping-code.js';

/** A change whose code is being emitted. */
interface Open extends Change {
  code: MappingCode;
  slots: MappingSlots;
  report: Report;
}

const PLAIN: AmendmentTerms = { amends: null, rounding: 'half-up', text: '' };

/** A 32-byte hash as two constants, each below 2^128. */
function halves(hash: string): bigint[] {
  return [BigInt(hash.slice(0, 34)), BigInt(`0x${hash.slice(34)}`)];
}

function moveCash({ code, slots, names, old, next }: Open): MovedAccount[] {
  const moved = names.accounts(old, next);
  moved.forEach(({ into }, index) => {
    const from = slots.oldAccounts[index];
    const to = into === null ? undefined : slots.newAccounts[next.accounts.indexOf(into)];
    if (!from) return;
    if (to) code.asm.emit('PAY', from, to, from, code.asm.named('unmoved'));
    else code.mustBeZero(from);
  });
  return moved;
}

/** The word `state` counts through the document's list, so it is translated by the names of the states. */
function takeState({ code, old, next, names, report }: Open, from: Ref, to: Ref): void {
  const number = (index: number): bigint => BigInt(index) * RATE_SCALE;
  const known = code.asm.named('state is known');
  next.states.forEach((state, index) => {
    const was = old.states.indexOf(names.oldName(state) ?? '');
    if (was < 0) return;
    const here = code.emitter.combine(0, 'EQ', from, number(was));
    code.asm.emit('SEL', to, here, number(index), to);
    code.asm.emit('OR', known, known, here);
  });
  const gone = old.states.filter((state) => !next.states.some((name) => names.oldName(name) === state));
  if (gone.length === old.states.length)
    report(null, 'states', 'unknown-state', 'no state of the amended deal is left');
  // A deal that is in a state which is no more cannot be taken over.
  code.asm.emit('SUB', code.asm.named('must be zero'), known, 1n);
}

function carry(open: Open, from: KeptValue, to: KeptValue): void {
  const { asm } = open.code;
  const { oldState, newState } = open.slots;
  const word = (words: readonly Ref[], index: number | null): Ref | null =>
    index === null ? null : (words[index] ?? null);
  const [plus, minus] = [word(oldState, from.plus), word(oldState, from.minus)];
  const [toPlus, toMinus] = [word(newState, to.plus), word(newState, to.minus)];
  if (to.name === 'state' && plus && toPlus) return takeState(open, plus, toPlus);
  if (toPlus && !toMinus) {
    if (minus) asm.emit('SUB', toPlus, plus ?? 0n, minus);
    else if (plus) asm.emit('MOV', toPlus, plus);
    return;
  }
  if (toPlus && plus) asm.emit('MOV', toPlus, plus);
  if (toMinus && minus) asm.emit('MOV', toMinus, minus);
  if (plus && !toPlus) open.code.mustBeZero(plus);
}

function takeValues(open: Open): TakenValue[] {
  const { amends, names, next, newValues, oldValues, code, slots } = open;
  const issues = issuesOf(open);
  return newValues.map((value): TakenValue => {
    const issue = issues.find(({ tranche }) => value.name === `balance.${tranche}`);
    if (issue && value.plus !== null) {
      takeIssue(code, slots, issue, value.plus);
      return { ...value, how: 'issued', from: names.oldName(value.name) };
    }
    const [plus, minus] = [value.plus, value.minus].map((at) =>
      at === null ? null : (slots.newState[at] ?? null),
    ) as [Ref | null, Ref | null];
    const said = amends?.state.find(({ name }) => name === value.name);
    if (said) {
      code.put(said.formula, value, plus, minus);
      return { ...value, how: 'formula', from: said.formula.text };
    }
    const oldName = names.oldName(value.name);
    const from = oldValues.find(({ name }) => name === oldName);
    if (from) {
      carry(open, from, value);
      return { ...value, how: from.name === value.name ? 'carried' : 'renamed', from: from.name };
    }
    const closing = (at: number | null): bigint =>
      at === null ? 0n : (next.initialState[next.accounts.length + at] ?? 0n);
    if (plus && closing(value.plus) > 0n) code.asm.emit('MOV', plus, closing(value.plus));
    if (minus && closing(value.minus) > 0n) code.asm.emit('MOV', minus, closing(value.minus));
    return { ...value, how: 'closing', from: null };
  });
}

const CARRIES: ReadonlySet<TakenValue['how']> = new Set(['carried', 'renamed', 'issued']);

const WORD = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g;

function leaveValues({ amends, oldValues, code, slots }: Open, taken: readonly TakenValue[]): GoneValue[] {
  const carried = new Set(taken.filter(({ how }) => CARRIES.has(how)).map(({ from }) => from));
  const used = new Set((amends?.state ?? []).flatMap(({ formula }) => formula.text.match(WORD) ?? []));
  const left = oldValues.filter((value) => !carried.has(value.name) && !isForgotten(value));
  return left.map((value): GoneValue => {
    const dropped = amends?.dropped.find(({ name }) => name === value.name);
    if (dropped) return { ...value, how: 'dropped', reason: dropped.reason };
    if (used.has(value.name)) return { ...value, how: 'used', reason: null };
    for (const index of [value.plus, value.minus]) {
      const word = index === null ? undefined : slots.oldState[index];
      if (word) code.mustBeZero(word);
    }
    return { ...value, how: 'must-be-zero', reason: null };
  });
}

function knowOld({ code, slots, old, oldValues }: Open): void {
  old.accounts.forEach((name, index) => code.know(name, 'money', slots.oldAccounts[index] ?? null, null));
  for (const { name, unit, plus, minus } of oldValues) {
    const word = (index: number | null): Ref | null => (index === null ? null : (slots.oldState[index] ?? null));
    code.know(name, unit, word(plus), word(minus));
  }
}

/** What is owed from earlier on a class of which more is issued, and would be shared by notes that did not earn it. */
function owedBefore(open: Open): KeptValue[] {
  const words = issuesOf(open).flatMap(({ tranche }) => owedOn(tranche).map((word) => open.names.oldName(word)));
  const held = open.oldValues.filter(({ name }) => words.includes(name));
  for (const place of held.flatMap(({ plus, minus }) => [plus, minus])) {
    const word = place === null ? undefined : open.slots.oldState[place];
    if (word) open.code.mustBeZero(word);
  }
  return held;
}

/**
 * Compiles the step from one program to the next, before payment date `fromPeriod`. `terms` is the new document (its `amends:`
 * block says what does not simply carry over). Pure and repeatable: both programs and the document give the same bytes.
 * @throws AmendmentInvalid with every reason, each with line and column in the new document
 */
export function compileAmendment(
  old: CompiledDeal,
  next: CompiledDeal,
  fromPeriod: number,
  terms: AmendmentTerms = PLAIN,
): CompiledAmendment {
  const { amends } = terms;
  const { all, report } = reporter(amends);
  const code = new MappingCode(terms, report);
  code.identify([...halves(old.program.hash), ...halves(next.program.hash), BigInt(fromPeriod)]);
  const names = new Correspondence(amends);
  const [oldValues, newValues] = [keptValues(old), keptValues(next)];
  const slots = code.slots(old, next);
  const open: Open = { old, next, fromPeriod, amends, names, oldValues, newValues, code, slots, report };
  findFaults(open, report);
  knowOld(open);
  const oldHeld = owedBefore(open);
  // Formulas speak of cash as the old deal left it, so they come before it moves.
  const taken = takeValues(open);
  const accounts = moveCash(open);
  const gone = leaveValues(open, taken);
  if (all.length > 0) throw new AmendmentInvalid(all.sort(byPlace));
  const { program, symbols, lines } = code.asm.finish(0, [[]]);
  return {
    program,
    oldHash: old.program.hash,
    newHash: next.program.hash,
    fromPeriod,
    accounts,
    emptyAccounts: next.accounts.filter((name) => !accounts.some(({ into }) => into === name)),
    taken,
    gone,
    issues: issuesOf(open),
    oldHeld,
    oldAccounts: old.accounts,
    newAccounts: next.accounts,
    symbols,
    lines,
  };
}
