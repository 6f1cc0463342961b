import type { Rpc } from '@weir/verify';
import { NodeRefused, OptionInvalid } from './errors.js';

const TIMEOUT_MS = 30_000;

interface Answer {
  result?: unknown;
  error?: { message?: string };
}

/** JSON-RPC over HTTP. @throws OptionInvalid when the URL is none; calls throw NodeRefused */
export function rpcOver(url: string): Rpc {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new OptionInvalid('--rpc', url, 'the http or https address of a node, such as http://127.0.0.1:8545');
  }
  let id = 0;
  return async (method, params) => {
    id += 1;
    const body = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    const answer = await post(url, body);
    if (answer.error) throw new NodeRefused(url, answer.error.message ?? 'the node gave an error without a message');
    return answer.result;
  };
}

async function post(url: string, body: string): Promise<Answer> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new NodeRefused(url, `HTTP status ${response.status}`);
    return (await response.json()) as Answer;
  } catch (error) {
    if (error instanceof NodeRefused) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new NodeRefused(url, cause || 'no answer');
  }
}
