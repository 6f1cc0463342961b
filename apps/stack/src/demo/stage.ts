import type { CompiledDeal } from '@weir/waterfall';
import type { Progress } from '../progress.js';
import type { Cast } from './cast.js';
import type { DevChain } from './dev-chain.js';

/** What the steps of the sample share. */
export interface Stage {
  readonly cast: Cast;
  readonly chain: DevChain;
  readonly progress: Progress;
  /** Settlement stablecoin. */
  readonly cash: string;
  readonly dealId: string;
}

/** The deal once its pool is selected. */
export interface StructuredStage extends Stage {
  readonly tapeId: string;
  readonly tape: TapeAnswer;
  readonly pool: PoolAnswer;
  readonly compiled: CompiledDeal;
}

/** What the API tells of a tape. */
export interface TapeAnswer {
  readonly status: 'received' | 'imported' | 'rejected';
  readonly failure: { readonly message: string } | null;
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
