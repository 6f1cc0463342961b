/** Where a formula names a value. */
export interface Reference {
  at: number;
  path: string;
}

/** A name that a value is made of; `via` is where a formula says so, if one does. */
export interface Part {
  name: string;
  via: Reference | null;
}

/** Names that are made of each other, the first again at the end; `via` is where a formula closes the circle. */
export interface Circle {
  names: string[];
  via: Reference | null;
}

interface Visit {
  name: string;
  via: Reference | null;
  left: Part[];
}

/**
 * Names in an order in which each comes after all that it is made of, and the circles that prevent it. Walks without
 * recursion: a document may chain as many names as it likes.
 */
export function orderOf(
  names: Iterable<string>,
  partsOf: (name: string) => Part[],
): { order: string[]; circles: Circle[] } {
  const order: string[] = [];
  const circles: Circle[] = [];
  const met = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string, via: Reference | null): Visit => {
    met.add(name);
    open.add(name);
    return { name, via, left: partsOf(name).reverse() };
  };
  for (const first of names) {
    const chain = met.has(first) ? [] : [visit(first, null)];
    for (let last = chain.at(-1); last; last = chain.at(-1)) {
      const part = last.left.pop();
      if (!part) {
        order.push(last.name);
        open.delete(last.name);
        chain.pop();
      } else if (open.has(part.name)) {
        const from = chain.findIndex(({ name }) => name === part.name);
        const circle = chain.slice(from);
        const via = part.via ?? circle.findLast((each, i) => i > 0 && each.via)?.via ?? null;
        circles.push({ names: [...circle.map(({ name }) => name), part.name], via });
      } else if (!met.has(part.name)) {
        chain.push(visit(part.name, part.via));
      }
    }
  }
  return { order, circles };
}
