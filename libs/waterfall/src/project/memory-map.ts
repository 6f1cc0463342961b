import { type Layout, regionOf } from '../program/program.js';

/** Bytes of a float64. */
export const F64_BYTES = 8;
/** Address of the i32 that says whether the deposit is what is to be remitted. */
export const REMIT_AT = 0;
/** Address of the i32 that counts the periods that a run finished. */
export const DONE_AT = 4;
const STATE_AT = 64;

/** Where things stand in a projection's memory. Rows, and behind them what a lane lays out, follow the frame. */
export interface MemoryMap {
  /** Account and state words at the last finished payment date. */
  stateAt: number;
  /** The state of the payment date that runs: `stateAt` itself, or a copy of it when several functions share the work. */
  workAt: number;
  /** C, X and T slots that pass from one function to the next, and one word more: whether the deposit is in. */
  frameAt: number;
  rowsAt: number;
}

/** The memory of a program; `staged` when a payment date may stop after some of its state was written. */
export function memoryMap(layout: Layout, staged: boolean): MemoryMap {
  const stateBytes = F64_BYTES * (layout.regions.A.count + layout.regions.S.count);
  const workAt = STATE_AT + (staged ? stateBytes : 0);
  const frameAt = workAt + stateBytes;
  return { stateAt: STATE_AT, workAt, frameAt, rowsAt: frameAt + F64_BYTES * (layout.slots + 1) };
}

/** Address of a slot of A, S, C, X or T (or the word after the last slot) while a payment date runs. */
export function homeOf(map: MemoryMap, layout: Layout, slot: number): number {
  const region = regionOf(layout, slot);
  return region === 'A' || region === 'S'
    ? map.workAt + F64_BYTES * (slot - layout.regions.A.first)
    : map.frameAt + F64_BYTES * slot;
}
