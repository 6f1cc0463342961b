import { canonicalJson, formatMoney, type Hex } from '@weir/money';
import { fileOf, type PublishedFile } from './file.js';

/** What manifest.json names: where the deal lives on chain, and what it was compiled from. */
export interface Manifest {
  readonly chainId: bigint;
  readonly vault: Hex;
  readonly cash: Hex;
  readonly registry: Hex;
  readonly offering: Hex;
  /** The registry in which the pool's loans are pledged; null for a deal that closed without pledges. */
  readonly pledges: Hex | null;
  /** By tranche. */
  readonly tokens: Readonly<Record<string, Hex>>;
  readonly programHash: Hex;
  readonly documentHash: Hex;
  /** Cents. */
  readonly cutOffPool: bigint;
}

/** The files of a deal that belong to no single period: its documents, exactly as written (`amended-N.yaml` pays from period N on), and its manifest. */
export function dealFiles(
  document: string,
  manifest: Manifest,
  amendments: readonly { readonly fromPeriod: number; readonly document: string }[] = [],
): PublishedFile[] {
  const chainId = manifest.chainId.toString();
  const cutOffPool = formatMoney(manifest.cutOffPool);
  const { pledges, ...others } = manifest;
  const named = { ...others, chainId, cutOffPool, ...(pledges !== null && { pledges }) };
  return [
    fileOf('deal.yaml', document),
    fileOf('manifest.json', canonicalJson(named)),
    ...amendments.map((amendment) => fileOf(`amended-${amendment.fromPeriod}.yaml`, amendment.document)),
  ];
}
