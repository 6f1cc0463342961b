// A sample that is the same each time: mutants in the order of a hash of the seed and their name, the first of them taken.
import { createHash } from 'node:crypto';

/** `size` of the mutants in their order, or all of them; the smaller of two samples of a seed is part of the larger. */
export function drawn(mutants, size, seed) {
  if (mutants.length <= size) return mutants;
  const keyOf = ({ id }) => createHash('sha256').update(`${seed} ${id}`).digest('hex');
  const keyed = mutants.map((mutant) => ({ id: mutant.id, key: keyOf(mutant) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  const taken = new Set(keyed.slice(0, size).map(({ id }) => id));
  return mutants.filter(({ id }) => taken.has(id));
}
