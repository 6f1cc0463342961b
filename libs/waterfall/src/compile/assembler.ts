import type { Place } from '@weir/deal';
import { encodeProgram } from '../program/encode.js';
import { type OpName, sizeOf } from '../program/opcodes.js';
import { type Instruction, type Program, type RegionName, REGIONS, regionsOf } from '../program/program.js';
import type { Label, Operand, Pending, Ref } from './pending.js';
import { withoutDeadCode } from './optimise/dead-code.js';
import { poolScratch } from './optimise/pool.js';

export type { Label, Operand, Pending, Ref } from './pending.js';

/** A finished program and where everything ended up. */
export interface Assembled {
  program: Program;
  /** Names of all slots by slot id. */
  symbols: string[];
  slotOf(ref: Ref): number;
  /** Code offset of an emitted instruction, by its id. */
  offsetOf(id: number): number;
  /** Place in the document of each instruction, by code offset. */
  lines: Map<number, Place>;
  /** Code offsets of a step's instructions, in order. */
  offsetsOf(step: number): number[];
}

/** Collects slots, constants and instructions by name, and fixes their places at the end. */
export class Assembler {
  /** Where in the document the instructions that follow come from. */
  place: Place | null = null;
  /** The step whose instructions follow, null outside of steps. */
  step: number | null = null;
  private readonly names = Object.fromEntries(REGIONS.map((region) => [region, []])) as unknown as Record<
    RegionName,
    string[]
  >;
  private readonly constants = new Map<bigint, number>();
  private readonly kept = new Map<string, Ref>();
  private readonly unnamed = new Set<number>();
  private readonly prologue: Pending[] = [];
  private code: Pending[] = [];
  private labels = 0;
  private ids = 0;

  /** A new slot at the end of a region. */
  slot(region: Exclude<RegionName, 'K' | 'T'>, name: string): Ref {
    return { region, index: this.names[region].push(name) - 1 };
  }

  /** A new scratch slot without a name; those whose lives do not overlap share a place in the end. */
  scratch(): Ref {
    const index = this.names.T.push(`t${this.names.T.length}`) - 1;
    this.unnamed.add(index);
    return { region: 'T', index };
  }

  /** Whether a slot is scratch without a name. */
  isUnnamed({ region, index }: Ref): boolean {
    return region === 'T' && this.unnamed.has(index);
  }

  /** The scratch slot of a name, made at first use; zero until it is written, and its own to the end of the run. */
  named(name: string): Ref {
    const known = this.kept.get(name);
    if (known) return known;
    const ref: Ref = { region: 'T', index: this.names.T.push(name) - 1 };
    this.kept.set(name, ref);
    return ref;
  }

  /** The slot of an operand; equal constants share one. */
  ref(operand: Operand): Ref {
    if (typeof operand !== 'bigint') return operand;
    let index = this.constants.get(operand);
    if (index === undefined) {
      index = this.names.K.push(operand.toString()) - 1;
      this.constants.set(operand, index);
    }
    return { region: 'K', index };
  }

  /** Puts a value into the scratch slot of a name. */
  keep(name: string, operand: Operand): Ref {
    const fresh = typeof operand !== 'bigint' && operand.region === 'T' && !this.kept.has(name);
    if (fresh && this.unnamed.delete(operand.index)) {
      this.names.T[operand.index] = name;
      this.kept.set(name, operand);
      return operand;
    }
    const slot = this.named(name);
    this.emit('MOV', slot, operand);
    return slot;
  }

  /** Appends an instruction and returns its id. */
  emit(op: OpName, ...operands: (Operand | Label)[]): number {
    const resolved = operands.map((operand) => (typeof operand === 'bigint' ? this.ref(operand) : operand));
    return this.push(op, resolved);
  }

  /** Id of the instruction that was emitted last. */
  get last(): number {
    return this.ids - 1;
  }

  label(): Label {
    return { label: this.labels++ };
  }

  /** Places a label before the next instruction. */
  put(label: Label): void {
    this.push(null, [label]);
  }

  /** The instructions that `emitting` would have appended here; `append` puts them where they belong. */
  block(emitting: () => void): Pending[] {
    const [outer, place, step] = [this.code, this.place, this.step];
    this.code = [];
    this.step = null;
    try {
      emitting();
      return this.code;
    } finally {
      this.code = outer;
      this.place = place;
      this.step = step;
    }
  }

  append(block: readonly Pending[]): void {
    this.code.push(...block);
  }

  /** Puts instructions at the end of what runs before all that was emitted in place. */
  appendToPrologue(block: readonly Pending[]): void {
    this.prologue.push(...block);
  }

  /** Names of a region's slots, in order. */
  namesOf(region: RegionName): string[] {
    return [...this.names[region]];
  }

  /** Ends the code, encodes and validates. @throws ProgramError */
  finish(tranches: number, rows: bigint[][]): Assembled {
    this.place = null;
    this.step = null;
    this.emit('END');
    const isFree = (ref: Ref): boolean => this.isUnnamed(ref);
    const code = withoutDeadCode([...this.prologue, ...this.code], isFree);
    const scratch = poolScratch(code, this.names.T, isFree);
    const names = { ...this.names, T: scratch.names };
    const counts = Object.fromEntries(REGIONS.map((region) => [region, names[region].length])) as Record<
      RegionName,
      number
    >;
    const { regions } = regionsOf(counts);
    const slotOf = ({ region, index }: Ref): number =>
      regions[region].first + (region === 'T' ? scratch.place(index) : index);
    const placed = place(code);
    const instructions = placed.instructions.map(({ op, operands, id }): Instruction => ({
      offset: placed.offsetOf(id),
      op: op as OpName,
      operands: operands.map((operand) => ('label' in operand ? placed.target(operand) : slotOf(operand))),
    }));
    const constants = [...this.constants.keys()];
    return {
      program: encodeProgram({ counts, tranches, constants, code: instructions, rows }),
      symbols: REGIONS.flatMap((region) => names[region]),
      slotOf,
      offsetOf: placed.offsetOf,
      offsetsOf: (step) =>
        placed.instructions.filter((instruction) => instruction.step === step).map(({ id }) => placed.offsetOf(id)),
      lines: new Map(placed.instructions.flatMap(({ id, place: at }) => (at ? [[placed.offsetOf(id), at]] : []))),
    };
  }

  private push(op: OpName | null, operands: (Ref | Label)[]): number {
    const id = this.ids++;
    this.code.push({ op, operands, place: this.place, id, step: this.step });
    return id;
  }
}

/** Offsets of instructions and labels. */
function place(code: readonly Pending[]): {
  instructions: Pending[];
  offsetOf(id: number): number;
  target(label: Label): number;
} {
  const offsets = new Map<number, number>();
  const labels = new Map<number, number>();
  let offset = 0;
  for (const { op, operands, id } of code) {
    const [first] = operands;
    if (op !== null) {
      offsets.set(id, offset);
      offset += sizeOf(op);
    } else if (first && 'label' in first) labels.set(first.label, offset);
  }
  return {
    instructions: code.filter(({ op }) => op !== null),
    offsetOf: (id) => offsets.get(id) ?? 0,
    target: ({ label }) => labels.get(label) ?? 0,
  };
}
