import { type Deal, describeUnit, fits, type Formula, suggest, type Unit, UnitChecker } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import { Assembler, type Operand, type Ref } from '../compile/assembler.js';
import { lineStartsOf, placeAt, ROUNDING } from '../compile/build.js';
import { Emitter } from '../compile/emitter.js';
import { LoweringFault } from '../compile/errors.js';
import { Lowering } from '../compile/lower.js';
import { type Sum, ZERO } from '../compile/sum.js';
import { NamedValues } from '../compile/values/names.js';
import type { Report } from './change.js';
import type { KeptValue } from './kept-values.js';
import type { WordUnit } from './state-words.js';

const unitOf = (unit: WordUnit): Unit => (unit === 'count' ? 'ratio' : unit);

/** Slots of a mapping program: old state in I, old and new accounts in A, new state in S. */
export interface MappingSlots {
  oldState: Ref[];
  oldAccounts: Ref[];
  newAccounts: Ref[];
  newState: Ref[];
}

/** Emits a mapping program: formulas over what the old deal kept, and plain moves. */
export class MappingCode {
  readonly asm = new Assembler();
  readonly emitter: Emitter;
  private readonly names: NamedValues;
  private readonly units = new Map<string, Unit>();

  constructor(
    private readonly document: Pick<Deal, 'rounding' | 'text'>,
    private readonly report: Report,
  ) {
    const starts = lineStartsOf(document.text);
    this.emitter = new Emitter(this.asm, (offset) => placeAt(starts, offset));
    this.names = new NamedValues(this.asm, this.emitter, () => null);
    this.placeOf = (offset) => placeAt(starts, offset);
  }

  private readonly placeOf: (offset: number) => { line: number; column: number };

  /** Puts identifying words first among the constants; nothing reads them. */
  identify(words: readonly bigint[]): void {
    for (const word of words) this.asm.ref(word);
  }

  slots(old: { accounts: string[]; state: string[] }, next: { accounts: string[]; state: string[] }): MappingSlots {
    const { asm } = this;
    const oldState = old.state.map((name) => asm.slot('I', name));
    asm.slot('C', 'deposit');
    return {
      oldState,
      oldAccounts: old.accounts.map((name) => asm.slot('A', `${name} (old)`)),
      newAccounts: next.accounts.map((name) => asm.slot('A', name)),
      newState: next.state.map((name) => asm.slot('S', name)),
    };
  }

  /** Makes an old value known to formulas. */
  know(name: string, unit: WordUnit, plus: Ref | null, minus: Ref | null): void {
    const scaled = (ref: Ref): Operand =>
      unit === 'count' ? this.emitter.combine(0, 'MULF', ref, RATE_SCALE, 1n) : ref;
    this.units.set(name, unitOf(unit));
    this.names.live(name, unitOf(unit), () => ({
      plus: plus ? [scaled(plus)] : [],
      minus: minus ? [scaled(minus)] : [],
    }));
  }

  /** Puts a formula's value into the words of a new value; a negative one stops the run where there is no word for it. */
  put(formula: Formula, value: KeptValue, plus: Ref | null, minus: Ref | null): void {
    if (!this.check(formula, unitOf(value.unit))) return;
    this.asm.place = { line: formula.line, column: formula.column };
    try {
      const sum = this.sumOf(formula, value.unit);
      const at = formula.expression.at;
      const parts = minus ? this.emitter.parts(at, sum) : { plus: this.emitter.settle(at, sum), minus: 0n };
      if (plus) this.asm.emit('MOV', plus, parts.plus);
      if (minus) this.asm.emit('MOV', minus, parts.minus);
    } catch (error) {
      if (!(error instanceof LoweringFault)) throw error;
      this.report(error.placeIn(this.placeOf, formula), formula.path, error.code, error.message);
    } finally {
      this.asm.place = null;
    }
  }

  /** Stops the run unless a word is zero. */
  mustBeZero(word: Ref): void {
    this.asm.emit('SUB', this.asm.named('must be zero'), 0n, word);
  }

  private sumOf({ expression }: Formula, unit: WordUnit): Sum {
    // A formula that looks back does not read, so nothing asks for a history.
    const history = { value: () => ZERO };
    const lowering = new Lowering(this.emitter, { names: this.names, history }, ROUNDING[this.document.rounding]);
    const sum = lowering.sum(expression);
    if (unit !== 'count') return sum;
    const whole = this.emitter.settle(expression.at, sum);
    return { plus: [this.emitter.combine(expression.at, 'MULF', whole, 1n, RATE_SCALE)], minus: [] };
  }

  /** Whether the formula's names are known and its unit is the wanted one. */
  private check(formula: Formula, wanted: Unit): boolean {
    let sound = true;
    const fault = (at: number, code: string, message: string): void => {
      sound = false;
      this.report(this.placeOf(at), formula.path, code, message);
    };
    const known = [...this.units.keys()];
    const checker = new UnitChecker({
      unitOf: (name, at) => {
        const unit = this.units.get(name);
        if (unit) return unit;
        fault(at, 'unknown-name', `the amended deal keeps no "${name}"${suggest(name, known)}`);
        return 'unknown';
      },
      error: fault,
    });
    const found = checker.unitOf(formula.expression);
    if (!fits(found, wanted)) {
      fault(formula.expression.at, 'unit', `this is ${describeUnit(found)}, but ${describeUnit(wanted)} is needed`);
    }
    return sound;
  }
}
