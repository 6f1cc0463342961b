import type {
  ComparedSide,
  CompiledComparison,
  CompiledDeal,
  CompiledStep,
  StepDecision,
} from '../compile/compiled-deal.js';
import { loadFrame, type RunArguments } from '../execute/frame.js';
import { runWide } from '../execute/wide-run.js';
import { effectsOf } from '../program/effects.js';
import type { Instruction } from '../program/program.js';

/** A slot that a step changed. */
export interface Change {
  before: bigint;
  after: bigint;
}

/** What steps did that moves no cash: which ran, and what each wrote. Of a run that has been made. */
export class WatchedRun {
  readonly slots: bigint[];
  /** Whether each conditional jump that was met led away. */
  private readonly led = new Map<number, boolean>();
  private readonly compared = new Map<CompiledComparison, { value: bigint | null; threshold: bigint | null }>();
  private readonly changes = new Map<CompiledStep, Map<number, Change>>();

  /** Makes the run once more, watching. @throws as `execute` does */
  constructor(
    readonly compiled: CompiledDeal,
    run: RunArguments,
  ) {
    this.slots = loadFrame(compiled.program, run);
    const owners = new Map(compiled.steps.flatMap((step) => step.code.map((offset) => [offset, step] as const)));
    const comparisons = new Map(
      compiled.triggers.flatMap(({ comparisons: of }) =>
        of.map((comparison) => [comparison.offset, comparison] as const),
      ),
    );
    let settle = (): void => undefined;
    runWide(compiled.program, this.slots, false, (instruction) => {
      settle();
      const comparison = comparisons.get(instruction.offset);
      if (comparison) {
        const { value, threshold } = comparison;
        this.compared.set(comparison, { value: this.sideOf(value), threshold: this.sideOf(threshold) });
      }
      const step = owners.get(instruction.offset);
      settle = step ? this.awaited(step, instruction) : (): void => undefined;
      if (instruction.op === 'JZ') this.led.set(instruction.offset, this.slots[instruction.operands[0]!] === 0n);
    });
  }

  /** Whether the run came to a step; its own `when` may yet have skipped it. */
  isReached({ reached }: CompiledStep): boolean {
    return reached.every(({ jump, on }) => this.led.get(jump) === !on);
  }

  /** Whether a condition of a step that was reached held. */
  held({ taken }: StepDecision): boolean {
    return typeof taken === 'boolean' ? taken : this.led.get(taken) === false;
  }

  /** The sides of a comparison as it was made; null when it was not. */
  sides(comparison: CompiledComparison): { value: bigint | null; threshold: bigint | null } | null {
    return this.compared.get(comparison) ?? null;
  }

  private sideOf(side: ComparedSide | null): bigint | null {
    if (side === null) return null;
    const sum = (parts: readonly (bigint | number)[]): bigint =>
      parts.reduce<bigint>((total, part) => total + (typeof part === 'bigint' ? part : (this.slots[part] ?? 0n)), 0n);
    return sum(side.plus) - sum(side.minus);
  }

  /** What a step changed in a slot, null when it wrote nothing there. */
  change(step: CompiledStep, slot: number): Change | null {
    return this.changes.get(step)?.get(slot) ?? null;
  }

  /** What a step changed in the state word of a name. */
  wordChange(step: CompiledStep, name: string): Change | null {
    const index = this.compiled.state.indexOf(name);
    return index < 0 ? null : this.change(step, this.compiled.program.layout.regions.S.first + index);
  }

  /** What a slot showed after a step, if that wrote it, else at the end. */
  after(step: CompiledStep, slot: number | null): bigint {
    if (slot === null) return 0n;
    return this.change(step, slot)?.after ?? this.slots[slot] ?? 0n;
  }

  /** Notes what an instruction is about to write; to be asked when it has. */
  private awaited(step: CompiledStep, instruction: Instruction): () => void {
    const known = this.changes.get(step) ?? new Map<number, Change>();
    this.changes.set(step, known);
    const before = effectsOf(instruction).writes.map((slot) => [slot, this.slots[slot] ?? 0n] as const);
    return () => {
      for (const [slot, value] of before) {
        known.set(slot, { before: known.get(slot)?.before ?? value, after: this.slots[slot] ?? 0n });
      }
    };
  }
}
