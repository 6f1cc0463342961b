import { deployPlatform, type PlatformContractName } from '@weir/chain';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { ChainScript } from './chain-script.js';
import { PlatformContract } from './entities.js';
import { PLATFORM_SIGNERS } from './roles.js';

/** What a platform is deployed with; null where it gets a contract of its own. */
export interface PlatformTerms {
  readonly cash: Hex | null;
  readonly pledges: Hex | null;
}

/**
 * Deploys the contracts that all deals share and gives the compliance and operator accounts their roles. With `cash`
 * null the test stablecoin is deployed; that is for development chains. `pledges` names a registry of pledges that
 * another deployment made, which must have given this one's operator account the role OPERATOR.
 */
export async function runPlatformScript(context: ServiceContext, { cash, pledges }: PlatformTerms): Promise<void> {
  const operator = await context.signers.openOrCreate(PLATFORM_SIGNERS.operator);
  const compliance = await context.signers.openOrCreate(PLATFORM_SIGNERS.compliance);
  const script = new ChainScript(context, 'platform', operator.address, undefined);
  const deployed = await deployPlatform(script, {
    cash,
    pledges,
    admin: operator.address,
    operator: operator.address,
    compliance: compliance.address,
  });
  await context.uow.run(SYSTEM_ACTOR, { name: 'platform.deployed', object: 'platform' }, async (tx) => {
    const rows = Object.entries(deployed).map(([name, address]) => ({ name: name as PlatformContractName, address }));
    await tx.manager.upsert(PlatformContract, rows, ['name']);
    tx.record({ object: 'platform', before: null, after: deployed });
  });
}
