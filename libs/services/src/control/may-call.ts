import { Interface } from 'ethers';
import { artifacts } from '@weir/bindings';
import type { Hex } from '@weir/money';
import type { EntityManager } from 'typeorm';
import type { ServiceContext } from '../context.js';
import { platformAddress, reader } from '../deployment/contracts.js';
import { RoleNotHeld } from './errors.js';

const controlAbi = new Interface(artifacts.DealControl.abi);

/** Whether an account holds the role that a function of a deal's control needs. @throws RoleNotHeld */
export async function requireMayCall(
  context: ServiceContext,
  manager: EntityManager,
  call: { readonly account: Hex; readonly control: Hex; readonly method: string },
): Promise<void> {
  const access = reader(context, await platformAddress(manager, 'AccessManager'), artifacts.AccessManager.abi);
  const selector = controlAbi.getFunction(call.method)?.selector ?? '0x';
  const answer = await access.getFunction('canCall').staticCall(call.account, call.control, selector);
  const [allowed] = answer as [boolean];
  if (!allowed) throw new RoleNotHeld(call.account, call.method);
}
