import { type Contract, type Interface } from 'ethers';
import { receiptOf } from '../anvil.js';
import type { House } from './harness.js';

/** A revert by its name and arguments. */
export interface Revert {
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * Calls a contract from an account past the API, first as a question, then as a transaction that is mined whatever comes of
 * it; gives the revert. @throws TypeError when the contract takes the call
 */
export async function refusedOnChain(
  house: House,
  from: string,
  contract: Contract,
  method: string,
  args: unknown[],
): Promise<Revert> {
  const data = contract.interface.encodeFunctionData(method, args);
  const call = { from, to: String(contract.target), data };
  const revert = await revertOf(house, contract.interface, call);
  await house.provider.send('anvil_impersonateAccount', [from]);
  const gas = '0x1e8480';
  const hash = (await house.provider.send('eth_sendTransaction', [{ ...call, gas }])) as string;
  const receipt = await receiptOf(house.provider, hash);
  await house.provider.send('anvil_stopImpersonatingAccount', [from]);
  if (receipt.status !== 0) throw new TypeError(`${method} went through`);
  return revert;
}

async function revertOf(house: House, abi: Interface, call: object): Promise<Revert> {
  const data = await house.provider.send('eth_call', [call, 'latest']).then(
    () => null,
    (error: unknown) => revertDataIn(error),
  );
  const parsed = data === null ? null : abi.parseError(data);
  if (parsed === null) throw new TypeError(`the call gave ${String(data)}, no error of the contract`);
  return { name: parsed.name, args: [...parsed.args] as unknown[] };
}

/** Where a node's answer carries the bytes of a revert. */
function revertDataIn(error: unknown): string | null {
  const found = /"data":"(0x[0-9a-f]+)"/.exec(JSON.stringify((error as { info?: unknown; error?: unknown }) ?? {}));
  return found?.[1] ?? null;
}
