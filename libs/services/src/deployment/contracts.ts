import { Contract, type Interface, type InterfaceAbi } from 'ethers';
import type { EntityManager } from 'typeorm';
import { artifacts } from '@weir/bindings';
import type { PlatformContractName } from '@weir/chain';
import type { Hex } from '@weir/money';
import type { ServiceContext } from '../context.js';
import { DealContract, PlatformContract } from './entities.js';
import { NotDeployed } from './errors.js';

/** Address of one of the platform's contracts. @throws NotDeployed */
export async function platformAddress(manager: EntityManager, name: PlatformContractName): Promise<Hex> {
  const row = await manager.findOneBy(PlatformContract, { name });
  if (row === null) throw new NotDeployed(`The platform's ${name}`);
  return row.address;
}

/** Address of one of a deal's contracts. @throws NotDeployed */
export async function dealAddress(manager: EntityManager, dealId: string, name: string): Promise<Hex> {
  const row = await manager.findOneBy(DealContract, { dealId, name });
  if (row === null) throw new NotDeployed(`The deal's ${name}`);
  return row.address;
}

/** A read-only handle on a contract. */
export function reader(
  context: Pick<ServiceContext, 'provider'>,
  address: Hex,
  abi: Interface | InterfaceAbi,
): Contract {
  return new Contract(address, abi, context.provider);
}

/** A read-only handle on a deal's vault. @throws NotDeployed */
export async function vaultReader(context: ServiceContext, manager: EntityManager, dealId: string): Promise<Contract> {
  return reader(context, await dealAddress(manager, dealId, 'DealVault'), artifacts.DealVault.abi);
}

/** A read-only handle on a deal's Distributor. @throws NotDeployed */
export async function distributorReader(
  context: ServiceContext,
  manager: EntityManager,
  dealId: string,
): Promise<Contract> {
  return reader(context, await dealAddress(manager, dealId, 'Distributor'), artifacts.Distributor.abi);
}

/** The name under which a tranche's token is kept among a deal's contracts. */
export const tokenName = (tranche: string): string => `Token:${tranche}`;
