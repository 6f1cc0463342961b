import type { EntityManager } from 'typeorm';
import type { CompiledDeal } from '@weir/waterfall';
import type { ServiceContext } from '../context.js';
import { distributorReader, vaultReader } from '../deployment/contracts.js';

/** What the view calls of a deal's vault and Distributor say as of a block. Cents where said, base units of cash otherwise. */
export interface VaultView {
  readonly block: number;
  /** Base units in a cent. */
  readonly unitsPerCent: bigint;
  /** Account words and then state words, in cents. */
  readonly state: readonly bigint[];
  readonly pendingDeposit: bigint;
  /** Held by the Distributor: what holders have not claimed, dust and tax included. */
  readonly unclaimed: bigint;
  /** Owed to each payee, in slot order. */
  readonly owed: readonly bigint[];
  /** All that vault and Distributor owe or keep for the deal. */
  readonly liabilities: bigint;
}

/** Reads a deal's vault and Distributor as of a block. @throws NotDeployed */
export async function readVault(
  context: ServiceContext,
  manager: EntityManager,
  dealId: string,
  at: { readonly compiled: Pick<CompiledDeal, 'payees'>; readonly block: number },
): Promise<VaultView> {
  const vault = await vaultReader(context, manager, dealId);
  const distributor = await distributorReader(context, manager, dealId);
  const call = (method: string, ...args: unknown[]): Promise<unknown> =>
    vault.getFunction(method).staticCall(...args, { blockTag: at.block });
  const integer = async (method: string, ...args: unknown[]): Promise<bigint> =>
    BigInt((await call(method, ...args)) as bigint);
  const unclaimed = BigInt((await distributor.getFunction('liabilities').staticCall({ blockTag: at.block })) as bigint);
  return {
    block: at.block,
    unitsPerCent: await integer('unit'),
    state: [...((await call('state')) as bigint[])],
    pendingDeposit: await integer('pendingDeposit'),
    unclaimed,
    owed: await Promise.all(at.compiled.payees.map((_, index) => integer('owed', index))),
    liabilities: (await integer('liabilities')) + unclaimed,
  };
}
