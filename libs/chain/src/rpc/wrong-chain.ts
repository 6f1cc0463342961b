import type { Rpc } from './rpc.js';

/** The node is on another chain than the database. */
export class WrongChain extends Error {
  constructor(
    readonly expected: number,
    readonly found: number,
  ) {
    super(`the node is on chain ${found} and this database belongs to chain ${expected}: correct RPC_URL`);
    this.name = 'WrongChain';
  }
}

/** Another chain would look like one that was reorganised to nothing, so it is told apart first. @throws WrongChain */
export async function refuseWrongChain(rpc: Rpc, expected: number): Promise<void> {
  const found = Number(await rpc.send('eth_chainId', []));
  if (found !== expected) throw new WrongChain(expected, found);
}
