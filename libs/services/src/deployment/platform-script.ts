import { completed, deployPlatform, newManifest, type Manifest, type PlatformContractName } from '@weir/chain';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { ChainScript } from './chain-script.js';
import { PlatformContract } from './entities.js';
import { isLocalChain } from './local-chains.js';
import { PLATFORM_SIGNERS } from './roles.js';

/** What a platform is ordered with; null where it gets a contract of its own, or what its chain has by default. */
export interface PlatformOrder {
  readonly cash: Hex | null;
  readonly pledges: Hex | null;
  /** Who changes roles, after the timelock; null on development chains only. */
  readonly admin: Hex | null;
  /** Seconds between announcement and change of roles and parameters. */
  readonly timelock: number | null;
}

/** Two days to see a change coming; on a development chain as long as a report can be disputed there. */
const TIMELOCK = { elsewhere: 2 * 86_400, local: 60 };

/**
 * Deploys the contracts that all deals share from the operator's account, and stores where they are with their manifest.
 * Resumable. @throws AdminDeploys, DeploymentFailed, StillPending
 */
export async function runPlatformScript(context: ServiceContext, order: PlatformOrder): Promise<void> {
  const { provider, signers } = context;
  const { address: operator } = await signers.openOrCreate(PLATFORM_SIGNERS.operator);
  const { address: compliance } = await signers.openOrCreate(PLATFORM_SIGNERS.compliance);
  const { chainId } = await provider.getNetwork();
  const terms = {
    deployer: operator,
    admin: order.admin ?? (await signers.openOrCreate(PLATFORM_SIGNERS.admin)).address,
    operator,
    compliance,
    guardian: compliance,
    timelock: order.timelock ?? (isLocalChain(chainId) ? TIMELOCK.local : TIMELOCK.elsewhere),
    cash: order.cash,
    pledges: order.pledges,
  };
  const script = new ChainScript(context, 'platform', operator, undefined);
  const deployment = await deployPlatform(script, terms);
  await storePlatform(context, await completed(newManifest(Number(chainId), terms), provider, deployment));
}

/** From here on the services use the platform of a complete manifest. */
export async function storePlatform({ uow }: Pick<ServiceContext, 'uow'>, manifest: Manifest): Promise<void> {
  const addresses = Object.entries(manifest.contracts ?? {}).map(([name, { address }]) => [name, address] as const);
  const rows = addresses.map(([name, address]) => ({ name: name as PlatformContractName, address }));
  await uow.run(SYSTEM_ACTOR, { name: 'platform.deployed', object: 'platform' }, async (tx) => {
    await tx.manager.upsert(PlatformContract, rows, ['name']);
    await tx.manager.query(
      `insert into weir.platform_manifest (id, manifest) values ('platform', $1)
        on conflict (id) do update set manifest = excluded.manifest`,
      [JSON.stringify(manifest)],
    );
    tx.record({ object: 'platform', before: null, after: Object.fromEntries(addresses) });
  });
}
