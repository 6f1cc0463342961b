import type { Rpc } from '../rpc/rpc.js';
import type { Hex, Signer } from '../signers/signer.js';
import { ManifestDiffers } from './deployment.errors.js';
import { completed, newManifest, readManifest, writeManifest, type Manifest, type ManifestStep } from './manifest.js';
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
  readonly waitMs?: number;
  readonly pollMs?: number;
}

/**
 * Deploys a platform, or goes on with what the manifest file says was done; a manifest that is complete is given back as
 * it is.
 * @throws ManifestDiffers, ManifestUnreadable, and what ManifestRunner throws
 */
export async function deployWithManifest(deployment: ManifestDeployment): Promise<Manifest> {
  const { rpc, file, terms, ...how } = deployment;
  const fresh = newManifest(Number(await rpc.send('eth_chainId', [])), terms);
  const manifest = (await readManifest(file)) ?? fresh;
  refuseOther(manifest, fresh);
  if (manifest.complete) return manifest;
  const save = (): Promise<void> => writeManifest(file, manifest);
  const deployed = await deployPlatform(new ManifestRunner({ rpc, manifest, save, ...how }), terms);
  const whole = await completed(manifest, rpc, deployed);
  await writeManifest(file, whole);
  return whole;
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
