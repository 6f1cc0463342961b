import type { Label, Operand, Pending, Ref } from './assembler.js';
import type { Build } from './build.js';
import { accessOf } from './pending.js';

/** A place of the priority at which a facility is drawn, marked by a label in the code of the steps. */
export interface DrawPlace {
  label: number;
  /** Computes, as things stand there, what is drawn. */
  code: readonly Pending[];
  amount: Operand;
  /** Where it is kept: zero where the step does not run. */
  draw: Ref;
  /** The account in which it comes in. */
  standby: Ref;
}

const keyOf = ({ region, index }: Ref): string => `${region}${index}`;
const isRef = (operand: Ref | Label): operand is Ref => 'region' in operand;

/** The code up to the last draw, with what computes each draw in its place, and the labels of jumps that lead beyond. */
function upToLastDraw(main: readonly Pending[], draws: readonly DrawPlace[]): (Pending | DrawPlace)[] {
  const drawAt = ({ op, operands: [label] }: Pending): DrawPlace | undefined =>
    op === null && label && 'label' in label ? draws.find((draw) => draw.label === label.label) : undefined;
  const parts = main.flatMap((instruction) => {
    const draw = drawAt(instruction);
    return draw ? [...draw.code, draw] : [instruction];
  });
  const last = parts.findLastIndex((part) => 'standby' in part);
  return parts.filter((part, index) => index <= last || ('op' in part && part.op === null));
}

/** Slots that instructions write or pay from and into, but sinks, whose sums nothing computes with. */
function changedBy(part: Pending | DrawPlace): Ref[] {
  if ('standby' in part) return [part.standby, part.draw];
  const { writes } = accessOf(part);
  if (part.op !== 'PAY') return writes;
  const accounts = part.operands.slice(0, 2).filter(isRef);
  return [...writes, ...accounts.filter(({ region }) => region === 'A')];
}

/** Slots that are written before anything reads them. */
function writtenFirst(parts: readonly (Pending | DrawPlace)[]): Set<string> {
  const [written, read] = [new Set<string>(), new Set<string>()];
  for (const part of parts) {
    if ('standby' in part) continue;
    const { reads, writes } = accessOf(part);
    for (const ref of reads) if (!written.has(keyOf(ref))) read.add(keyOf(ref));
    for (const ref of writes) if (!read.has(keyOf(ref))) written.add(keyOf(ref));
  }
  return written;
}

/** Runs instructions on copies of the slots that they change, so that no cash moves and nothing is kept. */
class Rehearsal {
  private readonly copies = new Map<string, Ref>();
  private readonly labels = new Map<number, Label>();

  constructor(private readonly build: Build) {}

  run(parts: readonly (Pending | DrawPlace)[]): void {
    const { asm } = this.build;
    const computed = writtenFirst(parts);
    for (const ref of parts.flatMap(changedBy)) {
      if (this.copies.has(keyOf(ref))) continue;
      const copy = asm.scratch();
      this.copies.set(keyOf(ref), copy);
      if (!asm.isUnnamed(ref) || !computed.has(keyOf(ref))) asm.emit('MOV', copy, ref);
    }
    for (const part of parts) {
      if ('standby' in part) this.draw(part);
      else this.step(part);
    }
  }

  private copyOf(ref: Ref): Ref {
    return this.copies.get(keyOf(ref)) ?? ref;
  }

  private labelOf({ label }: Label): Label {
    const known = this.labels.get(label) ?? this.build.asm.label();
    this.labels.set(label, known);
    return known;
  }

  /** What is drawn comes in: it is the one result of the rehearsal. */
  private draw({ amount, draw, standby }: DrawPlace): void {
    const { asm } = this.build;
    const asked = typeof amount === 'bigint' ? amount : this.copyOf(amount);
    asm.emit('MOV', draw, asked);
    asm.emit('MOV', this.copyOf(draw), asked);
    asm.emit('ADD', this.copyOf(standby), this.copyOf(standby), asked);
  }

  private step({ op, operands, place }: Pending): void {
    const { asm } = this.build;
    asm.place = place;
    const [first] = operands;
    if (op === null) {
      if (first && 'label' in first) asm.put(this.labelOf(first));
    } else if (op === 'PAY') {
      this.pay(operands.filter(isRef) as [Ref, Ref, Ref, Ref]);
    } else {
      asm.emit(op, ...operands.map((operand) => (isRef(operand) ? this.copyOf(operand) : this.labelOf(operand))));
    }
  }

  /** min(due, what is there) from one copy to the other. The deposit is taken to be all that has to be remitted. */
  private pay([from, to, due, short]: [Ref, Ref, Ref, Ref]): void {
    const { asm } = this.build;
    const owed = this.copyOf(due);
    if (from.region === 'C') {
      // What is left of a deposit in full is nothing.
      if (due.region === 'C') return;
      asm.emit('ADD', this.copyOf(to), this.copyOf(to), owed);
      asm.emit('MOV', this.copyOf(short), 0n);
      return;
    }
    const source = this.copyOf(from);
    const [paid, rest] = [asm.scratch(), asm.scratch()];
    asm.emit('MIN', paid, owed, source);
    asm.emit('SUB', rest, owed, paid);
    asm.emit('SUB', source, source, paid);
    if (to.region === 'A') asm.emit('ADD', this.copyOf(to), this.copyOf(to), paid);
    asm.emit('MOV', this.copyOf(short), rest);
  }
}

/**
 * Finds what facilities are drawn at steps before any cash moves: collections and steps up to the last draw run once on
 * copies, with a deposit in full. The draws are then items of the collections that the real run begins with.
 */
export function rehearse(build: Build, main: readonly Pending[]): void {
  if (build.draws.length > 0) new Rehearsal(build).run(upToLastDraw(main, build.draws));
}
