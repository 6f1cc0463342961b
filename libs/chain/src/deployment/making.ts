import { artifacts } from '@weir/bindings';
import { keccak256 } from 'ethers';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import type { ManifestContract } from './manifest.js';
import { MADE_BY, type PlatformContractName, type StepRecord } from './platform.js';
import type { WholeManifest } from './stated.js';
import { compared, type Comparison, type ManifestTick } from './ticks.js';

/** A block to ask about, as the node takes it. */
export type BlockTag = Hex;

interface Sent {
  readonly from: Hex;
  readonly to: Hex | null;
  readonly nonce: Hex;
  readonly input: Hex;
}

interface Mined {
  readonly contractAddress: Hex | null;
  readonly blockNumber: Hex | null;
  readonly status: Hex;
}

/** There is code where the manifest says, and it is that of the manifest. */
export async function codeTicks(
  rpc: Rpc,
  name: string,
  { address, runtimeCodeHash }: ManifestContract,
  at: BlockTag,
): Promise<ManifestTick[]> {
  const code = (await rpc.send('eth_getCode', [address, at])) as Hex;
  const found = code === '0x' ? 'no code' : `code of hash ${keccak256(code)}`;
  return compared(`code of ${name}`, [['', `code of hash ${runtimeCodeHash}`, found]], address);
}

/** Every planned step was sent as planned by the account that deploys, was mined where the manifest says, and had effect. */
export async function makingTicks(rpc: Rpc, manifest: WholeManifest, step: StepRecord): Promise<ManifestTick[]> {
  const contract = Object.entries(MADE_BY).find(([, by]) => by === step.name)?.[0] as PlatformContractName | undefined;
  const title = contract === undefined ? `transaction of ${step.name}` : `making of ${contract}`;
  const [sent, mined] = (await Promise.all([
    rpc.send('eth_getTransactionByHash', [step.transaction]),
    rpc.send('eth_getTransactionReceipt', [step.transaction]),
  ])) as [Sent | null, Mined | null];
  if (sent === null || mined === null)
    return compared(title, [['', `transaction ${step.transaction}`, 'none on this chain']], '');
  return compared(
    title,
    [...sentComparisons(manifest, step, sent), ...minedComparisons(step, mined)],
    `as this release sends it, in block ${step.block}`,
  );
}

function sentComparisons({ terms }: WholeManifest, step: StepRecord, sent: Sent): Comparison[] {
  const lower = (text: Hex | null): string => String(text?.toLowerCase() ?? null);
  const { nonce, data, to, construction } = step;
  const same: Comparison[] = [
    ['sender', terms.deployer, lower(sent.from)],
    ['nonce', String(nonce), String(Number(sent.nonce))],
    ['to', String(to), lower(sent.to)],
  ];
  if (construction === null) return [...same, ['data of hash', keccak256(data), keccak256(sent.input)]];
  const creation = creationCodeLength(step.name);
  const input = lower(sent.input);
  return [
    ...same,
    ['creation code of hash', construction.creationCodeHash, keccak256(evenHex(input.slice(0, creation)))],
    ['constructor arguments', construction.constructorArguments, `0x${input.slice(creation)}`],
  ];
}

function minedComparisons({ address, block }: StepRecord, mined: Mined): Comparison[] {
  return [
    ['effect', 'success', Number(mined.status) === 1 ? 'success' : 'none'],
    ['block', String(block), String(Number(mined.blockNumber))],
    ['address', String(address), String(mined.contractAddress?.toLowerCase() ?? null)],
  ];
}

const creationCodeLength = (step: string): number => artifacts[step as keyof typeof artifacts].bytecode.length;

/** A cut of hex that is shorter than the code it is held against may end in half a byte. */
const evenHex = (hex: string): string => (hex.length % 2 === 0 ? hex : `${hex}0`);
