import { encodeProgram } from '../program/encode.js';
import { operandsOf, type OpName, sizeOf } from '../program/opcodes.js';
import { type Instruction, type Program, type RegionName, REGIONS, regionsOf } from '../program/program.js';

/** A slot before the regions' sizes are known. */
export interface Ref {
  region: RegionName;
  index: number;
}

/** A place in the code that a jump may name before it is placed. */
export interface Label {
  label: number;
}

/** A value known now, or the slot that will hold it. */
export type Operand = bigint | Ref;

interface Pending {
  op: OpName;
  operands: (Ref | Label)[];
}

/** Collects slots, constants and instructions by name, and fixes their places at the end. */
export class Assembler {
  private readonly names = Object.fromEntries(REGIONS.map((region) => [region, []])) as unknown as Record<
    RegionName,
    string[]
  >;
  private readonly constants: bigint[] = [];
  private readonly code: Pending[] = [];
  private readonly labels: number[] = [];
  private readonly unnamed = new Set<number>();

  /** A new slot at the end of a region. */
  slot(region: Exclude<RegionName, 'K' | 'T'>, name: string): Ref {
    return { region, index: this.names[region].push(name) - 1 };
  }

  /** A new scratch slot; no scratch slot is used twice, so that a finished run can be explained from its slots. */
  scratch(name?: string): Ref {
    const index = this.names.T.push(name ?? `t${this.names.T.length}`) - 1;
    if (name === undefined) this.unnamed.add(index);
    return { region: 'T', index };
  }

  /** The slot of an operand; equal constants share one. */
  ref(operand: Operand): Ref {
    if (typeof operand !== 'bigint') return operand;
    const known = this.constants.indexOf(operand);
    if (known >= 0) return { region: 'K', index: known };
    this.names.K.push(operand.toString());
    return { region: 'K', index: this.constants.push(operand) - 1 };
  }

  /** Gives a value a named scratch slot of its own. */
  keep(name: string, operand: Operand): Ref {
    if (typeof operand !== 'bigint' && operand.region === 'T' && this.unnamed.delete(operand.index)) {
      this.names.T[operand.index] = name;
      return operand;
    }
    const slot = this.scratch(name);
    this.emit('MOV', slot, operand);
    return slot;
  }

  /** Appends an instruction and returns its index. */
  emit(op: OpName, ...operands: (Operand | Label)[]): number {
    const resolved = operands.map((operand) =>
      typeof operand === 'bigint' || 'region' in operand ? this.ref(operand) : operand,
    );
    return this.code.push({ op, operands: resolved }) - 1;
  }

  label(): Label {
    return { label: this.labels.push(-1) - 1 };
  }

  /** Places a label before the next instruction. */
  place({ label }: Label): void {
    this.labels[label] = this.code.length;
  }

  /** Names of a region's slots, in order. */
  namesOf(region: RegionName): string[] {
    return [...this.names[region]];
  }

  /** Ends the code, encodes and validates. @throws ProgramError */
  finish(tranches: number, rows: bigint[][]): { program: Program; slotOf(ref: Ref): number; offsets: number[] } {
    this.emit('END');
    const counts = Object.fromEntries(REGIONS.map((region) => [region, this.names[region].length])) as Record<
      RegionName,
      number
    >;
    const { regions } = regionsOf(counts);
    const slotOf = (ref: Ref): number => regions[ref.region].first + ref.index;
    const offsets: number[] = [];
    let offset = 0;
    for (const { op } of this.code) {
      offsets.push(offset);
      offset += sizeOf(op);
    }
    const code: Instruction[] = this.code.map(({ op, operands }, index) => ({
      offset: offsets[index] ?? 0,
      op,
      operands: operandsOf(op).map((_, i) => {
        const operand = operands[i] as Ref | Label;
        return 'label' in operand ? (offsets[this.labels[operand.label] ?? -1] ?? 0) : slotOf(operand);
      }),
    }));
    return { program: encodeProgram({ counts, tranches, constants: this.constants, code, rows }), slotOf, offsets };
  }
}
