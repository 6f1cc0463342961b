import { artifacts, build } from '@weir/bindings';
import { concat, keccak256 } from 'ethers';
import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex } from '../signers/signer.js';
import { ManifestUnreadable } from './deployment.errors.js';
import { FORMAT, type Manifest, type ManifestContract, type ManifestStep } from './manifest-model.js';
import { malformation } from './manifest-shape.js';
import type { PlatformContractName, PlatformDeployment, PlatformTerms } from './platform.js';

export type { Manifest, ManifestContract, ManifestStep };

const PLATFORM_ARTIFACTS = [
  'AccessManager',
  'DealHealth',
  'DealRoles',
  'DistributorFactory',
  'InvestorRegistry',
  'PledgeRegistry',
  'ProgramStore',
  'TestStablecoin',
] as const;

/** A manifest of which nothing is done yet. */
export function newManifest(chainId: number, terms: PlatformTerms): Manifest {
  const codeHash = keccak256(concat(PLATFORM_ARTIFACTS.map((name) => artifacts[name].bytecode))) as Hex;
  const nothing = { complete: false, contracts: null, access: null, steps: [] };
  return { format: FORMAT, chainId, terms, build, codeHash, ...nothing };
}

/** The manifest of a deployment that was carried out to its end. */
export async function completed(manifest: Manifest, rpc: Rpc, deployment: PlatformDeployment): Promise<Manifest> {
  const { access, contracts, steps } = deployment;
  const described = await Promise.all(
    Object.entries(contracts).map(async ([name, contract]) => {
      const runtimeCodeHash = await codeHashAt(rpc, contract.address);
      return [name, { ...contract, runtimeCodeHash }] as const;
    }),
  );
  return {
    ...manifest,
    complete: true,
    contracts: Object.fromEntries(described) as Record<PlatformContractName, ManifestContract>,
    access,
    steps: [
      ...manifest.steps.filter(({ reverted }) => reverted).map(withoutBytes),
      ...steps.map(({ name, to, data, nonce, transaction, block, address }) => {
        return { name, to, dataHash: keccak256(data) as Hex, nonce, transaction, block, address };
      }),
    ],
  };
}

const withoutBytes = ({ unsigned: _unsigned, raw: _raw, earlier: _earlier, ...kept }: ManifestStep): ManifestStep =>
  kept;

/** Keccak-256 of the code at an address. */
export async function codeHashAt(rpc: Rpc, address: Hex): Promise<Hex> {
  return keccak256((await rpc.send('eth_getCode', [address, 'latest'])) as Hex) as Hex;
}

/** Reads a manifest; null when there is no file. @throws ManifestUnreadable */
export async function readManifest(file: string): Promise<Manifest | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new ManifestUnreadable(file, error.message);
  });
  return text === null ? null : manifestFrom(text, file);
}

/** @throws ManifestUnreadable */
export function manifestFrom(text: string, file: string): Manifest {
  let found: Partial<Manifest>;
  try {
    found = JSON.parse(text) as Partial<Manifest>;
  } catch (error) {
    throw new ManifestUnreadable(file, (error as Error).message);
  }
  const wrong = malformation(found);
  if (wrong !== null) throw new ManifestUnreadable(file, `it is no manifest of the form ${FORMAT}: ${wrong}`);
  return found as Manifest;
}

/** Replaces the file as a whole: a kill or a power cut leaves the old one or the new one, and what was written stays. */
export async function writeManifest(file: string, manifest: Manifest): Promise<void> {
  const fresh = await open(`${file}.new`, 'w');
  try {
    await fresh.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await fresh.sync();
  } finally {
    await fresh.close();
  }
  await rename(`${file}.new`, file);
  // The name is in the folder, which is written down too.
  const folder = await open(path.dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
}
