import type { Rpc } from '../rpc/rpc.js';
import { codeTicks, makingTicks, type BlockTag } from './making.js';
import type { Manifest } from './manifest.js';
import { PowerCheck } from './powers.js';
import { replanned, statementTicks, type WholeManifest } from './stated.js';
import { compared, type ManifestTick } from './ticks.js';

/**
 * Holds a complete manifest against its own terms and against a chain. The plan is made anew from the terms: what the
 * manifest says, what was sent, and what stands now must each be it. Nothing that differs hides another difference.
 * @throws whatever the node answers when it does not take a call
 */
export async function checkManifest(rpc: Rpc, manifest: Manifest): Promise<ManifestTick[]> {
  const chainId = String(Number(await rpc.send('eth_chainId', [])));
  const chain = compared('chain', [['', String(manifest.chainId), chainId]], chainId);
  if (!isWhole(manifest))
    return [...chain, ...compared('deployment', [['', 'complete', 'begun: run the command that began it again']], '')];
  const planned = await replanned(manifest);
  const stated = [...chain, ...statementTicks(manifest, planned)];
  // Another chain has nothing to say of this deployment.
  if (chain.some(({ ok }) => !ok)) return stated;
  const head = Number(await rpc.send('eth_blockNumber', []));
  const at: BlockTag = `0x${head.toString(16)}`;
  const { contracts } = manifest;
  const codes = await Promise.all(Object.entries(contracts).map(([name, one]) => codeTicks(rpc, name, one, at)));
  const made = await Promise.all(planned.steps.map((step) => makingTicks(rpc, manifest, step)));
  // Where there is no manager there is nobody to ask.
  const manager = (await rpc.send('eth_getCode', [contracts.AccessManager.address, at])) !== '0x';
  const powers = manager ? await new PowerCheck(rpc, planned, manifest.terms.deployer, head).ticks() : [];
  return [...stated, ...codes.flat(), ...made.flat(), ...powers];
}

const isWhole = (manifest: Manifest): manifest is WholeManifest =>
  manifest.complete && manifest.contracts !== null && manifest.access !== null;
