import type { PlainDate } from '@weir/calendar';
import type { Deal, Diagnostic, Draft, Formula, Place, Unit } from '@weir/deal';
import type { OpName } from '../program/opcodes.js';
import { Assembler, type Operand, type Ref } from './assembler.js';
import type { StepKind } from './compiled-deal.js';
import { Emitter } from './emitter.js';
import { LoweringFault, ValueUnknown } from './errors.js';
import { Lowering } from './lower.js';
import type { DrawPlace } from './draw-place.js';
import { type Period, scheduleOf } from './schedule.js';
import { type Sum, sumOf } from './sum.js';
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

/** Faults of a formula's part of the document that leave the formula itself readable. */
const OF_NAMES: readonly string[] = ['unknown-name', 'duplicate-name', 'reserved-name'];

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
  private readonly dates: Period[] | null;
  private branches: Branch[] = [];

  /**
   * `signed`: names of which an earlier attempt found that they may be negative, so that what is stored of them takes
   * two words. `pool` in cents, null when it is not known. With a `draft` the document has faults, and only what else
   * there is of them is looked for.
   */
  constructor(
    readonly deal: Deal,
    private readonly pool: bigint | null = deal.cutOffPool ?? 0n,
    signed: ReadonlySet<string> = new Set(),
    private readonly draft: Omit<Draft, 'deal'> | null = null,
  ) {
    this.rounding = ROUNDING[deal.rounding];
    this.lineStarts = lineStartsOf(deal.text);
    this.emitter = new Emitter(this.asm, (offset) => this.placeOf(offset));
    this.names = new NamedValues(this.asm, this.emitter, placesOf(deal), draft === null);
    this.endings = new Endings(this.asm);
    this.dates = this.isBroken('dates') ? null : scheduleOf(deal);
    this.rows = new Rows(this.asm);
    this.history = new History(this, signed);
  }

  // The document

  /** Pool at the cut-off date, cents. @throws ValueUnknown */
  get cutOffPool(): bigint {
    if (this.pool === null) throw new ValueUnknown();
    return this.pool;
  }

  /** Every payment date. @throws ValueUnknown */
  get periods(): Period[] {
    if (this.dates === null) throw new ValueUnknown();
    return this.dates;
  }

  /** @throws ValueUnknown */
  get closingDate(): PlainDate {
    if (this.isBroken('dates.closing')) throw new ValueUnknown();
    return this.deal.closingDate;
  }

  /** How many payment dates there are at least. */
  get leastPeriods(): number {
    return this.dates?.length ?? 1;
  }

  /** Whether a fault was reported of a part of the document, or of anything in it, before it was compiled. */
  isBroken(path: string): boolean {
    return this.draft?.isBroken(path) ?? false;
  }

  /** Whether the document has no fault but those of compiling. */
  get isSound(): boolean {
    return this.draft === null;
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

  /** Value of a name, which may be negative. A fault becomes a diagnostic at the present place and reads as unknown. */
  read(name: string): Sum {
    return this.attempt(
      '',
      () => this.names.read(name, 0),
      () => this.unknown(),
    );
  }

  /** Value of a name that must not be negative. */
  readValue(name: string): Operand {
    return this.emitter.settle(0, this.read(name));
  }

  // Formulas

  /**
   * Lowers a formula with `use`; a fault becomes a diagnostic and reads as `otherwise`, as does one that was reported.
   * Where only a name in it was refused, the rest of the formula is looked at all the same.
   */
  lower<T>(formula: Formula, use: (lowering: Lowering) => T, otherwise: () => T): T {
    if (this.isBroken(formula.path)) {
      if (this.draft?.codesOf(formula.path).every((code) => OF_NAMES.includes(code)))
        this.lowered(formula, use, otherwise);
      return otherwise();
    }
    return this.lowered(formula, use, otherwise);
  }

  private lowered<T>(formula: Formula, use: (lowering: Lowering) => T, otherwise: () => T): T {
    const outer = this.asm.place;
    this.asm.place = { line: formula.line, column: formula.column };
    try {
      return this.attempt(formula.path, () => use(new Lowering(this.emitter, this, this.rounding)), otherwise);
    } finally {
      this.asm.place = outer;
    }
  }

  /** Value of a formula, as money, rate, ratio or date; a run in which it is negative stops with a range error. */
  value(formula: Formula): Operand {
    return this.lower<Operand>(
      formula,
      (lowering) => lowering.value(formula.expression),
      () => this.emitter.unknown(),
    );
  }

  /** Value of a formula, which may be negative. */
  signed(formula: Formula): Sum {
    return this.lower<Sum>(
      formula,
      (lowering) => lowering.sum(formula.expression),
      () => this.unknown(),
    );
  }

  /** 1 or 0. */
  flag(formula: Formula): Operand {
    return this.value(formula);
  }

  /** Value of a formula that is known at closing, else null. It may be negative. @throws ValueUnknown */
  constant(formula: Formula): bigint | null {
    let value: bigint | null = null;
    // Only the value is wanted: code for what is not constant goes nowhere.
    this.asm.block(() => {
      value = this.emitter.constant(this.signed(formula));
    });
    return value;
  }

  /** What is found at closing; a fault becomes a diagnostic. Null where it is not known. */
  known<T>(find: () => T): T | null {
    return this.attempt('', find, () => null);
  }

  private unknown(): Sum {
    return sumOf(this.emitter.unknown());
  }

  /** The one place in which faults end: what has one is reported, once, and what asked for it goes on with `otherwise`. */
  private attempt<T>(path: string, code: () => T, otherwise: () => T): T {
    try {
      return code();
    } catch (error) {
      if (error instanceof LoweringFault && error.code !== NOT_COMPUTED) this.fault(error, path);
      else if (!(error instanceof ValueUnknown)) throw error;
      return otherwise();
    }
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

  private fault(fault: LoweringFault, path: string): void {
    const place = fault.placeIn((offset) => this.placeOf(offset), this.asm.place ?? { line: 1, column: 1 });
    this.report(place, fault.path ?? path, fault.code, fault.message);
  }
}

function known<V>(map: Map<string, V>, name: string, make: () => V): V {
  const found = map.get(name) ?? make();
  map.set(name, found);
  return found;
}
