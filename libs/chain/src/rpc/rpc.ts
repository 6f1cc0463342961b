/** A JSON-RPC connection to a node; ethers' `JsonRpcProvider` is one. */
export interface Rpc {
  send(method: string, params: unknown[]): Promise<unknown>;
}
