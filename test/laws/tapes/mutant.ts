import type { TotalsMark } from '@weir/collateral';
import type { Random } from '../random.js';
import type { Cells } from './base.js';

/** What a changed tape must come to. */
export type Expected =
  /** A finding at a place, of one of some rules; a blocking one blocks its row, or the file. */
  | {
      readonly kind: 'found';
      readonly row: number | null;
      readonly column: string | null;
      readonly rules: readonly string[];
      /** The balances must come to those of the sound tape all the same. */
      readonly sums?: true;
    }
  /** The file is refused, at a line where there is one. */
  | { readonly kind: 'refused'; readonly reasons: readonly string[]; readonly line?: number }
  /** Only the form differs: the same loans. */
  | { readonly kind: 'same' }
  /** Anything but a crash or a partial import. */
  | { readonly kind: 'any' };

export interface Mutant {
  readonly bytes: Uint8Array;
  readonly expected: Expected;
  /** The sound tape that it was made of. */
  readonly cells: Cells;
  /** Automobile loans by SEC names where it does not say. */
  readonly assetClass?: string;
  /** Whether it is read by the mapping that its cells propose, and what that says of rows of totals. */
  readonly mapped?: { readonly totals?: TotalsMark };
  /** Tapes of the months before, with which it is compared. */
  readonly before?: readonly Cells[];
}

/** Spoils a sound tape. */

export type Mutation = (draw: Random) => Promise<Mutant>;
