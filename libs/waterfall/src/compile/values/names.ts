import type { Place, Unit } from '@weir/deal';
import type { Assembler, Operand, Ref } from '../assembler.js';
import type { Emitter } from '../emitter.js';
import { LoweringFault, ValueUnknown } from '../errors.js';
import { netted, type Sum, sumOf, ZERO } from '../sum.js';

/** A name that formulas may use. `live` ones are read again at each use; the others are computed once, when first used. */
interface Entry {
  unit: Unit;
  live: boolean;
  thunk: () => Sum;
  value: Sum | null;
}

/** Code of the fault of asking for a value when no more code may be added. */
export const NOT_COMPUTED = 'not-computed';

const keyOf = ({ region, index }: Ref): string => `${region}${index}`;

/**
 * The names of a document. What is defined is computed when something first asks for it, in code that runs before the
 * first step, wherever the asking stands: a formula may use a name that the document defines later.
 */
export class NamedValues {
  private readonly entries = new Map<string, Entry>();
  private readonly frozen = new Set<string>();
  private readonly underWay: string[] = [];
  /** No more code may be added. */
  private closed = false;

  constructor(
    private readonly asm: Assembler,
    private readonly emitter: Emitter,
    /** Where the document declares a name. */
    private readonly placeOf: (name: string) => Place | null,
    /** Whether the document is sound; in another, names are missing, and of what stands twice nothing is known. */
    private readonly isSound = true,
  ) {}

  /** A value that is computed once before the first step. A second definition of a name is ignored. */
  define(name: string, unit: Unit, thunk: () => Sum): void {
    this.enter(name, { unit, live: false, thunk, value: null });
  }

  /** A value that changes while steps pay: `thunk` is asked again at each use. */
  live(name: string, unit: Unit, thunk: () => Sum): void {
    this.enter(name, { unit, live: true, thunk, value: null });
  }

  /** Says that a slot is not written again after the prologue has read it, so that names may share it. */
  freeze(ref: Ref): Ref {
    this.frozen.add(keyOf(ref));
    return ref;
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  isLive(name: string): boolean {
    return this.entries.get(name)?.live ?? false;
  }

  unitOf(name: string): Unit {
    return this.entries.get(name)?.unit ?? 'money';
  }

  /** The value of a name, computed now if it was not. @throws LoweringFault when there is none or it needs itself */
  read(name: string, at: number): Sum {
    const entry = this.entries.get(name);
    if (!entry) {
      if (!this.isSound) return sumOf(this.emitter.unknown());
      throw new LoweringFault(at, 'unknown-name', `nothing is known of "${name}" here`);
    }
    if (entry.value) return entry.value;
    if (this.closed && !entry.live) throw new LoweringFault(at, NOT_COMPUTED, `"${name}" was not computed`);
    if (this.underWay.includes(name)) {
      const chain = [...this.underWay.slice(this.underWay.indexOf(name)), name].join(' needs ');
      throw new LoweringFault(at, 'circular', `${chain}; break the circle, for example with previous(${name})`);
    }
    this.underWay.push(name);
    try {
      return entry.live ? entry.thunk() : this.compute(name, entry);
    } catch (error) {
      if (error instanceof ValueUnknown) return sumOf(this.emitter.unknown());
      throw error;
    } finally {
      this.underWay.pop();
    }
  }

  /** The slot that shows an operand to the end of the run: its own when nothing writes it any more, else a copy. */
  slotFor(name: string, operand: Operand): Ref {
    return this.asm.ref(this.shared(name, operand));
  }

  /** Names and units of all that was computed, with their values. */
  computed(): { name: string; unit: Unit; value: Sum }[] {
    return [...this.entries].flatMap(([name, { unit, value }]) => (value ? [{ name, unit, value }] : []));
  }

  /** Present value of a live name, or null when it would take a computation that the program does not have. */
  standing(name: string): Sum | null {
    this.closed = true;
    try {
      return this.entries.get(name)?.thunk() ?? null;
    } catch (error) {
      if (error instanceof LoweringFault) return null;
      throw error;
    } finally {
      this.closed = false;
    }
  }

  /** Names of what changes while steps pay. */
  liveNames(): string[] {
    return [...this.entries].flatMap(([name, { live }]) => (live ? [name] : []));
  }

  private enter(name: string, entry: Entry): void {
    const first = this.entries.get(name);
    if (!first) this.entries.set(name, entry);
    else if (!this.isSound) this.entries.set(name, { ...first, thunk: () => this.ambiguous(name, first, entry) });
  }

  /** What stands twice is computed twice, so that the faults of both are found. */
  private ambiguous(name: string, first: Entry, second: Entry): Sum {
    const unknown = sumOf(this.emitter.unknown());
    this.entries.set(name, { ...first, value: unknown });
    first.thunk();
    second.thunk();
    return unknown;
  }

  private compute(name: string, entry: Entry): Sum {
    let value: Sum = ZERO;
    const block = this.asm.block(() => {
      this.asm.place = this.placeOf(name) ?? this.asm.place;
      value = this.keep(name, entry.thunk());
    });
    this.asm.appendToPrologue(block);
    entry.value = value;
    return value;
  }

  /** At most one slot a sign, which nothing writes any more. */
  private keep(name: string, sum: Sum): Sum {
    const { plus, minus } = netted(sum);
    if (plus.length + minus.length === 0) return ZERO;
    const [a, b] = [this.emitter.add(0, plus), this.emitter.add(0, minus)];
    if (minus.length === 0) return sumOf(this.shared(name, a));
    return { plus: a === 0n ? [] : [this.shared(`${name}+`, a)], minus: [this.shared(`${name}-`, b)] };
  }

  private shared(name: string, operand: Operand): Operand {
    if (typeof operand === 'bigint' || this.isFrozen(operand)) return operand;
    return this.freeze(this.asm.keep(name, operand));
  }

  private isFrozen(ref: Ref): boolean {
    return ['K', 'R', 'I'].includes(ref.region) || this.frozen.has(keyOf(ref)) || this.emitter.isUnknown(ref);
  }
}
