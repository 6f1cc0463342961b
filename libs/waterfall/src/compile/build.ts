import type { Deal, Diagnostic, Formula, Place } from '@weir/deal';
import type { OpName } from '../program/opcodes.js';
import { Assembler, type Operand, type Ref } from './assembler.js';
import type { StepKind } from './compiled-deal.js';
import { Emitter } from './emitter.js';
import { LoweringFault } from './errors.js';
import { type Environment, Lowering, type NamedValue } from './lower.js';
import { type Sum, sumOf, ZERO } from './sum.js';

/** A step while its code is being emitted; slots and instruction indexes are not yet places. */
export interface OpenStep extends Place {
  id: string;
  kind: StepKind;
  due: Ref | null;
  pays: number[];
  subject: string | null;
}

const ROUNDING: Record<Deal['rounding'], OpName> = { 'half-up': 'MULN', down: 'MULF', up: 'MULC' };

/** Line and column of an offset in a text, counted from 1. */
function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** A compilation under way: the assembler, the names formulas may use, the steps and the faults so far. */
export class Build {
  readonly asm = new Assembler();
  readonly emitter = new Emitter(this.asm);
  readonly values = new Map<string, NamedValue>();
  readonly diagnostics: Diagnostic[] = [];
  readonly steps: OpenStep[] = [];
  readonly rounding: OpName;
  readonly state = new Map<string, Ref>();
  readonly accounts = new Map<string, Ref>();
  readonly sinks = new Map<string, Ref>();
  private readonly accumulated = new Map<string, Sum>();
  private readonly environment: Environment = {
    values: this.values,
    cumulative: (item) => this.cumulative(item),
  };

  constructor(readonly deal: Deal) {
    this.rounding = ROUNDING[deal.rounding];
  }

  /** Lowers a formula with `use`; a fault becomes a diagnostic and reads as `otherwise`. */
  lower<T>(formula: Formula, use: (lowering: Lowering) => T, otherwise: T): T {
    try {
      return use(new Lowering(this.emitter, this.environment, this.rounding));
    } catch (error) {
      if (!(error instanceof LoweringFault)) throw error;
      const { code, message } = error;
      const place = placeOf(this.deal.text, error.at);
      this.diagnostics.push({ severity: 'error', ...place, path: formula.path, code, message });
      return otherwise;
    }
  }

  value(formula: Formula): Operand {
    return this.lower<Operand>(formula, (lowering) => lowering.value(formula.expression), 0n);
  }

  /** A state slot by name, made at first use. */
  stateSlot(name: string): Ref {
    return known(this.state, name, () => this.asm.slot('S', name));
  }

  sink(name: string): Ref {
    return known(this.sinks, name, () => this.asm.slot('X', name));
  }

  account(name: string): Ref {
    return known(this.accounts, name, () => this.asm.slot('A', name));
  }

  /** A new slot holding an operation's value. Operands here are never all constant with a faulty result. */
  op(name: OpName, ...operands: Operand[]): Operand {
    return this.emitter.combine(0, name, ...operands);
  }

  openStep(id: string, kind: StepKind, { line, column }: Place, subject: string | null = null): OpenStep {
    const step = { id, kind, line, column, due: null, pays: [], subject };
    this.steps.push(step);
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

  private cumulative(item: string): Sum {
    return known(this.accumulated, item, () => {
      const parts = this.values.get(item)?.sum ?? ZERO;
      const accumulate = (part: Operand, sign: string): Ref => {
        const total = this.stateSlot(`cumulative.${item}${sign}`);
        this.asm.emit('ADD', total, total, part);
        return total;
      };
      const plus = parts.plus.map((part) => accumulate(part, '+'));
      return { ...sumOf(...plus), minus: parts.minus.map((part) => accumulate(part, '-')) };
    });
  }
}

function known<V>(map: Map<string, V>, name: string, make: () => V): V {
  const found = map.get(name) ?? make();
  map.set(name, found);
  return found;
}
