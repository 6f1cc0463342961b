import type { Place } from '@weir/deal';
import { ExecutionError } from '../execute/errors.js';
import { valueOf } from '../execute/operation.js';
import type { OpName } from '../program/opcodes.js';
import { VALUE_LIMIT } from '../program/program.js';
import type { Assembler, Operand, Ref } from './assembler.js';
import { LoweringFault, ValueUnknown } from './errors.js';
import { netted, type Sum } from './sum.js';

/** The positive and the negative part of a value; at least one of them is zero. */
export interface Parts {
  plus: Operand;
  minus: Operand;
}

/** Name of the slot that stands for every unknown value; no document can write it. */
const UNKNOWN = '?';

/**
 * Emits arithmetic into scratch slots, and computes at once what is constant, by the executor's own rules. What is
 * computed from an unknown value is unknown, so that no fault is found of it. A program never has one.
 */
export class Emitter {
  private unknownSlot: Ref | null = null;

  /** `placeOf`: line and column of an offset in the document. */
  constructor(
    readonly asm: Assembler,
    private readonly placeOf: (offset: number) => Place,
  ) {}

  /** A value of which nothing is known. */
  unknown(): Ref {
    this.unknownSlot ??= this.asm.named(UNKNOWN);
    return this.unknownSlot;
  }

  isUnknown(operand: Operand): boolean {
    return operand === this.unknownSlot;
  }

  /** A sum that is known at closing, else null. @throws ValueUnknown where a part of it is unknown */
  constant(sum: Sum): bigint | null {
    const { plus, minus } = netted(sum);
    const all = [...plus, ...minus];
    if (all.some((operand) => this.isUnknown(operand))) throw new ValueUnknown();
    if (all.some((operand) => typeof operand !== 'bigint')) return null;
    return ((plus[0] ?? 0n) as bigint) - ((minus[0] ?? 0n) as bigint);
  }

  /** Value of an operation; `at` is where the document asks for it. @throws LoweringFault */
  combine(at: number, op: OpName, ...operands: Operand[]): Operand {
    if (operands.some((operand) => this.isUnknown(operand))) return this.unknown();
    const [a, b = 0n, c = 0n] = operands;
    if (typeof a === 'bigint' && typeof b === 'bigint' && typeof c === 'bigint') return this.fold(at, op, a, b, c);
    const known = simplified(op, operands);
    if (known !== null) return known;
    for (const operand of operands) this.inRange(at, operand);
    const slot = this.asm.scratch();
    if (at > 0) this.asm.place = this.placeOf(at);
    this.asm.emit(op, slot, ...operands);
    return slot;
  }

  /** Sum of operands. */
  add(at: number, operands: readonly Operand[]): Operand {
    return operands.reduce((total, operand) => this.combine(at, 'ADD', operand, total), 0n);
  }

  /** Value of a sum that must not be negative; a run in which it is stops with a range error. */
  settle(at: number, sum: Sum): Operand {
    return this.difference(at, sum, 'SUB');
  }

  /** max(0, sum). */
  positivePart(at: number, sum: Sum): Operand {
    return this.difference(at, sum, 'SSUB');
  }

  /** max(0, sum) and max(0, −sum). */
  parts(at: number, sum: Sum): Parts {
    const { plus, minus } = netted(sum);
    const [a, b] = [this.add(at, plus), this.add(at, minus)];
    if (b === 0n || a === 0n) return { plus: a, minus: b };
    return { plus: this.combine(at, 'SSUB', a, b), minus: this.combine(at, 'SSUB', b, a) };
  }

  /** |sum|. */
  magnitude(at: number, sum: Sum): Operand {
    const { plus, minus } = this.parts(at, sum);
    return this.add(at, [plus, minus]);
  }

  private difference(at: number, sum: Sum, op: 'SUB' | 'SSUB'): Operand {
    const { plus, minus } = netted(sum);
    const positive = this.add(at, plus);
    return minus.length === 0 ? positive : this.combine(at, op, positive, this.add(at, minus));
  }

  private fold(at: number, op: OpName, a: bigint, b: bigint, c: bigint): bigint {
    try {
      return this.inRange(at, valueOf(op, a, b, c, 0)) as bigint;
    } catch (error) {
      if (!(error instanceof ExecutionError)) throw error;
      const divides = error.fault === 'DIV0';
      const message = divides
        ? 'this divides by zero'
        : 'this is negative, and stays so; write max(0, …) or swap the terms';
      throw new LoweringFault(at, divides ? 'division-by-zero' : 'negative', message);
    }
  }

  private inRange(at: number, operand: Operand): Operand {
    if (typeof operand === 'bigint' && (operand < 0n || operand >= VALUE_LIMIT)) {
      throw new LoweringFault(at, 'constant-range', 'a constant in this formula is too large; use fewer decimals');
    }
    return operand;
  }
}

/** What an operation comes to when one of its operands decides it, else null. */
function simplified(op: OpName, [a = 0n, b = 0n, c = 0n]: readonly Operand[]): Operand | null {
  if (op === 'ADD' && a === 0n) return b;
  if ((op === 'ADD' || op === 'SUB' || op === 'SSUB') && b === 0n) return a;
  if (op === 'SSUB' && a === 0n) return 0n;
  if (op === 'MIN' && (a === 0n || b === 0n)) return 0n;
  if (op === 'MAX' && (a === 0n || b === 0n)) return a === 0n ? b : a;
  if (op === 'SEL' && typeof a === 'bigint') return a === 0n ? c : b;
  if (op === 'SEL' && b === c) return b;
  return null;
}
