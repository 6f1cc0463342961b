/** A sum of whole multiples of variables and a constant. */
export interface Linear {
  terms: ReadonlyMap<number, bigint>;
  constant: bigint;
}

export const constantOf = (constant: bigint): Linear => ({ terms: new Map(), constant });

export const variable = (id: number): Linear => ({ terms: new Map([[id, 1n]]), constant: 0n });

/** a + factor × b. */
export function added(a: Linear, b: Linear, factor = 1n): Linear {
  const terms = new Map(a.terms);
  for (const [id, coefficient] of b.terms) {
    const sum = (terms.get(id) ?? 0n) + factor * coefficient;
    if (sum === 0n) terms.delete(id);
    else terms.set(id, sum);
  }
  return { terms, constant: a.constant + factor * b.constant };
}

export const scaled = (a: Linear, factor: bigint): Linear => added(constantOf(0n), a, factor);

export const isConstant = ({ terms }: Linear): boolean => terms.size === 0;

/** What must hold: `sum` is at least zero. */
export type AtLeastZero = Linear;

export const atLeast = (a: Linear, b: Linear): AtLeastZero => added(a, b, -1n);
