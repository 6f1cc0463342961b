import type { Rpc } from '../rpc/rpc.js';
import type { Hex, Signer } from '../signers/signer.js';
import { isLocalChain } from '../rpc/local-chains.js';
import { DevelopmentTerms, ManifestDiffers } from './deployment.errors.js';
import { completed, newManifest, readManifest, writeManifest, type Manifest, type ManifestStep } from './manifest.js';
import { withManifestLock } from './manifest-lock.js';
import { ManifestRunner } from './manifest-runner.js';
import { deployPlatform, type PlatformTerms } from './platform.js';

/** A deployment that a manifest file stands for. */
export interface ManifestDeployment {
  readonly rpc: Rpc;
  readonly file: string;
  readonly terms: PlatformTerms;
  readonly signer: Signer | null;
  readonly signed?: readonly Hex[];
  readonly onMined?: (step: ManifestStep) => void;
  /**
   * Blocks on top of a step before it counts as final; until then its bytes stay in the manifest, and what a reorganisation
   * drops is sent again. 64 unless given, 0 on development chains, where blocks may come only with transactions.
   */
  readonly confirmations?: number;
  /** Takes a timelock of nothing and the test stablecoin on a chain that is not a development node's. */
  readonly developmentTerms?: boolean;
  readonly waitMs?: number;
  readonly bumpAfterMs?: number;
  readonly pollMs?: number;
}

const CONFIRMATIONS = 64;

/**
 * Deploys a platform, or goes on with what the manifest file says was done; a manifest that is complete is given back as
 * it is. One process at a time goes on with a manifest.
 * @throws ManifestDiffers, ManifestInUse, ManifestUnreadable, DevelopmentTerms, and what ManifestRunner throws
 */
export function deployWithManifest(deployment: ManifestDeployment): Promise<Manifest> {
  return withManifestLock(deployment.file, () => goOn(deployment));
}

async function goOn(deployment: ManifestDeployment): Promise<Manifest> {
  const { rpc, file, terms, confirmations, developmentTerms = false, ...how } = deployment;
  const chainId = Number(await rpc.send('eth_chainId', []));
  const fresh = newManifest(chainId, terms);
  const manifest = (await readManifest(file)) ?? fresh;
  refuseOther(manifest, fresh);
  if (manifest.complete) return manifest;
  if (!developmentTerms) refuseDevelopmentTerms(chainId, terms);
  const save = (): Promise<void> => writeManifest(file, manifest);
  const runner = new ManifestRunner({ rpc, manifest, save, ...how });
  await deployPlatform(runner, terms);
  await runner.settled(confirmations ?? (isLocalChain(chainId) ? 0 : CONFIRMATIONS));
  // Asked once more: a reorganisation may have moved steps to other blocks.
  const whole = await completed(manifest, rpc, await deployPlatform(runner, terms));
  await writeManifest(file, whole);
  return whole;
}

/** @throws DevelopmentTerms */
export function refuseDevelopmentTerms(
  chainId: bigint | number,
  { timelock, cash }: Pick<PlatformTerms, 'timelock' | 'cash'>,
): void {
  if (isLocalChain(chainId)) return;
  if (timelock === 0)
    throw new DevelopmentTerms(String(chainId), 'changes of roles and parameters would wait for nothing');
  if (cash === null) throw new DevelopmentTerms(String(chainId), 'anybody mints the test stablecoin');
}

/** A deployment goes on only as what it was begun as. */
function refuseOther(begun: Manifest, given: Manifest): void {
  const same = (field: string, one: unknown, other: unknown): void => {
    if (one !== other) throw new ManifestDiffers(field, String(one), String(other));
  };
  same('chain id', begun.chainId, given.chainId);
  for (const [name, value] of Object.entries(given.terms)) same(name, begun.terms[name as keyof PlatformTerms], value);
  if (!begun.complete) same('bytecode of hash', begun.codeHash, given.codeHash);
}
