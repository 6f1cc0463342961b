import { ServiceRefused } from '../errors.js';

/** One JSON-RPC call. @throws ServiceRefused when there is no answer or the answer is an error */
export async function callRpc(url: string, method: string, params: unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  let answer: { result?: unknown; error?: { message?: string } };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    answer = (await response.json()) as typeof answer;
  } catch (error) {
    throw new ServiceRefused('The chain', `no answer to ${method} at ${url} (${String(error)})`);
  }
  if (answer.error) throw new ServiceRefused('The chain', `${method}: ${answer.error.message ?? 'refused'}`);
  return answer.result;
}

/** Whether a node answers at this address. */
export async function answersRpc(url: string): Promise<boolean> {
  return callRpc(url, 'eth_chainId').then(
    () => true,
    () => false,
  );
}
