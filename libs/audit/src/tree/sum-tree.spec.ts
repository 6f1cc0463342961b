import { describe, expect, it } from '@jest/globals';
import { keccak256, solidityPacked } from 'ethers';
import fc from 'fast-check';
import type { Hex } from '@weir/money';
import {
  buildSumTree,
  leafFromJson,
  leafToJson,
  proofFromJson,
  type ProofMalformed,
  proofToJson,
  rootOfProof,
  sortLeaves,
  SumOutOfRange,
  TreeInputInvalid,
  verifySumProof,
  type SumLeaf,
} from '../index.js';

const idOf = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const leaf = (n: number, ...sums: bigint[]): SumLeaf => ({ id: idOf(n), sums });

/** The encoding of the tree once more, by ethers: prefix, ids and hashes as bytes32, sums as uint128. */
const packed = (...fields: [string, unknown][]): Hex =>
  keccak256(
    solidityPacked(
      fields.map(([type]) => type),
      fields.map(([, value]) => value),
    ),
  ) as Hex;
const leafHash = (n: number, sum: bigint): Hex => packed(['uint8', 0], ['bytes32', idOf(n)], ['uint128', sum]);
const nodeHash = (a: Hex, x: bigint, b: Hex, y: bigint): Hex =>
  packed(['uint8', 1], ['bytes32', a], ['uint128', x], ['bytes32', b], ['uint128', y]);

describe('a sum tree', () => {
  it('commits to leaves, sums of both children, totals and leaf count, the odd node promoted', () => {
    const tree = buildSumTree([leaf(1, 10n), leaf(2, 20n), leaf(3, 300n)]);

    const left = nodeHash(leafHash(1, 10n), 10n, leafHash(2, 20n), 20n);
    const top = nodeHash(left, 30n, leafHash(3, 300n), 300n);
    const root = packed(['uint8', 2], ['uint64', 3], ['uint16', 1], ['bytes32', top], ['uint128', 330n]);
    expect(tree.root).toBe(root);
    expect(tree.sums).toEqual([330n]);
    expect(tree.proof(2).siblings).toEqual([{ hash: left, sums: [30n] }]);
  });

  it('proves every leaf of every size, and its totals; JSON keeps leaf and proof', () => {
    for (let count = 1; count <= 17; count++) {
      const leaves = Array.from({ length: count }, (_, n) => leaf(n, BigInt(n), 1n));
      const tree = buildSumTree(leaves);
      // 0 + 1 + … + (count − 1) = count × (count − 1) ÷ 2
      expect(tree.sums).toEqual([BigInt((count * (count - 1)) / 2), BigInt(count)]);
      leaves.forEach((own, i) => {
        const proof = proofFromJson(JSON.parse(JSON.stringify(proofToJson(tree.proof(i)))));
        const same = leafFromJson(JSON.parse(JSON.stringify(leafToJson(own))));
        expect(verifySumProof(same, proof, tree.root, tree.sums)).toBe(true);
      });
    }
  });

  it('has another root for any other amount, order or number of leaves', () => {
    const base = [leaf(1, 10n), leaf(2, 20n), leaf(3, 300n)];
    const others = [
      [leaf(1, 11n), leaf(2, 20n), leaf(3, 300n)],
      [leaf(1, 20n), leaf(2, 10n), leaf(3, 300n)],
      [leaf(2, 20n), leaf(1, 10n), leaf(3, 300n)],
      [leaf(1, 10n), leaf(2, 20n), leaf(3, 300n), leaf(4, 0n)],
      [leaf(1, 10n), leaf(2, 20n)],
    ];
    const roots = [base, ...others].map((leaves) => buildSumTree(leaves).root);
    expect(new Set(roots).size).toBe(6);
  });

  it('sorts leaves by id', () => {
    expect(sortLeaves([leaf(2, 1n), leaf(1, 2n)])).toEqual([leaf(1, 2n), leaf(2, 1n)]);
  });

  it.each<[string, SumLeaf[], string]>([
    ['no leaves', [], 'no-leaves'],
    ['a repeated id', [leaf(1, 1n), leaf(1, 1n)], 'duplicate-id'],
    ['different widths', [leaf(1, 1n), leaf(2, 1n, 1n)], 'width'],
    ['a short id', [{ id: '0x01', sums: [1n] }], 'width'],
  ])('refuses %s', (_, leaves, reason) => {
    expect(() => buildSumTree(leaves)).toThrow(expect.objectContaining({ reason }) as unknown as TreeInputInvalid);
  });

  it('refuses a negative sum, a sum of 2^128 and a total that reaches it', () => {
    expect(() => buildSumTree([leaf(1, -1n)])).toThrow(SumOutOfRange);
    expect(() => buildSumTree([leaf(1, 1n << 128n)])).toThrow(SumOutOfRange);
    expect(() => buildSumTree([leaf(1, (1n << 128n) - 1n), leaf(2, 1n)])).toThrow(SumOutOfRange);
    expect(buildSumTree([leaf(1, (1n << 128n) - 2n), leaf(2, 1n)]).sums).toEqual([(1n << 128n) - 1n]);
  });

  it('refuses a proof for a leaf it has not', () => {
    expect(() => buildSumTree([leaf(1, 1n)]).proof(1)).toThrow(TreeInputInvalid);
  });
});

describe('a forged proof', () => {
  const leaves = [1, 2, 3, 4, 5].map((n) => leaf(n, BigInt(n * 100)));
  const tree = buildSumTree(leaves);

  it('of another amount, index, count, sibling or total is refused', () => {
    const proof = tree.proof(1);
    const own = leaves[1] as SumLeaf;
    expect(verifySumProof(own, proof, tree.root)).toBe(true);
    expect(verifySumProof({ ...own, sums: [201n] }, proof, tree.root)).toBe(false);
    expect(verifySumProof(own, { ...proof, index: 0 }, tree.root)).toBe(false);
    expect(verifySumProof(own, { ...proof, count: 6 }, tree.root)).toBe(false);
    expect(verifySumProof(own, { ...proof, count: 0 }, tree.root)).toBe(false);
    expect(verifySumProof(own, { ...proof, siblings: proof.siblings.slice(1) }, tree.root)).toBe(false);
    expect(verifySumProof(own, { ...proof, siblings: [...proof.siblings, ...proof.siblings] }, tree.root)).toBe(false);
    // 100 + 200 + 300 + 400 + 500 = 1500
    expect(verifySumProof(own, proof, tree.root, [1500n])).toBe(true);
    expect(verifySumProof(own, proof, tree.root, [1501n])).toBe(false);
    expect(verifySumProof(own, proof, tree.root, [])).toBe(false);
  });

  it('with a negative or overflowing sibling sum is refused, even under its own root', () => {
    const proof = tree.proof(0);
    for (const bad of [-200n, 1n << 128n, (1n << 128n) - 1n]) {
      const siblings = proof.siblings.map((node, i) => (i === 0 ? { ...node, sums: [bad] } : node));
      expect(rootOfProof(leaves[0] as SumLeaf, { ...proof, siblings })).toBeNull();
    }
  });

  it('that passes an inner node off as a leaf (second preimage) is refused', () => {
    const inner = tree.proof(4).siblings[0];
    expect(inner?.sums).toEqual([1000n]);
    const forged: SumLeaf = { id: inner?.hash as Hex, sums: [1000n] };
    const siblings = [{ hash: leafHash(5, 500n), sums: [500n] }];
    // The true top node is made of `inner` and leaf 5; as a leaf, `inner` is hashed again under the leaf prefix.
    expect(verifySumProof(forged, { index: 0, count: 2, siblings }, tree.root)).toBe(false);
    expect(verifySumProof(forged, { index: 0, count: 5, siblings }, tree.root)).toBe(false);
  });

  it('never verifies with any one sum changed', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(2), fc.bigInt({ min: 1n, max: 10n ** 6n }), (index, level, more) => {
        const proof = tree.proof(index);
        const place = level % proof.siblings.length;
        const siblings = proof.siblings.map((node, i) =>
          i === place ? { ...node, sums: node.sums.map((sum) => sum + more) } : node,
        );
        return !verifySumProof(leaves[index] as SumLeaf, { ...proof, siblings }, tree.root);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [null, 'proof'],
    [{ index: -1, count: 1, siblings: [] }, 'proof.index'],
    [{ index: 0, count: 1, siblings: [{ hash: '0x', sums: [] }] }, 'proof.siblings[0].hash'],
    [{ index: 0, count: 1, siblings: [{ hash: idOf(1), sums: ['-1'] }] }, 'proof.siblings[0].sums[0]'],
  ])('in JSON is named by its place: %j', (value, path) => {
    expect(() => proofFromJson(value)).toThrow(expect.objectContaining({ path }) as unknown as ProofMalformed);
  });
});
