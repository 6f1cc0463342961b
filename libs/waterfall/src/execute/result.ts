import type { Hex } from '@weir/money';
import { resultHashOf, stateHashOf, type Transfer } from './hashes.js';
import { bigOf } from './safe-integer.js';

/**
 * A finished run, not to be changed. All words are non-negative integers; money is in cents. Slots and hashes are computed
 * when they are first read: take them by name, since a copy by `...` has them no more.
 */
export interface RunResult {
  /** Every slot after the run, K…T, by slot id. */
  readonly slots: bigint[];
  /** Executed PAYs in order, those of zero included. */
  readonly transfers: Transfer[];
  /** Account words and then state words: the next period's opening. */
  readonly state: bigint[];
  /** The sinks: interest and principal of each tranche, then the payees. */
  readonly outputs: bigint[];
  readonly resultHash: Hex;
  readonly stateHash: Hex;
}

/** A result over the frame that a run left, in numbers or in `bigint`. */
export class FinishedRun implements RunResult {
  #slots: bigint[] | undefined;
  #resultHash: Hex | undefined;
  #stateHash: Hex | undefined;

  constructor(
    private readonly frame: readonly number[] | readonly bigint[],
    readonly transfers: Transfer[],
    readonly state: bigint[],
    readonly outputs: bigint[],
  ) {}

  get slots(): bigint[] {
    return (this.#slots ??= this.frame.map((word) => (typeof word === 'bigint' ? word : bigOf(word))));
  }

  get resultHash(): Hex {
    return (this.#resultHash ??= resultHashOf(this.slots, this.transfers));
  }

  get stateHash(): Hex {
    return (this.#stateHash ??= stateHashOf(this.state));
  }
}
