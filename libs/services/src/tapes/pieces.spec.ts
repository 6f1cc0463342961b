import { describe, expect, it } from '@jest/globals';
import { ahead, small } from './pieces.js';

const gathered = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> => {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
};

describe('pieces of a file', () => {
  async function* pieces(fail: number | null, log: string[] = []): AsyncGenerator<Uint8Array> {
    try {
      for (let number = 0; number < 3; number++) {
        log.push(`asked for ${number}`);
        if (number === fail) throw new RangeError('damaged');
        yield Uint8Array.of(number);
      }
    } finally {
      log.push('closed');
    }
  }

  it('come in order, the next being asked for while one is in use', async () => {
    const log: string[] = [];
    for await (const [number] of ahead(pieces(null, log))) {
      await Promise.resolve();
      log.push(`used ${number}`);
    }
    expect(log).toEqual(['asked for 0', 'asked for 1', 'used 0', 'asked for 2', 'used 1', 'closed', 'used 2']);
  });

  it('fail when the one that failed is reached, and are closed when the reader stops before', async () => {
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const [number = -1] of ahead(pieces(1))) seen.push(number);
    };
    await expect(read()).rejects.toThrow('damaged');
    expect(seen).toEqual([0]);
    const log: string[] = [];
    for await (const _ of ahead(pieces(1, log))) break;
    expect(log.at(-1)).toBe('closed');
  });

  it('are cut small', async () => {
    async function* large() {
      yield new Uint8Array(150_000).fill(1);
      yield new Uint8Array(0);
      yield Uint8Array.of(2);
    }
    expect((await gathered(small(large()))).map((piece) => piece.length)).toEqual([65_536, 65_536, 18_928, 1]);
  });
});
