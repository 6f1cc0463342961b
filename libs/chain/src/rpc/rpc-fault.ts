/** What a node said when it refused a request. */
export interface RpcFault {
  code: number | null;
  message: string;
  /** Revert data, when the node gave any. */
  data: string | null;
}

type Loose = Readonly<Record<string, unknown>>;

const part = (whole: unknown, name: string): unknown =>
  typeof whole === 'object' && whole !== null ? (whole as Loose)[name] : undefined;

/** Finds the node's own error inside what a provider threw (ethers wraps it); null when the node did not answer. */
export function rpcFault(thrown: unknown): RpcFault | null {
  const nested = [part(part(thrown, 'info'), 'error'), part(thrown, 'error'), thrown];
  for (const error of nested) {
    const [code, message] = [part(error, 'code'), part(error, 'message')];
    if (typeof code === 'number' && message)
      return { code, message: String(message), data: revertData(part(error, 'data')) };
  }
  return null;
}

/** Nodes put revert data directly into `data` or one level deeper. */
function revertData(data: unknown): string | null {
  if (typeof data === 'string' && data.startsWith('0x')) return data;
  const inner = part(data, 'data');
  return typeof inner === 'string' && inner.startsWith('0x') ? inner : null;
}
