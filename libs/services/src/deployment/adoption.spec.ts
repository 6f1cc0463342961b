import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Wallet } from 'ethers';
import { SYSTEM_ACTOR } from '@weir/persistence';
import { WalletSigner, deployWithManifest, type Hex } from '@weir/chain';
import { startAnvil, type TestChain } from '../../../../test/anvil.js';
import { startPlatform, type TestPlatform } from '../../../../test/platform.js';
import { adoptPlatform } from './adoption.js';
import { ManifestRefused } from './errors.js';

let chain: TestChain;
let platform: TestPlatform;
let folder: string;
beforeAll(async () => {
  chain = await startAnvil();
  platform = await startPlatform(chain.provider);
  folder = await mkdtemp(path.join(tmpdir(), 'weir-adoption-'));
}, 60_000);
afterAll(async () => {
  await platform?.stop();
  await chain?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A platform by a key that these services do not have. */
async function deployed(name: string, operator: Hex, compliance: Hex) {
  const signer = new WalletSigner(Wallet.createRandom());
  await chain.provider.send('anvil_setBalance', [signer.address, '0x56bc75e2d63100000']);
  const powers = { admin: `0x${'a'.repeat(40)}` as Hex, operator, compliance, guardian: compliance, timelock: 172_800 };
  const terms = { deployer: signer.address, ...powers, cash: null, pledges: null };
  const file = path.join(folder, `${name}.json`);
  return { file, manifest: await deployWithManifest({ rpc: chain.provider, file, terms, signer, pollMs: 10 }) };
}

it('takes over a platform whose roles are with the accounts here, once, and no other', async () => {
  const { context, deployment } = platform.services;
  const operator = await context.signers.openOrCreate('platform-operator');
  const compliance = await context.signers.openOrCreate('platform-compliance');
  const strangers = await deployed('strangers', `0x${'b'.repeat(40)}`, compliance.address);
  await expect(adoptPlatform(context, strangers.file)).rejects.toThrow(/the operator here is 0x/);
  await expect(adoptPlatform(context, path.join(folder, 'gone.json'))).rejects.toThrow(ManifestRefused);

  const own = await deployed('own', operator.address, compliance.address);
  await adoptPlatform(context, own.file);
  await adoptPlatform(context, own.file);
  const { complete, contracts } = await deployment.platform(SYSTEM_ACTOR);
  expect([complete, contracts['DealRoles']]).toEqual([true, own.manifest.contracts?.DealRoles.address]);
  expect(await deployment.manifest(SYSTEM_ACTOR)).toEqual(own.manifest);

  const second = await deployed('second', operator.address, compliance.address);
  await expect(adoptPlatform(context, second.file)).rejects.toThrow(/this installation has another AccessManager/);
  const actor = { ...SYSTEM_ACTOR, roles: ['operator' as const] };
  const again = deployment.deployPlatform(actor, { cash: null }, { key: 'again', bodyHash: 'body' });
  await expect(again).rejects.toMatchObject({ code: 'platform-given' });
}, 60_000);
