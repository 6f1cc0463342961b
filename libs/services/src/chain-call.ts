import { Interface, type InterfaceAbi } from 'ethers';
import { enqueueTransaction } from '@weir/chain';
import type { Hex } from '@weir/money';
import type { EntityManager } from 'typeorm';

/** A call of a contract to be sent once. */
export interface ChainCall {
  /** From the natural key of what it does. */
  readonly id: string;
  readonly signer: Hex;
  readonly to: Hex;
  readonly abi: Interface | InterfaceAbi;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly dealId?: string;
  /** For people: what it is for. */
  readonly purpose: string;
}

/** Queues a call of a contract in the caller's unit of work; gives its id. @throws OutboxConflict */
export async function queueCall(manager: EntityManager, call: ChainCall): Promise<string> {
  const { id, signer, to, abi, method, args, dealId, purpose } = call;
  const data = Interface.from(abi).encodeFunctionData(method, [...args]) as Hex;
  await enqueueTransaction(manager, { id, signer, to, data, dealId, purpose });
  return id;
}

/** The outbox id of what a natural key names: the first that did not fail. */
export async function attemptId(manager: EntityManager, key: string): Promise<string> {
  const scope = `${key}/attempt-`;
  const rows: { failed: string }[] = await manager.query(
    `select count(*) as failed from weir.outbox_transaction where starts_with(id, $1) and state = 'failed'`,
    [scope],
  );
  return `${scope}${Number(rows[0]?.failed ?? 0) + 1}`;
}
