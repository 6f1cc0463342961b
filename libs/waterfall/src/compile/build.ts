import type { Deal, Diagnostic, Formula, Place, Unit } from '@weir/deal';
import type { OpName } from '../program/opcodes.js';
import { Assembler, type Operand, type Ref } from './assembler.js';
import type { StepKind } from './compiled-deal.js';
import { Emitter } from './emitter.js';
import { LoweringFault } from './errors.js';
import { Lowering } from './lower.js';
import type { DrawPlace } from './draw-place.js';
import { type Period, scheduleOf } from './schedule.js';
import { netted, type Sum, ZERO } from './sum.js';
import { Endings } from './values/endings.js';
import { History } from './values/history.js';
import { NamedValues, NOT_COMPUTED } from './values/names.js';
import { Rows } from './values/rows.js';

/** A step while its code is being emitted; slots and instruction ids are not yet places. */
export interface OpenStep extends Place {
  id: string;
  label: string | null;
  kind: StepKind;
  due: Ref | null;
  pays: number[];
  subject: string | null;
  /** The jumps that lead here, by the ids of their instructions. */
  reached: Branch[];
  /** What its `when` and the condition of an `if` came to. */
  when: Decision | null;
  branch: Decision | null;
}

/** A condition in the document's words, and what decides it: the id of a jump, or what it always is. */
export interface Decision {
  text: string;
  taken: number | boolean;
}

/** One way of a conditional jump. */
interface Branch {
  jump: number;
  /** On the flag's side: where the jump did not lead away. */
  on: boolean;
}

/** The multiply-divide of each rounding. */
export const ROUNDING: Record<Deal['rounding'], OpName> = { 'half-up': 'MULN', down: 'MULF', up: 'MULC' };

/** Offsets at which the lines of a text begin. */
export function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column, counted from 1, of an offset in a text whose lines begin at `starts`. */
export function placeAt(starts: readonly number[], offset: number): Place {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Where the document declares what a name begins with: `A` of `A.opening`, a formula, a trigger. */
function placesOf(deal: Deal): (name: string) => Place | null {
  const named = [deal.tranches, deal.fees, deal.accounts, deal.hedges, deal.facilities, deal.ledgers, deal.groups];
  const others = [deal.formulas, deal.triggers, deal.calls, deal.report, deal.schedules];
  const places = new Map<string, Place>();
  for (const { name, line, column } of [...named, ...others].flat()) places.set(name, { line, column });
  for (const { name, line, column } of deal.states) places.set(`state.${name}`, { line, column });
  return (name) => places.get(name) ?? places.get(name.split('.')[0] ?? '') ?? null;
}

/** A compilation under way: the assembler, the names formulas may use, the steps and the faults so far. */
export class Build {
  readonly asm = new Assembler();
  readonly emitter: Emitter;
  readonly diagnostics: Diagnostic[] = [];
  readonly steps: OpenStep[] = [];
  /** Where steps draw on facilities. */
  readonly draws: DrawPlace[] = [];
  readonly rounding: OpName;
  readonly periods: Period[];
  readonly names: NamedValues;
  readonly history: History;
  readonly rows: Rows;
  private readonly state = new Map<string, Ref>();
  private readonly accounts = new Map<string, Ref>();
  private readonly sinks = new Map<string, Ref>();
  private readonly inputs = new Map<string, Ref>();
  private readonly initials = new Map<string, bigint>();
  private readonly endings: Endings;
  private readonly lineStarts: number[];
  private branches: Branch[] = [];

  /**
   * `signed`: names of which an earlier attempt found that they may be negative, so that what is stored of them takes
   * two words. `cutOffPool` in cents.
   */
  constructor(
    readonly deal: Deal,
    readonly cutOffPool: bigint = deal.cutOffPool ?? 0n,
    signed: ReadonlySet<string> = new Set(),
  ) {
    this.rounding = ROUNDING[deal.rounding];
    this.lineStarts = lineStartsOf(deal.text);
    this.emitter = new Emitter(this.asm, (offset) => this.placeOf(offset));
    this.names = new NamedValues(this.asm, this.emitter, placesOf(deal));
    this.endings = new Endings(this.asm);
    this.periods = scheduleOf(deal);
    this.rows = new Rows(this.asm);
    this.history = new History(this, signed);
  }

  // Names

  /** Defines a name whose value is computed once, before the first step, when something first asks for it. */
  define(name: string, unit: Unit, thunk: () => Sum): void {
    this.names.define(name, unit, thunk);
  }

  /** Defines a name whose value is read again at each use. */
  live(name: string, unit: Unit, thunk: () => Sum): void {
    this.names.live(name, unit, thunk);
  }

  /** Value of a name, which may be negative. A fault becomes a diagnostic at the present place and reads as zero. */
  read(name: string): Sum {
    try {
      return this.names.read(name, 0);
    } catch (error) {
      if (!(error instanceof LoweringFault) || error.code === NOT_COMPUTED) throw error;
      this.fault(error, '');
      return ZERO;
    }
  }

  /** Value of a name that must not be negative. */
  readValue(name: string): Operand {
    return this.emitter.settle(0, this.read(name));
  }

  // Formulas

  /** Lowers a formula with `use`; a fault becomes a diagnostic and reads as `otherwise`. */
  lower<T>(formula: Formula, use: (lowering: Lowering) => T, otherwise: T): T {
    const outer = this.asm.place;
    this.asm.place = { line: formula.line, column: formula.column };
    try {
      return use(new Lowering(this.emitter, this, this.rounding));
    } catch (error) {
      if (!(error instanceof LoweringFault)) throw error;
      this.fault(error, formula.path);
      return otherwise;
    } finally {
      this.asm.place = outer;
    }
  }

  /** Value of a formula, as money, rate, ratio or date; a run in which it is negative stops with a range error. */
  value(formula: Formula): Operand {
    return this.lower<Operand>(formula, (lowering) => lowering.value(formula.expression), 0n);
  }

  /** Value of a formula, which may be negative. */
  signed(formula: Formula): Sum {
    return this.lower<Sum>(formula, (lowering) => lowering.sum(formula.expression), ZERO);
  }

  /** 1 or 0. */
  flag(formula: Formula): Operand {
    return this.value(formula);
  }

  /** Value of a formula that is known at closing, else null. It may be negative. */
  constant(formula: Formula): bigint | null {
    let sum: Sum | null = null;
    // Only the value is wanted: code for what is not constant goes nowhere.
    this.asm.block(() => {
      sum = netted(this.signed(formula));
    });
    const { plus, minus } = (sum ?? ZERO) as Sum;
    if ([...plus, ...minus].some((operand) => typeof operand !== 'bigint')) return null;
    return ((plus[0] ?? 0n) as bigint) - ((minus[0] ?? 0n) as bigint);
  }

  // Slots

  /** A state slot by name, made at first use; `initial` is its word at closing. */
  stateSlot(name: string, initial?: bigint): Ref {
    if (initial !== undefined) this.initials.set(`S ${name}`, initial);
    return known(this.state, name, () => this.asm.slot('S', name));
  }

  sink(name: string): Ref {
    return known(this.sinks, name, () => this.asm.slot('X', name));
  }

  /** An account; `initial` is what closing puts into it, cents. */
  account(name: string, initial?: bigint): Ref {
    if (initial !== undefined) this.initials.set(`A ${name}`, initial);
    return known(this.accounts, name, () => this.asm.slot('A', name));
  }

  /** An input slot. */
  input(name: string): Ref {
    return known(this.inputs, name, () => this.asm.slot('I', name));
  }

  /** One value a payment date, which may be negative; equal columns share a slot, a value that never changes takes none. */
  row(name: string, words: readonly bigint[]): Sum {
    return this.rows.column(name, words);
  }

  /** Words of accounts and state at closing, in slot order. */
  initialWords(region: 'A' | 'S'): bigint[] {
    return this.asm.namesOf(region).map((name) => this.initials.get(`${region} ${name}`) ?? 0n);
  }

  // Code

  /** A new slot holding an operation's value. Operands here are never all constant with a faulty result. */
  op(name: OpName, ...operands: Operand[]): Operand {
    return this.emitter.combine(0, name, ...operands);
  }

  /**
   * Runs `code` when the flag is on, else `otherwise`. Scratch that is not written because it was skipped reads zero.
   * Gives what decides: the flag when it never changes, else the id of the jump.
   */
  when(flag: Operand, code: () => void, otherwise?: () => void): number | boolean {
    if (typeof flag === 'bigint') {
      if (flag === 0n) otherwise?.();
      else code();
      return flag !== 0n;
    }
    const [skip, end] = [this.asm.label(), this.asm.label()];
    const jump = this.asm.emit('JZ', flag, skip);
    this.within({ jump, on: true }, code);
    if (otherwise) this.asm.emit('JMP', end);
    this.asm.put(skip);
    if (otherwise) this.within({ jump, on: false }, otherwise);
    this.asm.put(end);
    return jump;
  }

  private within(branch: Branch, code: () => void): void {
    const outer = this.branches;
    this.branches = [...outer, branch];
    code();
    this.branches = outer;
  }

  /** Emits `code` into what runs before collections and steps, wherever it is called from. */
  first(code: () => void): void {
    this.asm.appendToPrologue(this.asm.block(code));
  }

  /**
   * Emits `code` after the last step, in three phases: triggers that are tested at the end, what else is owed or kept
   * for the next date, and last the histories, which see the results of the others.
   */
  atEnd(code: () => void, phase: 'trigger' | 'state' | 'history' = 'state'): void {
    this.endings.add(phase, code);
  }

  /** Emits all that was left for the end. */
  finishSteps(): void {
    this.endings.emit();
  }

  openStep(
    id: string,
    kind: StepKind,
    { line, column }: Place,
    subject: string | null = null,
    label: string | null = null,
  ): OpenStep {
    const reached = this.branches;
    const facts = { id, label, kind, line, column, subject, reached };
    const step: OpenStep = { ...facts, due: null, pays: [], when: null, branch: null };
    this.asm.place = { line, column };
    this.asm.step = this.steps.push(step) - 1;
    return step;
  }

  /** PAY what is due from each source in turn, each for what those before it could not; the rest goes to `short`. */
  pay(step: OpenStep, from: readonly Ref[], to: Ref, due: Operand, short: Ref): void {
    let owed = due;
    from.forEach((source, index) => {
      const rest = index === from.length - 1 ? short : this.asm.scratch();
      step.pays.push(this.asm.emit('PAY', source, to, owed, rest));
      owed = rest;
    });
  }

  /** Reports an error at a place of the document. */
  report(place: Place, path: string, code: string, message: string): void {
    const { line, column } = place;
    const same = (known: Diagnostic): boolean => known.code === code && known.line === line && known.column === column;
    if (!this.diagnostics.some(same)) this.diagnostics.push({ severity: 'error', line, column, path, code, message });
  }

  /** Line and column of an offset in the document, counted from 1. */
  placeOf(offset: number): Place {
    return placeAt(this.lineStarts, offset);
  }

  private fault({ at, code, message }: LoweringFault, path: string): void {
    const place = at > 0 ? this.placeOf(at) : (this.asm.place ?? { line: 1, column: 1 });
    this.report(place, path, code, message);
  }
}

function known<V>(map: Map<string, V>, name: string, make: () => V): V {
  const found = map.get(name) ?? make();
  map.set(name, found);
  return found;
}
