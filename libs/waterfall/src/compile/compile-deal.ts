import type { Deal } from '@weir/deal';
import { type Hex, RATE_SCALE } from '@weir/money';
import { keccak } from '../program/bytes.js';
import { ProgramError } from '../program/errors.js';
import { REGIONS } from '../program/program.js';
import { Build, type OpenStep } from './build.js';
import { compileCollections } from './collections.js';
import type { CompiledDeal, CompiledStep, InputItem } from './compiled-deal.js';
import { CompileError } from './errors.js';
import { checkFunding, fixTarget, targetOf } from './funding.js';
import { accrualsOf, type Period, scheduleOf } from './schedule.js';
import { compileStep } from './steps.js';
import { negated, joined, sumOf, ZERO } from './sum.js';
import { compileTrigger, type OpenTrigger } from './triggers.js';

/** What identifies a deal document: keccak256 of its text's UTF-8 bytes. */
export function documentHashOf(text: string): Hex {
  return keccak(new TextEncoder().encode(text));
}

/** Face of each tranche: its share of the pool, rounded down to the document's multiple. Cents. */
function originalsOf(build: Build, cutOffPool: bigint): bigint[] {
  return build.deal.tranches.map((tranche, index) => {
    const original = ((tranche.share * cutOffPool) / (RATE_SCALE * tranche.roundDown)) * tranche.roundDown;
    if (original === 0n) {
      const { line, column } = tranche;
      const message = `${tranche.name} rounds down to nothing on this pool; lower roundDown or raise the share`;
      const path = `tranches[${index}]`;
      build.diagnostics.push({ severity: 'error', line, column, path, code: 'tranche-empty', message });
    }
    return original;
  });
}

/** Reserves the slots whose order the chain relies on: balances first, then the remittance; sinks by tranche. */
function allocate(build: Build, originals: readonly bigint[], cutOffPool: bigint): InputItem[] {
  const { deal, asm, values } = build;
  values.set('cutOffPool', { sum: sumOf(cutOffPool), unit: 'money' });
  for (const { name, target } of deal.accounts) {
    values.set(`${name}.balance`, { sum: sumOf(build.account(name)), unit: 'money' });
    if (target) fixTarget(build, name, target);
  }
  deal.tranches.forEach(({ name }, index) => {
    build.stateSlot(`balance.${name}`);
    build.sink(`${name} interest`);
    build.sink(`${name} principal`);
    values.set(`${name}.original`, { sum: sumOf(originals[index] ?? 0n), unit: 'money' });
  });
  values.set('notes.original', { sum: sumOf(...originals), unit: 'money' });
  build.stateSlot('remittance');
  for (const { name } of deal.fees) build.sink(name);
  build.sink('residual');
  return deal.report.map(({ name, signed }) => {
    const slots = signed ? [`${name}+`, `${name}-`] : [name];
    const [plus, minus] = slots.map((slot) => asm.slot('I', slot));
    const sum = joined(plus ? sumOf(plus) : ZERO, minus ? negated(sumOf(minus)) : ZERO);
    values.set(name, { sum, unit: 'money' });
    return { name, slots };
  });
}

/** Emits the whole payment date in the order in which it happens. */
function emitProgram(build: Build): OpenTrigger[] {
  const { deal, asm, values } = build;
  compileCollections(build, asm.slot('C', 'deposit'));
  const openings = deal.tranches.map(({ name }) => {
    const opening = asm.keep(`${name}.opening`, build.stateSlot(`balance.${name}`));
    values.set(`${name}.opening`, { sum: sumOf(opening), unit: 'money' });
    return opening;
  });
  values.set('notes.opening', { sum: sumOf(...openings), unit: 'money' });
  for (const { name, formula } of deal.formulas) {
    const value = build.value(formula);
    const kept = typeof value === 'bigint' ? value : asm.keep(name, value);
    values.set(name, { sum: sumOf(kept), unit: formula.unit });
  }
  const triggers = deal.triggers.flatMap((trigger) => compileTrigger(build, trigger) ?? []);
  for (const step of deal.priority) compileStep(build, step);
  return triggers;
}

function labelOf(id: string): string {
  const words = id.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return (
    words.charAt(0).toUpperCase() + words.slice(1).replace(/\b([A-Z])(?=[a-z])/g, (letter) => letter.toLowerCase())
  );
}

function rowsOf(build: Build, periods: readonly Period[]): bigint[][] {
  const columns = build.asm.namesOf('R').map((name) => {
    const tranche = build.deal.tranches.find((known) => `${known.name}.accrual` === name);
    return tranche ? accrualsOf(build.deal, tranche, periods) : [];
  });
  return periods.map((_, index) => columns.map((column) => column[index] ?? 0n));
}

/** What fits into the code of one contract beside its leading zero byte (ProgramStore). */
const STORABLE_BYTES = 24_575;

function refused(message: string): CompileError {
  return new CompileError([{ severity: 'error', line: 1, column: 1, path: '', code: 'program', message }]);
}

function assemble(build: Build, periods: readonly Period[]): ReturnType<Build['asm']['finish']> {
  let assembled: ReturnType<Build['asm']['finish']>;
  try {
    assembled = build.asm.finish(build.deal.tranches.length, rowsOf(build, periods));
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw refused(error.message);
  }
  const size = assembled.program.bytes.length;
  if (size <= STORABLE_BYTES) return assembled;
  throw refused(
    `the program takes ${size} bytes and the chain stores ${STORABLE_BYTES}; use fewer payment dates or steps`,
  );
}

/**
 * Compiles a deal over its cut-off pool (cents) to a program. Pure and repeatable: the same document and pool give the
 * same bytes. @throws CompileError with every reason, each with line and column.
 */
export function compileDeal(deal: Deal, facts: { cutOffPool: bigint }): CompiledDeal {
  const build = new Build(deal);
  const originals = originalsOf(build, facts.cutOffPool);
  const inputs = allocate(build, originals, facts.cutOffPool);
  checkFunding(build, originals);
  const triggers = emitProgram(build);
  if (build.diagnostics.length > 0) throw new CompileError(build.diagnostics);
  const periods = scheduleOf(deal);
  const { program, slotOf, offsets } = assemble(build, periods);
  const closeStep = (step: OpenStep): CompiledStep => ({
    ...step,
    label: labelOf(step.id),
    due: step.due && slotOf(step.due),
    pays: step.pays.map((index) => offsets[index] ?? 0),
  });
  const balances = deal.accounts.map(({ name }) => targetOf(build, name));
  const state = build.asm.namesOf('S');
  const residual = deal.priority.at(-1)?.action;
  return {
    program,
    documentHash: documentHashOf(deal.text),
    tranches: deal.tranches.map(({ name }, index) => ({ name, original: originals[index] ?? 0n })),
    payees: [
      ...deal.fees.map(({ name, payee }) => ({ name, party: payee })),
      { name: 'residual', party: residual?.kind === 'residual' ? residual.payee : 'sponsor' },
    ],
    accounts: build.asm.namesOf('A'),
    inputs,
    state,
    initialState: [...balances, ...state.map((_, index) => originals[index] ?? 0n)],
    initialFunding: balances.reduce((a, b) => a + b, 0n),
    periods,
    symbols: REGIONS.flatMap((region) => build.asm.namesOf(region)),
    steps: build.steps.map(closeStep),
    triggers: triggers.map(({ name, measure, threshold, flag }) => ({
      name,
      measure: [slotOf(measure[0]), slotOf(measure[1])],
      threshold: [slotOf(threshold[0]), slotOf(threshold[1])],
      flag: slotOf(flag),
    })),
  };
}
