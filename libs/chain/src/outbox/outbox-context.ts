import type { Interface } from 'ethers';
import type { DataSource } from 'typeorm';
import type { Rpc } from '../rpc/rpc.js';
import type { Node } from '../rpc/node.js';
import type { Hex, SignerSource } from '../signers/signer.js';

export interface OutboxOptions {
  dataSource: DataSource;
  rpc: Rpc;
  chainId: number;
  signers: SignerSource;
  /** Blocks on top of a transaction's block before it counts as final; 0 makes it final when mined. */
  finalityDepth: number;
  /** Interfaces whose custom errors are put into words. */
  errors?: readonly Interface[];
  /** Age of an unmined attempt at which its fees are raised; 60 s unless given. */
  bumpAfterMs?: number;
  /** Unmined transactions of one signer at once; 8 unless given. */
  maxInFlight?: number;
  clock?: () => Date;
  /** Gives no nonce, signs and sends nothing: notes what each queued transaction would do, and follows what was sent before. */
  dryRun?: boolean;
  /** Told of what stopped one signer's turn; the next tick tries again. */
  onError?: (error: unknown, signer: Hex) => void;
}

/** The options with their defaults, and the node. */
export interface OutboxContext extends Required<OutboxOptions> {
  node: Node;
}
