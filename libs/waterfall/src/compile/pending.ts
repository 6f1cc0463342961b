import type { Place } from '@weir/deal';
import { operandsOf, type OpName } from '../program/opcodes.js';
import type { RegionName } from '../program/program.js';

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

/** An instruction before its place is known; `op` null is where a label stands. */
export interface Pending {
  op: OpName | null;
  operands: (Ref | Label)[];
  /** Where in the document it comes from. */
  place: Place | null;
  /** What `emit` returned for it. */
  id: number;
  /** The step that it belongs to; null before, between and after the steps. */
  step: number | null;
}

/** Slots that an instruction reads and the one that it writes. */
export function accessOf({ op, operands }: Pending): { reads: Ref[]; writes: Ref[] } {
  const access = { reads: [] as Ref[], writes: [] as Ref[] };
  if (op === null) return access;
  operandsOf(op).forEach((kind, index) => {
    const operand = operands[index];
    if (!operand || 'label' in operand) return;
    if (kind === 'write') access.writes.push(operand);
    else access.reads.push(operand);
  });
  return access;
}
