import type { CompiledDeal } from '@weir/waterfall';
import type { Progress } from '../progress.js';
import type { Cast } from './cast.js';
import type { DevChain } from './dev-chain.js';

/** Who plays, and on what: the same for every deal of a platform. */
export interface Scene {
  readonly cast: Cast;
  readonly chain: DevChain;
  readonly progress: Progress;
  /** Settlement stablecoin. */
  readonly cash: string;
}

/** A deal that was brought. */
export interface Stage extends Scene {
  readonly dealId: string;
  /** The deal document. */
  readonly document: string;
}

/** The deal once its pool is selected. */
export interface StructuredStage extends Stage {
  /** The tape that the pool was picked from, of the first collection period. */
  readonly tapeId: string;
  readonly pool: PoolAnswer;
  readonly compiled: CompiledDeal;
}

/** What the API tells of a tape. */
export interface TapeAnswer {
  readonly tapeId: string;
  readonly status: 'received' | 'imported' | 'rejected' | 'divided';
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly summary: { readonly rows: number; readonly findings: Readonly<Record<string, number>> } | null;
}

/** What the API tells of a pool. */
export interface PoolAnswer {
  readonly loans: number;
  readonly opening: string;
  readonly closing: string;
  readonly excluded: number;
  readonly programHash: string;
}

/** Base units of the test stablecoin (six decimals) in a cent. */
export const UNITS_PER_CENT = 10_000n;

/** Nine in the morning UTC, in seconds after midnight. */
export const MORNING = 9 * 3600;
