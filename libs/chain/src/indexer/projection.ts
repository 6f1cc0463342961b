import type { EntityManager } from 'typeorm';
import type { Hex } from '../signers/signer.js';

/** JSON form of a decoded argument: integers as decimal strings, addresses and bytes as lower-case hex. */
export type ArgumentValue = string | boolean | ArgumentValue[] | { [name: string]: ArgumentValue };

/** A decoded log of a watched contract. */
export interface ChainEvent {
  blockNumber: number;
  blockHash: Hex;
  /** Seconds since 1970 UTC. */
  blockTimestamp: number;
  transactionHash: Hex;
  logIndex: number;
  /** Contract, lower case. */
  address: Hex;
  name: string;
  /** By parameter name. */
  args: Record<string, ArgumentValue>;
  /** True once `finalise` was called for it. */
  final: boolean;
}

/**
 * Turns events into rows, within the transaction that moves the checkpoint. `apply` may be undone by `unwind` (latest
 * event first) when the chain is reorganised; `finalise` is called once, when the event is finalityDepth blocks deep.
 * An event that was final and is lost all the same (a chain cut short) is unwound with `final` true.
 */
export interface Projection {
  apply(event: ChainEvent, manager: EntityManager): Promise<void>;
  unwind(event: ChainEvent, manager: EntityManager): Promise<void>;
  finalise(event: ChainEvent, manager: EntityManager): Promise<void>;
}
