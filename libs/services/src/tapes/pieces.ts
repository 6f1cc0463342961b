/** Bytes that are read at once: few rows at a time are gone before the collector looks at them twice. */
const SMALL = 1 << 16;

/** Pieces cut small. */
export async function* small(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += SMALL) yield piece.subarray(at, at + SMALL);
  }
}

/** The same pieces, each asked for while the one before is in use, so that nobody waits for it. */
export async function* ahead(pieces: AsyncGenerator<Uint8Array, unknown>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = pieces.next(); ;) {
      const { done, value } = await next;
      if (done === true) return;
      next = pieces.next();
      // Its failure is told when its turn comes, and to nobody when the reader stops before.
      next.catch(() => undefined);
      yield value as Uint8Array;
    }
  } finally {
    await pieces.return(undefined);
  }
}
