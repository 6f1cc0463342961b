import { jumpTargets } from '../program/effects.js';
import { type Program, regionOf } from '../program/program.js';
import { type Chunk, chunksOf } from './chunks.js';
import { type DepositPlan, depositPlan, touchesOf } from '../program/deposit.js';
import { type ChunkSlots, slotsOfChunk } from './liveness.js';
import { type MemoryMap, memoryMap } from './memory-map.js';

/** Instructions of one function: above some thousands the optimiser's time grows faster than the code. */
const CHUNK_SIZE = 400;

/** One function of the module: its instructions, and the slots that pass through memory around it. */
export interface ChunkPlan extends Chunk {
  /** Slots that the function reads into locals when it begins. */
  loads: readonly number[];
  /** Slots that it leaves in memory when it ends. */
  stores: readonly number[];
}

/** How a program becomes a module that returns the watched slots. */
export interface ModulePlan {
  program: Program;
  watch: readonly number[];
  targets: Int32Array;
  deposit: DepositPlan;
  chunks: readonly ChunkPlan[];
  map: MemoryMap;
  /** Slots that must be zeroed in memory before each payment date. */
  zeroed: readonly number[];
}

const inFrame = 'CASXT';
const startsZero = 'XT';

function chunkPlans(
  program: Program,
  chunks: readonly Chunk[],
  slots: readonly ChunkSlots[],
  watch: ReadonlySet<number>,
) {
  const { layout } = program;
  const needed = new Set<number>(watch);
  const plans: ChunkPlan[] = [];
  for (let index = chunks.length - 1; index >= 0; index--) {
    const { exposed, written, assured } = slots[index]!;
    const last = index === chunks.length - 1;
    const lives = (slot: number): boolean => 'AS'.includes(regionOf(layout, slot)) || (!last && needed.has(slot));
    const stores = [...written].filter(lives);
    const kept = [...stores, ...(last ? [...written].filter((slot) => watch.has(slot)) : [])];
    const read = new Set([...exposed, ...kept.filter((slot) => !assured.has(slot))]);
    const loads = [...read].filter((slot) => {
      const region = regionOf(layout, slot);
      return inFrame.includes(region) && !(index === 0 && startsZero.includes(region));
    });
    loads.forEach((slot) => needed.add(slot));
    plans.unshift({ ...chunks[index]!, loads, stores });
  }
  return plans;
}

/** Slots that a function reads from memory though no earlier one may have written them at this payment date. */
function zeroedSlots(
  program: Program,
  chunks: readonly ChunkPlan[],
  slots: readonly ChunkSlots[],
  watch: readonly number[],
) {
  const stored = new Set(chunks[0]?.stores);
  const last = slots.at(-1);
  const read = new Set([
    ...chunks.flatMap(({ loads }) => loads),
    ...watch.filter((slot) => !last?.written.has(slot) && !last?.exposed.has(slot)),
  ]);
  return [...read].filter((slot) => startsZero.includes(regionOf(program.layout, slot)) && !stored.has(slot));
}

/** Plans a module. @param size instructions a function, about. */
export function planModule(program: Program, watch: readonly number[], size = CHUNK_SIZE): ModulePlan {
  const targets = jumpTargets(program.code);
  const deposit = depositPlan(program, targets);
  const touches = touchesOf(deposit, program);
  const parts = chunksOf(targets, size);
  const slots = parts.map((chunk) => slotsOfChunk(program.code, targets, chunk, touches));
  const chunks = chunkPlans(program, parts, slots, new Set(watch));
  const zeroed = zeroedSlots(program, chunks, slots, watch);
  return { program, watch, targets, deposit, chunks, map: memoryMap(program.layout, chunks.length > 1), zeroed };
}
