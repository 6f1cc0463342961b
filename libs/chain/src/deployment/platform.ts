import { RESTRICTED_FUNCTIONS, ROLES, artifacts } from '@weir/bindings';
import type { Hex } from '../signers/signer.js';
import { addressOf, calling, deploying, selectors, type Step, type StepRunner } from './step.js';

/**
 * The platform's contracts: who may do what, who is admitted, stored programs, what makes deals' Distributors, what
 * says whether deals are sound, which loans are pledged, the settlement stablecoin.
 */
export type PlatformContractName =
  | 'AccessManager'
  | 'InvestorRegistry'
  | 'ProgramStore'
  | 'DistributorFactory'
  | 'DealHealth'
  | 'PledgeRegistry'
  | 'Cash';

/** What a platform is deployed with; null where it gets a contract of its own. */
export interface PlatformTerms {
  readonly cash: Hex | null;
  readonly pledges: Hex | null;
  readonly admin: Hex;
  readonly operator: Hex;
  readonly compliance: Hex;
}

/**
 * Deploys the contracts that all deals share and gives the compliance and operator accounts their roles, in three rounds.
 * With `cash` null the test stablecoin is deployed; that is for development chains. `pledges` names a registry of
 * pledges that another deployment made, which must have given this one's operator account the role OPERATOR.
 */
export async function deployPlatform(
  runner: StepRunner,
  { cash, pledges, admin, operator, compliance }: PlatformTerms,
): Promise<Record<PlatformContractName, Hex>> {
  const first = await runner.together([
    deploying('AccessManager', artifacts.AccessManager, [admin]),
    deploying('ProgramStore', artifacts.ProgramStore, []),
    deploying('DistributorFactory', artifacts.DistributorFactory, []),
    deploying('DealHealth', artifacts.DealHealth, []),
    ...(cash === null ? [deploying('TestStablecoin', artifacts.TestStablecoin, [])] : []),
  ]);
  const manager = addressOf(first, 'AccessManager');
  const grant = (name: string, role: bigint, account: Hex): Step =>
    calling(name, manager, artifacts.AccessManager.abi, 'grantRole', [role, account, 0]);
  const second = await runner.together([
    deploying('InvestorRegistry', artifacts.InvestorRegistry, [manager]),
    ...(pledges === null ? [deploying('PledgeRegistry', artifacts.PledgeRegistry, [manager])] : []),
    grant('grant-compliance', ROLES.COMPLIANCE, compliance),
    grant('grant-operator', ROLES.OPERATOR, operator),
  ]);
  const registry = addressOf(second, 'InvestorRegistry');
  const loans = pledges ?? addressOf(second, 'PledgeRegistry');
  await runner.together(restrictions(manager, registry, pledges === null ? loans : null));
  return {
    AccessManager: manager,
    InvestorRegistry: registry,
    ProgramStore: addressOf(first, 'ProgramStore'),
    DistributorFactory: addressOf(first, 'DistributorFactory'),
    DealHealth: addressOf(first, 'DealHealth'),
    PledgeRegistry: loans,
    Cash: cash ?? addressOf(first, 'TestStablecoin'),
  };
}

/** Compliance keeps the registry of investors; the operator admits the deals' vaults to an own registry of pledges. */
function restrictions(manager: Hex, registry: Hex, ownPledges: Hex | null): Step[] {
  const restrict = (name: string, target: Hex, functions: Hex[], role: bigint): Step =>
    calling(name, manager, artifacts.AccessManager.abi, 'setTargetFunctionRole', [target, functions, role]);
  const ofRegistry = selectors(artifacts.InvestorRegistry.abi, RESTRICTED_FUNCTIONS.InvestorRegistry.COMPLIANCE);
  const ofPledges = selectors(artifacts.PledgeRegistry.abi, RESTRICTED_FUNCTIONS.PledgeRegistry.OPERATOR);
  return [
    restrict('restrict-registry', registry, ofRegistry, ROLES.COMPLIANCE),
    ...(ownPledges === null ? [] : [restrict('restrict-pledges', ownPledges, ofPledges, ROLES.OPERATOR)]),
  ];
}
