/** The chain was reorganised while a batch was being read; the next tick sees it whole. */
export class ChainMoved extends Error {
  constructor(readonly blockNumber: number) {
    super(`block ${blockNumber} changed while it was being read: tick again`);
    this.name = 'ChainMoved';
  }
}

/** The node has no block that it should have. */
export class BlockMissing extends Error {
  constructor(readonly blockNumber: number) {
    super(`the node does not give block ${blockNumber}: check that RPC_URL points to a synchronised node`);
    this.name = 'BlockMissing';
  }
}
