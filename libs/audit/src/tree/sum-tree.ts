import type { Hex } from '@weir/money';
import { TreeInputInvalid } from './errors.js';
import { leafNode, parentNode, rootHash, type SumNode } from './node-hash.js';
import type { SumLeaf, SumProof } from './sum-proof.js';

/** A Merkle-sum tree: its root commits to every leaf, to the total of every column and to the number of leaves. */
export interface SumTree {
  root: Hex;
  /** Totals by column. */
  sums: bigint[];
  count: number;
  /** @throws TreeInputInvalid when there is no leaf i */
  proof(i: number): SumProof;
}

function nextLevel(nodes: readonly SumNode[]): SumNode[] {
  const parents: SumNode[] = [];
  for (let i = 0; i < nodes.length; i += 2) {
    const left = nodes[i] as SumNode;
    const right = nodes[i + 1];
    // An odd last node moves up as it is: hashing it with itself would count it twice.
    parents.push(right ? parentNode(left, right) : left);
  }
  return parents;
}

function assertLeaves(leaves: readonly SumLeaf[]): void {
  const width = leaves[0]?.sums.length;
  if (width === undefined) throw new TreeInputInvalid('no-leaves', 'give at least one leaf');
  const ids = new Set<string>();
  leaves.forEach(({ id, sums }, index) => {
    if (!/^0x[0-9a-f]{64}$/.test(id)) throw new TreeInputInvalid('width', `the id of leaf ${index} is not 32 bytes`);
    if (sums.length !== width) throw new TreeInputInvalid('width', `leaf ${index} has not ${width} sums`);
    if (ids.has(id)) throw new TreeInputInvalid('duplicate-id', `leaf ${index} repeats ${id}; a loan counts once`);
    ids.add(id);
  });
}

/**
 * Builds the tree over leaves in the given order (see `sortLeaves` for one that tells nothing of the tape's).
 * @throws TreeInputInvalid without leaves, on a repeated id or on leaves of different widths
 * @throws SumOutOfRange when a sum is negative or a total reaches 2^128
 */
export function buildSumTree(leaves: readonly SumLeaf[]): SumTree {
  assertLeaves(leaves);
  const levels: SumNode[][] = [leaves.map(leafNode)];
  for (let level = levels[0] as SumNode[]; level.length > 1; levels.push(level)) level = nextLevel(level);
  const top = levels.at(-1)?.[0] as SumNode;
  return {
    root: rootHash(top, leaves.length),
    sums: top.sums,
    count: leaves.length,
    proof: (i) => proofOf(levels, i),
  };
}

function proofOf(levels: readonly SumNode[][], index: number): SumProof {
  const count = levels[0]?.length ?? 0;
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new TreeInputInvalid('no-such-leaf', `leaf ${index} of ${count} was asked for`);
  }
  const siblings: SumNode[] = [];
  levels.forEach((nodes, level) => {
    const place = Math.floor(index / 2 ** level);
    const sibling = nodes[place % 2 === 0 ? place + 1 : place - 1];
    if (sibling) siblings.push({ hash: sibling.hash, sums: [...sibling.sums] });
  });
  return { index, count, siblings };
}

/** Leaves by salted id, an order that says nothing about the tape. */
export function sortLeaves<L extends SumLeaf>(leaves: readonly L[]): L[] {
  return leaves.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
