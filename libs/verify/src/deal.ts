import { keccak_256 } from '@noble/hashes/sha3';
import { parseDeal, type Deal } from '@weir/deal';
import { hexOf, parseMoney } from '@weir/money';
import { compileDeal, type CompiledDeal } from '@weir/waterfall';
import { isAddress } from 'ethers';
import { chainIdOf, isAdmitted, storedProgramOf, viewOf } from './chain.js';
import { exactMembers, same, sameAddress } from './compare.js';
import { FileUnusable, Mismatch } from './errors.js';
import { bytesOfFile, jsonOfFile, textOfFile } from './files.js';
import type { PublishedFiles, Rpc } from './types.js';

const MEMBERS = ['chainId', 'vault', 'tokens', 'programHash', 'documentHash', 'cutOffPool'];
/** Further addresses that a manifest may name, each with the vault's view function that must return it. */
const OPTIONAL = ['cash', 'registry', 'offering', 'program'];
/** The registry of pledges, which knows the vault while the vault does not know it. */
const PLEDGES = 'pledges';

/** The deal document, readable. @throws FileUnusable with the first thing wrong in it */
export function readDeal(files: PublishedFiles): Deal {
  const { deal, diagnostics } = parseDeal(textOfFile(files, 'deal.yaml'));
  const [first] = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (!deal) throw new FileUnusable('deal.yaml', `line ${first?.line}, column ${first?.column}: ${first?.message}`);
  return deal;
}

/** The vault that the manifest names. @throws FileUnusable */
export function vaultOf(files: PublishedFiles): string {
  const { vault } = jsonOfFile(files, 'manifest.json');
  if (!isAddress(vault)) throw new FileUnusable('manifest.json', 'vault is not an address');
  return vault as string;
}

async function checkTokens(rpc: Rpc, vault: string, published: unknown, names: readonly string[]): Promise<void> {
  const tokens = (await viewOf(rpc, vault, 'tokens')) as string[];
  if (typeof published !== 'object' || published === null) throw new Mismatch('manifest.json has no list of tokens');
  const named = published as Record<string, unknown>;
  const keys = Array.isArray(published) ? tokens.map((_, index) => String(index)) : names;
  exactMembers('tokens of manifest.json', named, keys, []);
  for (const [index, key] of keys.entries())
    sameAddress(`token ${key} of manifest.json`, named[key], tokens[index] ?? '');
}

/** Everything the manifest says, against the chain; the cut-off pool is for the caller. @throws Mismatch */
async function checkManifest(rpc: Rpc, files: PublishedFiles, compiled: CompiledDeal): Promise<string> {
  const manifest = jsonOfFile(files, 'manifest.json');
  exactMembers('manifest.json', manifest, MEMBERS, [...OPTIONAL, PLEDGES]);
  const vault = vaultOf(files);
  sameAddress('vault of manifest.json', manifest.vault, vault);
  const chainId = await chainIdOf(rpc);
  if (String(manifest.chainId) !== chainId.toString()) {
    throw new Mismatch(
      `manifest.json is of chain ${String(manifest.chainId)}, the node serves ${chainId}: change --rpc`,
    );
  }
  same('programHash of manifest.json', manifest.programHash, (await viewOf(rpc, vault, 'programHash')) as string);
  same('documentHash of manifest.json', manifest.documentHash, (await viewOf(rpc, vault, 'documentHash')) as string);
  await checkTokens(
    rpc,
    vault,
    manifest.tokens,
    compiled.tranches.map((tranche) => tranche.name),
  );
  for (const name of OPTIONAL.filter((member) => Object.hasOwn(manifest, member))) {
    sameAddress(`${name} of manifest.json`, manifest[name], (await viewOf(rpc, vault, name)) as string);
  }
  if (Object.hasOwn(manifest, PLEDGES)) await checkPledges(rpc, manifest[PLEDGES], vault);
  return vault;
}

async function checkPledges(rpc: Rpc, published: unknown, vault: string): Promise<void> {
  if (!isAddress(published)) throw new FileUnusable('manifest.json', 'pledges is not an address');
  sameAddress('pledges of manifest.json', published, published);
  if (!(await isAdmitted(rpc, published, vault))) {
    throw new Mismatch(`the registry of pledges ${published} of manifest.json does not know the vault ${vault}`);
  }
}

function cutOffPoolOf(files: PublishedFiles): bigint {
  const { cutOffPool } = jsonOfFile(files, 'manifest.json');
  if (typeof cutOffPool !== 'string') throw new FileUnusable('manifest.json', 'cutOffPool is not a decimal string');
  return parseMoney(cutOffPool);
}

/** A deal whose document, program and manifest are those of the vault. */
export interface ProvenDeal {
  compiled: CompiledDeal;
  cutOffPool: bigint;
  vault: string;
}

/**
 * Compiles the published document and holds it and the manifest against the chain: the document's hash, the program's
 * bytes, the addresses. @throws Mismatch, FileUnusable, ChainUnreadable
 */
export async function proveDeal(rpc: Rpc, files: PublishedFiles): Promise<ProvenDeal> {
  const documentHash = hexOf(keccak_256(bytesOfFile(files, 'deal.yaml')));
  const cutOffPool = cutOffPoolOf(files);
  const onChain = (await viewOf(rpc, vaultOf(files), 'documentHash')) as string;
  same('the keccak-256 of deal.yaml', documentHash, onChain);
  const compiled = compileDeal(readDeal(files), { cutOffPool });
  const vault = await checkManifest(rpc, files, compiled);
  const stored = await storedProgramOf(rpc, (await viewOf(rpc, vault, 'program')) as string);
  if (hexOf(stored) !== hexOf(compiled.program.bytes)) {
    throw new Mismatch(
      `deal.yaml over a cut-off pool of ${String(jsonOfFile(files, 'manifest.json').cutOffPool)} compiles to program ` +
        `${compiled.program.hash}, which is not the one stored on chain: take deal.yaml and manifest.json as published`,
    );
  }
  return { compiled, cutOffPool, vault };
}
