import type { Hex } from '@weir/money';
import { ProofMalformed } from './errors.js';
import type { SumNode } from './node-hash.js';
import type { SumLeaf, SumProof } from './sum-proof.js';

/** Sums are integers in the unit of the tree (cents for loans), as decimal strings without a point. */
export interface SumLeafJson {
  id: Hex;
  sums: string[];
}

export interface SumProofJson {
  index: number;
  count: number;
  siblings: { hash: Hex; sums: string[] }[];
}

export function leafToJson(leaf: SumLeaf): SumLeafJson {
  return { id: leaf.id, sums: leaf.sums.map(String) };
}

export function proofToJson(proof: SumProof): SumProofJson {
  const siblings = proof.siblings.map(({ hash, sums }) => ({ hash, sums: sums.map(String) }));
  return { index: proof.index, count: proof.count, siblings };
}

type Fields = Record<string, unknown>;

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ProofMalformed(path);
  return value as Fields;
}

function hashOf(value: unknown, path: string): Hex {
  if (typeof value !== 'string' || !/^0x[0-9a-f]{64}$/.test(value)) throw new ProofMalformed(path);
  return value as Hex;
}

function sumsOf(value: unknown, path: string): bigint[] {
  if (!Array.isArray(value)) throw new ProofMalformed(path);
  return value.map((sum, column) => {
    if (typeof sum !== 'string' || !/^(0|[1-9]\d{0,38})$/.test(sum)) throw new ProofMalformed(`${path}[${column}]`);
    return BigInt(sum);
  });
}

function natural(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new ProofMalformed(path);
  return value;
}

/** @throws ProofMalformed naming the place */
export function leafFromJson(value: unknown): SumLeaf {
  const { id, sums } = fieldsOf(value, 'leaf');
  return { id: hashOf(id, 'leaf.id'), sums: sumsOf(sums, 'leaf.sums') };
}

/** @throws ProofMalformed naming the place */
export function proofFromJson(value: unknown): SumProof {
  const { index, count, siblings } = fieldsOf(value, 'proof');
  if (!Array.isArray(siblings) || siblings.length > 64) throw new ProofMalformed('proof.siblings');
  return {
    index: natural(index, 'proof.index'),
    count: natural(count, 'proof.count'),
    siblings: siblings.map((item: unknown, i): SumNode => {
      const { hash, sums } = fieldsOf(item, `proof.siblings[${i}]`);
      return { hash: hashOf(hash, `proof.siblings[${i}].hash`), sums: sumsOf(sums, `proof.siblings[${i}].sums`) };
    }),
  };
}
