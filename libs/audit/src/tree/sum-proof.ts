import type { Hex } from '@weir/money';
import { leafNode, parentNode, rootHash, type SumNode } from './node-hash.js';

/** One loan's line in a published tree: its salted id (32 bytes) and its unsigned sums. */
export interface SumLeaf {
  id: Hex;
  sums: bigint[];
}

/** The path from a leaf to the root. Which side a sibling is on follows from index and count, so it cannot be chosen. */
export interface SumProof {
  /** Place of the leaf, from 0. */
  index: number;
  /** Number of leaves of the tree. */
  count: number;
  /** From the leaf upwards; levels on which the node is promoted alone have none. */
  siblings: SumNode[];
}

const HASH = /^0x[0-9a-f]{64}$/;

function climb(leaf: SumLeaf, proof: SumProof): SumNode | null {
  const siblings = [...proof.siblings];
  let node = leafNode(leaf);
  let index = proof.index;
  for (let width = proof.count; width > 1; width = Math.ceil(width / 2), index = Math.floor(index / 2)) {
    if (index === width - 1 && width % 2 === 1) continue;
    const sibling = siblings.shift();
    if (!sibling || !HASH.test(sibling.hash) || sibling.sums.length !== node.sums.length) return null;
    node = index % 2 === 0 ? parentNode(node, sibling) : parentNode(sibling, node);
  }
  return siblings.length === 0 ? node : null;
}

/** The root and the total sums a leaf and its path lead to; null when the path does not fit its index and count. */
export function rootOfProof(leaf: SumLeaf, proof: SumProof): { root: Hex; sums: bigint[] } | null {
  const { index, count } = proof;
  if (!Number.isSafeInteger(count) || !Number.isInteger(index) || index < 0 || index >= count) return null;
  if (!HASH.test(leaf.id)) return null;
  try {
    const top = climb(leaf, proof);
    return top && { root: rootHash(top, count), sums: top.sums };
  } catch {
    // A sum out of range is a forged proof, and the answer to a forged proof is no.
    return null;
  }
}

/**
 * Whether the leaf is in the tree of `root`; with `totals`, also whether these are the tree's total sums. The root
 * commits to the totals and to the number of leaves.
 */
export function verifySumProof(leaf: SumLeaf, proof: SumProof, root: Hex, totals?: readonly bigint[]): boolean {
  const reached = rootOfProof(leaf, proof);
  if (reached === null || reached.root !== root.toLowerCase()) return false;
  if (totals === undefined) return true;
  return totals.length === reached.sums.length && totals.every((total, column) => total === reached.sums[column]);
}
