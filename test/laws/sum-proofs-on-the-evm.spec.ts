import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buildSumTree, LOAN_SUM_COLUMNS, type SumLeaf, type SumProof } from '@weir/audit';
import { artifacts } from '@weir/bindings';
import type { Hex } from '@weir/money';
import { Contract, ContractFactory, toBeHex, type InterfaceAbi } from 'ethers';
import { startAnvil, type TestChain } from '../anvil.js';
import { Random } from './random.js';

jest.setTimeout(120_000);

/** Sums below 2^128 ÷ 64 leaves, so that no total passes the range; some of them zero, as in a real tape. */
const MOST = (1n << 122n) - 1n;

function leavesOf(random: Random, count: number): SumLeaf[] {
  return Array.from({ length: count }, () => ({
    id: toBeHex(random.upTo((1n << 256n) - 1n), 32) as Hex,
    sums: LOAN_SUM_COLUMNS.map(() => (random.chance(40) ? 0n : random.upTo(MOST))),
  }));
}

const plain = (proof: SumProof) => ({
  index: proof.index,
  count: proof.count,
  siblings: proof.siblings.map(({ hash, sums }) => ({ hash, sums: [...sums] })),
});

describe('a path in a tape’s tree', () => {
  let chain: TestChain;
  let harness: Contract;

  beforeAll(async () => {
    chain = await startAnvil();
    const { abi, bytecode } = artifacts.SumProofHarness;
    const factory = new ContractFactory(abi as InterfaceAbi, bytecode, await chain.provider.getSigner(0));
    const deployed = await factory.deploy();
    await deployed.waitForDeployment();
    harness = new Contract(await deployed.getAddress(), abi as InterfaceAbi, chain.provider);
  });

  afterAll(() => chain.stop());

  const rootOf = async (leaf: SumLeaf, proof: SumProof): Promise<{ root: string; totals: bigint[] }> => {
    const [root, totals] = (await harness
      .getFunction('rootOf')
      .staticCall({ id: leaf.id, sums: [...leaf.sums] }, plain(proof))) as [string, bigint[]];
    return { root, totals: [...totals] };
  };

  // Odd and even widths on every level, a tree of one, and powers of two with their neighbours.
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16, 17, 31, 32, 33])(
    'leads to the same root and totals on the EVM, from each of %i leaves',
    async (count) => {
      const leaves = leavesOf(new Random(count), count);
      const tree = buildSumTree(leaves);
      for (const [index, leaf] of leaves.entries()) {
        expect(await rootOf(leaf, tree.proof(index))).toEqual({ root: tree.root, totals: tree.sums });
      }
    },
  );

  it('leads elsewhere from a leaf, place or sibling that was changed', async () => {
    const leaves = leavesOf(new Random(99), 12);
    const tree = buildSumTree(leaves);
    const [leaf, other] = leaves as [SumLeaf, SumLeaf];
    const proof = tree.proof(0);
    const roots = await Promise.all([
      rootOf({ ...leaf, sums: leaf.sums.map((sum, i) => (i === 1 ? sum + 1n : sum)) }, proof),
      rootOf(other, proof),
      rootOf(leaf, { ...proof, index: 1 }),
      rootOf(leaf, { ...proof, count: 11 }),
      rootOf(leaf, { ...proof, siblings: proof.siblings.toReversed() }),
    ]);
    for (const { root } of roots) expect(root).not.toBe(tree.root);
  });
});
