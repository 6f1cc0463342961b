import {
  completed,
  deployPlatform,
  isLocalChain,
  newManifest,
  type Manifest,
  type PlatformContractName,
  type PlatformTerms,
} from '@weir/chain';
import type { EntityManager } from 'typeorm';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { ChainScript } from './chain-script.js';
import { PlatformContract, PlatformManifest } from './entities.js';
import { PlatformDiffers, PlatformOlder } from './errors.js';
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

/** What an order comes to on the services' chain, with the accounts that act here. */
async function termsOf({ signers }: Pick<ServiceContext, 'signers'>, order: PlatformOrder, chainId: bigint) {
  const { address: operator } = await signers.openOrCreate(PLATFORM_SIGNERS.operator);
  const { address: compliance } = await signers.openOrCreate(PLATFORM_SIGNERS.compliance);
  return {
    deployer: operator,
    admin: order.admin ?? (await signers.openOrCreate(PLATFORM_SIGNERS.admin)).address,
    operator,
    compliance,
    guardian: compliance,
    timelock: order.timelock ?? (isLocalChain(chainId) ? TIMELOCK.local : TIMELOCK.elsewhere),
    cash: order.cash,
    pledges: order.pledges,
  } satisfies PlatformTerms;
}

/**
 * An installation has one platform: the same order again goes on with it, and any other is refused before anything is sent.
 * @throws PlatformDiffers, PlatformOlder
 */
export async function refuseOtherPlatform(
  context: Pick<ServiceContext, 'signers'>,
  manager: EntityManager,
  order: PlatformOrder,
  chainId: bigint,
): Promise<PlatformTerms> {
  const terms: PlatformTerms = await termsOf(context, order, chainId);
  const before = await manager.findOneBy(PlatformManifest, { id: 'platform' });
  if (before === null) {
    if (await manager.existsBy(PlatformContract, {})) throw new PlatformOlder('one without a manifest');
    return terms;
  }
  const { manifest } = before;
  for (const [term, stands] of Object.entries(manifest.terms) as [keyof PlatformTerms, string | number | null][])
    if (terms[term] !== stands) throw new PlatformDiffers(term, String(stands), String(terms[term]));
  if (manifest.codeHash !== newManifest(Number(chainId), terms).codeHash)
    throw new PlatformOlder(`contracts of hash ${manifest.codeHash}`);
  return terms;
}

/**
 * Deploys the contracts that all deals share from the operator's account, and stores where they are with their manifest.
 * Resumable. @throws AdminDeploys, DeploymentFailed, StillPending, PlatformDiffers, PlatformOlder
 */
export async function runPlatformScript(context: ServiceContext, order: PlatformOrder): Promise<void> {
  const { provider, uow } = context;
  const { chainId } = await provider.getNetwork();
  const terms = await uow.read(SYSTEM_ACTOR, (manager) => refuseOtherPlatform(context, manager, order, chainId));
  const script = new ChainScript(context, 'platform', terms.deployer, undefined);
  const deployment = await deployPlatform(script, terms);
  await storePlatform(context, await completed(newManifest(Number(chainId), terms), provider, deployment));
}

/** From here on the services use the platform of a complete manifest, for good. @throws PlatformDiffers */
export async function storePlatform({ uow }: Pick<ServiceContext, 'uow'>, manifest: Manifest): Promise<void> {
  const addresses = Object.entries(manifest.contracts ?? {}).map(([name, { address }]) => [name, address] as const);
  const rows = addresses.map(([name, address]) => ({ name: name as PlatformContractName, address }));
  await uow.run(SYSTEM_ACTOR, { name: 'platform.deployed', object: 'platform' }, async (tx) => {
    for (const { name, address } of await tx.manager.find(PlatformContract)) {
      const given = manifest.contracts?.[name].address;
      if (given !== address) throw new PlatformDiffers(name, address, String(given));
    }
    await tx.manager.upsert(PlatformContract, rows, ['name']);
    await tx.manager.query(
      `insert into weir.platform_manifest (id, manifest) values ('platform', $1)
        on conflict (id) do update set manifest = excluded.manifest`,
      [JSON.stringify(manifest)],
    );
    tx.record({ object: 'platform', before: null, after: Object.fromEntries(addresses) });
  });
}
