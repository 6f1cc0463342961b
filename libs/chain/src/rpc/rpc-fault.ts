/** What a node said when it refused a request. */
export interface RpcFault {
  code: number | null;
  message: string;
  /** Revert data, when the node gave any. */
  data: string | null;
}

type Loose = Record<string, any>;

/** Finds the node's own error inside what a provider threw (ethers wraps it); null when the node did not answer. */
export function rpcFault(thrown: unknown): RpcFault | null {
  if (typeof thrown !== 'object' || thrown === null) return null;
  const error = thrown as Loose;
  const nested = [error['info']?.['error'], error['error'], error];
  const found = nested.find((part: Loose | undefined) => typeof part?.['code'] === 'number' && part['message']);
  if (!found) return null;
  return { code: found['code'], message: String(found['message']), data: revertData(found['data']) };
}

/** Nodes put revert data directly into `data` or one level deeper. */
function revertData(data: unknown): string | null {
  if (typeof data === 'string' && data.startsWith('0x')) return data;
  const inner = (data as Loose | null | undefined)?.['data'];
  return typeof inner === 'string' && inner.startsWith('0x') ? inner : null;
}
