import { keccak_256 } from '@noble/hashes/sha3';
import { parseDeal, type Deal } from '@weir/deal';
import { hexOf, parseMoney, type Hex } from '@weir/money';
import { compileAmendment, compileDeal, type CompiledAmendment, type CompiledDeal } from '@weir/waterfall';
import { isAddress } from 'ethers';
import {
  amendmentsUpTo,
  chainIdOf,
  isAdmitted,
  programOf,
  storedProgramOf,
  viewOf,
  type AmendedEvent,
  type Era,
} from './chain.js';
import { exactMembers, same, sameAddress } from './compare.js';
import { FileUnusable, Mismatch } from './errors.js';
import { bytesOfFile, jsonOfFile, textOfFile } from './files.js';
import type { PublishedFiles, Rpc } from './types.js';

const MEMBERS = ['chainId', 'vault', 'tokens', 'programHash', 'documentHash', 'cutOffPool'];
/** Further addresses that a manifest may name, each with the vault's view function that must return it. */
const OPTIONAL = ['cash', 'registry', 'offering'];
/** The stored program of closing, which an amended vault no longer names. */
const PROGRAM = 'program';
/** The registry of pledges, which knows the vault while the vault does not know it. */
const PLEDGES = 'pledges';

/** The deal document, or the one that amends it, readable. @throws FileUnusable with the first thing wrong in it */
export function readDeal(files: PublishedFiles, path = 'deal.yaml'): Deal {
  const { deal, diagnostics } = parseDeal(textOfFile(files, path));
  const [first] = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (!deal) throw new FileUnusable(path, `line ${first?.line}, column ${first?.column}: ${first?.message}`);
  return deal;
}

/** The path of the published document that pays a period. */
export function documentOf(files: PublishedFiles, period: number): string {
  const amended = Object.keys(files).flatMap((path) => {
    const [, from] = /^amended-([1-9]\d*)\.yaml$/.exec(path) ?? [];
    return from !== undefined && Number(from) <= period ? [Number(from)] : [];
  });
  return amended.length === 0 ? 'deal.yaml' : `amended-${Math.max(...amended)}.yaml`;
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
async function checkManifest(rpc: Rpc, files: PublishedFiles, compiled: CompiledDeal, first: Era): Promise<string> {
  const manifest = jsonOfFile(files, 'manifest.json');
  exactMembers('manifest.json', manifest, MEMBERS, [...OPTIONAL, PROGRAM, PLEDGES]);
  const vault = vaultOf(files);
  sameAddress('vault of manifest.json', manifest.vault, vault);
  const chainId = await chainIdOf(rpc);
  if (String(manifest.chainId) !== chainId.toString()) {
    throw new Mismatch(
      `manifest.json is of chain ${String(manifest.chainId)}, the node serves ${chainId}: change --rpc`,
    );
  }
  same('programHash of manifest.json', manifest.programHash, first.programHash);
  same('documentHash of manifest.json', manifest.documentHash, first.documentHash);
  if (Object.hasOwn(manifest, PROGRAM)) sameAddress('program of manifest.json', manifest[PROGRAM], first.program);
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

/** The program that pays from a period on; all but the first took the state over by a mapping, as the event says. */
export interface ProvenEra {
  fromPeriod: number;
  compiled: CompiledDeal;
  change: { mapping: CompiledAmendment; event: AmendedEvent } | null;
}

/** A deal whose documents, programs and manifest are those of the vault. */
export interface ProvenDeal {
  /** Of the period that is verified. */
  compiled: CompiledDeal;
  /** From closing up to that period, in order. */
  eras: ProvenEra[];
  cutOffPool: bigint;
  vault: string;
}

/**
 * Compiles the published document, and those that amended it up to a period, and holds them and the manifest against the chain:
 * documents' hashes, programs' bytes, addresses. @throws Mismatch, FileUnusable, ChainUnreadable
 */
export async function proveDeal(rpc: Rpc, files: PublishedFiles, period: number): Promise<ProvenDeal> {
  const cutOffPool = cutOffPoolOf(files);
  const first = await programOf(rpc, vaultOf(files), 1);
  same('the keccak-256 of deal.yaml', hashOf(files, 'deal.yaml'), first.documentHash);
  const compiled = compileDeal(readDeal(files), { cutOffPool });
  const vault = await checkManifest(rpc, files, compiled, first);
  await checkStored(rpc, files, 'deal.yaml', compiled, first);
  const eras: ProvenEra[] = [{ fromPeriod: 1, compiled, change: null }];
  for (const event of await amendmentsUpTo(rpc, vault, period)) {
    const old = eras.at(-1)?.compiled ?? compiled;
    eras.push(await proveAmendment(rpc, files, vault, { old, event, cutOffPool }));
  }
  return { compiled: eras.at(-1)?.compiled ?? compiled, eras, cutOffPool, vault };
}

const hashOf = (files: PublishedFiles, path: string): Hex => hexOf(keccak_256(bytesOfFile(files, path)));

async function checkStored(
  rpc: Rpc,
  files: PublishedFiles,
  path: string,
  compiled: CompiledDeal,
  { program }: Era,
): Promise<void> {
  if (hexOf(await storedProgramOf(rpc, program)) === hexOf(compiled.program.bytes)) return;
  throw new Mismatch(
    `${path} over a cut-off pool of ${String(jsonOfFile(files, 'manifest.json').cutOffPool)} compiles to program ` +
      `${compiled.program.hash}, which is not the one stored on chain: take ${path} and manifest.json as published`,
  );
}

/** The document that amended the deal from a period on, and the mapping that it and the old one give. */
async function proveAmendment(
  rpc: Rpc,
  files: PublishedFiles,
  vault: string,
  given: { old: CompiledDeal; event: AmendedEvent; cutOffPool: bigint },
): Promise<ProvenEra> {
  const { old, event, cutOffPool } = given;
  const { fromPeriod } = event;
  const path = `amended-${fromPeriod}.yaml`;
  same(`the keccak-256 of ${path}`, hashOf(files, path), event.documentHash);
  const document = readDeal(files, path);
  const compiled = compileDeal(document, { cutOffPool });
  const era = await programOf(rpc, vault, fromPeriod);
  same(`the program of ${path}`, compiled.program.hash, event.programHash);
  await checkStored(rpc, files, path, compiled, era);
  const mapping = compileAmendment(old, compiled, fromPeriod, document);
  same(`the mapping of ${path}`, mapping.program.hash, event.mappingHash);
  return { fromPeriod, compiled, change: { mapping, event } };
}
