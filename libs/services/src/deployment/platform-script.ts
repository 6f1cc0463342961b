import { Interface } from 'ethers';
import { RESTRICTED_FUNCTIONS, ROLES, artifacts } from '@weir/bindings';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { ChainScript } from './chain-script.js';
import { PlatformContract, type PlatformContractName } from './entities.js';
import { PLATFORM_SIGNERS } from './roles.js';

/** Selectors of functions by name. */
export function selectors(abi: ConstructorParameters<typeof Interface>[0], names: readonly string[]): string[] {
  const contract = new Interface(abi);
  return names.map((name) => contract.getFunction(name)?.selector ?? '0x');
}

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
  const manager = await script.deploy('AccessManager', artifacts.AccessManager, [operator.address]);
  const registry = await script.deploy('InvestorRegistry', artifacts.InvestorRegistry, [manager]);
  const programs = await script.deploy('ProgramStore', artifacts.ProgramStore, []);
  const distributors = await script.deploy('DistributorFactory', artifacts.DistributorFactory, []);
  const health = await script.deploy('DealHealth', artifacts.DealHealth, []);
  const money = cash ?? (await script.deploy('TestStablecoin', artifacts.TestStablecoin, []));
  const loans = pledges ?? (await deployPledges(script, manager));
  const access = artifacts.AccessManager.abi;
  const restricted = selectors(artifacts.InvestorRegistry.abi, RESTRICTED_FUNCTIONS.InvestorRegistry.COMPLIANCE);
  await script.call('restrict-registry', manager, access, 'setTargetFunctionRole', [
    registry,
    restricted,
    ROLES.COMPLIANCE,
  ]);
  await script.call('grant-compliance', manager, access, 'grantRole', [ROLES.COMPLIANCE, compliance.address, 0]);
  await script.call('grant-operator', manager, access, 'grantRole', [ROLES.OPERATOR, operator.address, 0]);
  const deployed: [PlatformContractName, Hex][] = [
    ['AccessManager', manager],
    ['InvestorRegistry', registry],
    ['ProgramStore', programs],
    ['DistributorFactory', distributors],
    ['DealHealth', health],
    ['PledgeRegistry', loans],
    ['Cash', money],
  ];
  await context.uow.run(SYSTEM_ACTOR, { name: 'platform.deployed', object: 'platform' }, async (tx) => {
    const rows = deployed.map(([name, address]) => ({ name, address }));
    await tx.manager.upsert(PlatformContract, rows, ['name']);
    tx.record({ object: 'platform', before: null, after: Object.fromEntries(deployed) });
  });
}

/** The registry of pledges, in which the operator admits the deals' vaults. */
async function deployPledges(script: ChainScript, manager: Hex): Promise<Hex> {
  const { abi } = artifacts.PledgeRegistry;
  const registry = await script.deploy('PledgeRegistry', artifacts.PledgeRegistry, [manager]);
  const functions = selectors(abi, RESTRICTED_FUNCTIONS.PledgeRegistry.OPERATOR);
  const args = [registry, functions, ROLES.OPERATOR];
  await script.call('restrict-pledges', manager, artifacts.AccessManager.abi, 'setTargetFunctionRole', args);
  return registry;
}
