import { isDeepStrictEqual } from 'node:util';
import { checkManifest, readManifest, type Manifest } from '@weir/chain';
import { SYSTEM_ACTOR } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { PlatformContract, PlatformManifest } from './entities.js';
import { ManifestRefused } from './errors.js';
import { storePlatform } from './platform-script.js';
import { PLATFORM_SIGNERS } from './roles.js';

/**
 * Takes the platform of a manifest file (`weir deploy`) for this installation's: once it is complete, the chain agrees with
 * it, and the accounts that act here hold its roles. The same file again changes nothing and is not checked again: what
 * changes on chain from then on, the continuous audit tells (letter Y), and lawful changes stop no worker.
 * @throws ManifestRefused, ManifestUnreadable
 */
export async function adoptPlatform(context: ServiceContext, file: string): Promise<void> {
  const manifest = await readManifest(file);
  if (manifest === null) throw new ManifestRefused(file, 'there is no such file');
  const adopted = await context.uow.read(SYSTEM_ACTOR, (manager) =>
    manager.findOneBy(PlatformManifest, { id: 'platform' }),
  );
  if (adopted !== null && isDeepStrictEqual(adopted.manifest, manifest)) return;
  const reasons = [...(await disagreements(context, manifest)), ...(await accountsWithoutRole(context, manifest))];
  if (reasons.length > 0) throw new ManifestRefused(file, reasons.join('; '));
  const stored = await context.uow.read(SYSTEM_ACTOR, (manager) => manager.find(PlatformContract));
  const moved = stored.filter(({ name, address }) => manifest.contracts?.[name].address !== address);
  if (moved.length > 0)
    throw new ManifestRefused(file, `this installation has another ${moved.map(({ name }) => name).join(', ')}`);
  if (stored.length < Object.keys(manifest.contracts ?? {}).length) await storePlatform(context, manifest);
}

async function disagreements({ provider }: ServiceContext, manifest: Manifest): Promise<string[]> {
  const ticks = await checkManifest(provider, manifest);
  return ticks.filter(({ ok }) => !ok).map(({ title, detail }) => `${title}: ${detail}`);
}

async function accountsWithoutRole({ signers }: ServiceContext, { terms }: Manifest): Promise<string[]> {
  const found = await Promise.all(
    (['operator', 'compliance'] as const).map(async (part) => {
      const { address } = await signers.openOrCreate(PLATFORM_SIGNERS[part]);
      return address === terms[part] ? [] : [`the ${part} here is ${address}, in the manifest ${terms[part]}`];
    }),
  );
  return found.flat();
}
