/** A JSON-RPC call to a node, given by the caller: this library opens no connection. */
export type Rpc = (method: string, params: unknown[]) => Promise<unknown>;

/** Published files of a deal folder by their path in it, e.g. "period-1/loans.csv", as the bytes that were published. */
export type PublishedFiles = Readonly<Record<string, Uint8Array | undefined>>;

/** Which of the three proofs a tick stands for. */
export type TickId = 'inputs' | 'rows' | 'loan';

/** One tick: what was proven, or what differs and what to do about it. */
export interface Tick {
  id: TickId;
  ok: boolean;
  title: string;
  detail: string;
}
