import type { Hex } from '@weir/money';
import type { OpName } from './opcodes.js';

/** Regions of the memory frame in the order in which slot ids count through them. */
export const REGIONS = ['K', 'R', 'I', 'C', 'A', 'S', 'X', 'T'] as const;

/**
 * K constants, R row of the payment date, I inputs from the servicer report, C the deposit, A accounts, S state,
 * X sinks (tranche interest and principal, then payees), T scratch.
 */
export type RegionName = (typeof REGIONS)[number];

/** Slots of a region: ids first … first + count − 1. */
export interface Region {
  first: number;
  count: number;
}

/** The shape of a program's frame, as its header states it. */
export interface Layout {
  regions: Record<RegionName, Region>;
  /** All slots of the frame. */
  slots: number;
  /** Payment dates: one row each. */
  rows: number;
  /** PAY instructions in the code; a run logs at most this many transfers. */
  pays: number;
  tranches: number;
  /** Bytes of code, END included. */
  codeLength: number;
}

/** One decoded instruction. Operands are slot ids; a jump operand is a byte offset from the start of the code. */
export interface Instruction {
  offset: number;
  op: OpName;
  operands: readonly number[];
}

/** A validated waterfall program: what its bytes say and nothing else. Identity is `hash` = keccak256(bytes). */
export interface Program {
  hash: Hex;
  bytes: Uint8Array;
  layout: Layout;
  constants: readonly bigint[];
  code: readonly Instruction[];
  /** rows[p − 1] holds the R words of payment date p. */
  rows: readonly (readonly bigint[])[];
}

/** What an encoder needs; hash, bytes, offsets and totals follow from it. */
export interface ProgramParts {
  counts: Record<RegionName, number>;
  tranches: number;
  constants: readonly bigint[];
  code: readonly Instruction[];
  rows: readonly (readonly bigint[])[];
}

export const VERSION = 1;
export const HEADER_BYTES = 32;
export const WORD_BYTES = 32;
export const ROW_WORD_BYTES = 16;
export const MAX_SLOTS = 2047;
export const MAX_CODE_BYTES = 65535;
/** Every written value stays below this, so that a product fits 256 bits. */
export const VALUE_LIMIT = 1n << 128n;
/** Every account and state word stays below this after a run: three fields pack into one storage word. */
export const STATE_LIMIT = 1n << 85n;

/** Region first-slot table from the counts of each region. */
export function regionsOf(counts: Record<RegionName, number>): { regions: Record<RegionName, Region>; slots: number } {
  const regions = {} as Record<RegionName, Region>;
  let first = 0;
  for (const name of REGIONS) {
    regions[name] = { first, count: counts[name] };
    first += counts[name];
  }
  return { regions, slots: first };
}

/** The region that a slot id lies in. The id must lie inside the frame. */
export function regionOf(layout: Pick<Layout, 'regions'>, slot: number): RegionName {
  let found: RegionName = 'K';
  for (const name of REGIONS) {
    if (layout.regions[name].count > 0 && slot >= layout.regions[name].first) found = name;
  }
  return found;
}
