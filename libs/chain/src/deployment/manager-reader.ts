import { Interface } from 'ethers';
import { artifacts } from '@weir/bindings';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import type { BlockTag } from './making.js';

const access = new Interface(artifacts.AccessManager.abi);

/** A question to a contract's view function. */
export type Question = readonly [method: string, args: readonly unknown[]];

/** A log as a node gives it. */
export interface FoundLog {
  readonly address: Hex;
  readonly topics: string[];
  readonly data: string;
  readonly blockNumber: Hex;
  readonly transactionHash: Hex;
}

/** Views that one call asks for; each costs some thousands of gas. */
const MOST_QUESTIONS = 200;

/** Asks an AccessManager many questions in few calls: its `multicall` takes views too. */
export async function askManager(
  rpc: Rpc,
  manager: Hex,
  questions: readonly Question[],
  at: BlockTag,
): Promise<unknown[][]> {
  const answers: unknown[][] = [];
  for (let start = 0; start < questions.length; start += MOST_QUESTIONS) {
    const some = questions.slice(start, start + MOST_QUESTIONS);
    const calls = some.map(([method, args]) => access.encodeFunctionData(method, [...args]));
    const data = access.encodeFunctionData('multicall', [calls]);
    const answer = (await rpc.send('eth_call', [{ to: manager, data }, at])) as Hex;
    const [results] = access.decodeFunctionResult('multicall', answer) as unknown as [string[]];
    answers.push(...some.map(([method], index) => [...access.decodeFunctionResult(method, results[index] ?? '0x')]));
  }
  return answers;
}

/** Answers one question to any contract; null when it has no code or no such function. */
export async function askContract(rpc: Rpc, to: Hex, method: string, at: BlockTag): Promise<unknown> {
  const contract = new Interface([`function ${method}`]);
  const name = method.slice(0, method.indexOf('('));
  const answer = await rpc.send('eth_call', [{ to, data: contract.encodeFunctionData(name, []) }, at]).then(
    (found) => found as Hex,
    () => '0x',
  );
  return answer === '0x' ? null : contract.decodeFunctionResult(name, answer)[0];
}

/** Logs of contracts between two blocks. Nodes bound how many blocks or logs they give at once: a range is halved until they do. */
export async function logsBetween(
  rpc: Rpc,
  address: readonly Hex[],
  from: number,
  to: number,
): Promise<readonly FoundLog[]> {
  const block = (number: number): Hex => `0x${number.toString(16)}`;
  const range = { address, fromBlock: block(from), toBlock: block(to) };
  try {
    return (await rpc.send('eth_getLogs', [range])) as FoundLog[];
  } catch (error) {
    if (from >= to) throw error;
    const middle = Math.floor((from + to) / 2);
    const earlier = await logsBetween(rpc, address, from, middle);
    return [...earlier, ...(await logsBetween(rpc, address, middle + 1, to))];
  }
}
