import { artifacts } from '@weir/bindings';
import { ZeroAddress } from 'ethers';
import type { Hex } from '../signers/signer.js';
import { accessPlan, handOver, type AccessPlan, type PowerHolders } from './access-plan.js';
import { AdminDeploys, NobodyNamed } from './deployment.errors.js';
import { addressOf, deploying, type Construction, type Outcome, type Step, type StepRunner } from './step.js';

/**
 * The platform's contracts: who may do what, what gives new deals their roles, who is admitted, stored programs, what
 * makes deals' Distributors, what says whether deals are sound, which loans are pledged, the settlement stablecoin.
 */
export type PlatformContractName =
  | 'AccessManager'
  | 'DealRoles'
  | 'InvestorRegistry'
  | 'ProgramStore'
  | 'DistributorFactory'
  | 'DealHealth'
  | 'PledgeRegistry'
  | 'Cash';

/** What a platform is deployed with. */
export interface PlatformTerms extends PowerHolders {
  /** The account that deploys; it has no power afterwards. */
  readonly deployer: Hex;
  /** The settlement stablecoin; null deploys the test stablecoin, on development chains. */
  readonly cash: Hex | null;
  /** A registry of pledges that another platform made and opened to this one's operator; null deploys one. */
  readonly pledges: Hex | null;
}

/** A step that was carried out. */
export type StepRecord = Step & Outcome;

/** Where a contract is, and the step that made it; null for one that was there before. */
export interface DeployedContract {
  readonly address: Hex;
  readonly made: (Construction & Pick<Outcome, 'transaction' | 'block'>) | null;
}

/** A platform that is deployed. */
export interface PlatformDeployment {
  readonly contracts: Readonly<Record<PlatformContractName, DeployedContract>>;
  readonly access: AccessPlan;
  readonly steps: readonly StepRecord[];
}

/**
 * Deploys the contracts that all deals share and divides the powers over them, in four rounds; the last takes the
 * deployer's away. Whoever carries the steps out, a command or the services, they are these.
 * @throws AdminDeploys, NobodyNamed
 */
export async function deployPlatform(runner: StepRunner, terms: PlatformTerms): Promise<PlatformDeployment> {
  const { admin, deployer } = terms;
  if (admin === deployer) throw new AdminDeploys(admin);
  for (const [term, given] of Object.entries(terms)) if (given === ZeroAddress) throw new NobodyNamed(term);
  return carryOut(runner, terms);
}

/** The steps of a deployment on these terms, each with the outcome that the runner gives; what they make, and the powers. */
export async function carryOut(runner: StepRunner, terms: PlatformTerms): Promise<PlatformDeployment> {
  const { cash, pledges, deployer } = terms;
  const steps: StepRecord[] = [];
  const round = async (wanted: readonly Step[]): Promise<void> => {
    const outcomes = await runner.together(wanted);
    for (const step of wanted) {
      const outcome = outcomes.get(step.name);
      if (outcome) steps.push({ ...step, ...outcome });
    }
  };
  const done = (): Map<string, Outcome> => new Map(steps.map((step) => [step.name, step]));
  await round([
    deploying('AccessManager', artifacts.AccessManager, [deployer]),
    deploying('ProgramStore', artifacts.ProgramStore, []),
    deploying('DistributorFactory', artifacts.DistributorFactory, []),
    deploying('DealHealth', artifacts.DealHealth, []),
    ...(cash === null ? [deploying('TestStablecoin', artifacts.TestStablecoin, [])] : []),
  ]);
  const manager = addressOf(done(), 'AccessManager');
  await round([
    deploying('InvestorRegistry', artifacts.InvestorRegistry, [manager]),
    ...(pledges === null ? [deploying('PledgeRegistry', artifacts.PledgeRegistry, [manager])] : []),
  ]);
  const registry = addressOf(done(), 'InvestorRegistry');
  const ownPledges = pledges === null ? addressOf(done(), 'PledgeRegistry') : null;
  const guarded = [registry, ...(ownPledges === null ? [] : [ownPledges])];
  await round([deploying('DealRoles', artifacts.DealRoles, [manager, guarded])]);
  const dealRoles = addressOf(done(), 'DealRoles');
  const access = accessPlan(terms, { registry, pledges: ownPledges, dealRoles });
  await round([handOver(manager, access, deployer)]);
  return { contracts: contractsOf(steps, { cash, pledges }), access, steps };
}

/** The steps that made contracts, by what the contracts are to the platform. */
export const MADE_BY: Readonly<Record<PlatformContractName, string>> = {
  AccessManager: 'AccessManager',
  DealRoles: 'DealRoles',
  InvestorRegistry: 'InvestorRegistry',
  ProgramStore: 'ProgramStore',
  DistributorFactory: 'DistributorFactory',
  DealHealth: 'DealHealth',
  PledgeRegistry: 'PledgeRegistry',
  Cash: 'TestStablecoin',
};

function contractsOf(
  steps: readonly StepRecord[],
  { cash, pledges }: Pick<PlatformTerms, 'cash' | 'pledges'>,
): Record<PlatformContractName, DeployedContract> {
  const given: Partial<Record<string, Hex | null>> = { Cash: cash, PledgeRegistry: pledges };
  const found = Object.entries(MADE_BY).map(([name, by]): [string, DeployedContract] => {
    const address = given[name] ?? null;
    if (address !== null) return [name, { address, made: null }];
    const step = steps.find((candidate) => candidate.name === by);
    const made = step?.construction ? { ...step.construction, transaction: step.transaction, block: step.block } : null;
    return [name, { address: addressOf(new Map(step ? [[by, step]] : []), by), made }];
  });
  return Object.fromEntries(found) as Record<PlatformContractName, DeployedContract>;
}
