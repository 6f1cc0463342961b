import type { Effects } from '../program/effects.js';
import type { Instruction } from '../program/program.js';
import type { Chunk } from './chunks.js';

/** Which slots a chunk needs from before it and which it writes, by slot id. */
export interface ChunkSlots {
  /** May be read before the chunk writes it. */
  exposed: ReadonlySet<number>;
  written: ReadonlySet<number>;
  /** Written on every way through the chunk. */
  assured: ReadonlySet<number>;
}

/** Slots written on all ways to a place; undefined while no way is known. */
type Assured = Set<number> | undefined;

function meet(a: Assured, b: Assured): Assured {
  if (!a || !b) return a ?? b;
  return new Set([...a].filter((slot) => b.has(slot)));
}

/**
 * Follows every way through a chunk in one pass, since jumps go forward only.
 * @param touches reads and writes of an instruction, by index; the effects of its operands unless it does more.
 */
export function slotsOfChunk(
  code: readonly Instruction[],
  targets: Int32Array,
  { first, end, entries }: Chunk,
  touches: (index: number) => Effects,
): ChunkSlots {
  const exposed = new Set<number>();
  const written = new Set<number>();
  const arriving = new Map<number, Assured>(entries.map((entry) => [entry, new Set<number>()]));
  let here: Assured = new Set<number>();
  const join = (target: number): void => {
    const place = Math.min(target, end);
    arriving.set(place, meet(arriving.get(place), here && new Set(here)));
  };
  for (let index = first; index < end; index++) {
    if (arriving.has(index)) here = meet(arriving.get(index), here);
    const { reads, writes } = touches(index);
    for (const slot of reads) if (!here?.has(slot)) exposed.add(slot);
    for (const slot of writes) {
      written.add(slot);
      here?.add(slot);
    }
    const target = targets[index]!;
    if (target >= 0) join(target);
    if (code[index]!.op === 'JMP') here = undefined;
  }
  const assured = meet(arriving.get(end), here) ?? new Set<number>();
  return { exposed, written, assured };
}
