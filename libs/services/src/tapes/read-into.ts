import { type Field, type ReadRow, streamTape, TapeUnreadable, type TapeResult } from '@weir/collateral';
import type { OpenedTape } from './open-source.js';

/** Bytes that a loan key may have: an index of Postgres holds no more than 2,704. */
const MOST_KEY_BYTES = 2_000;

/** Where sound rows go; made when the first of them has told its month. */
export interface RowSink {
  add(rows: readonly ReadRow[]): Promise<void>;
  end(): Promise<void>;
}

function checkKeys(rows: readonly ReadRow[]): void {
  for (const { key, row } of rows) {
    // A character is three bytes at most in UTF-8 as UTF-16 counts it.
    if (key === null || key.length * 3 <= MOST_KEY_BYTES || Buffer.byteLength(key) <= MOST_KEY_BYTES) continue;
    const detail = `the loan key has more than ${MOST_KEY_BYTES} bytes`;
    throw new TapeUnreadable('key', row, detail, 'name columns as the loan key that hold numbers of loans');
  }
}

/** A tape that was read to its end. */
export interface TapeRead {
  readonly result: TapeResult;
  /** Why the sink did not take the rows: a loan key twice, for one, which the result then tells. Null when it did. */
  readonly refused: Error | null;
}

/**
 * Reads a tape to its end and hands on its rows until one is blocked: then nothing of it is kept, and only what is wrong
 * with the rest is looked for. The sink has ended when this returns or throws.
 * @param begin makes the sink when the first row has told the month; fields are in the order of rows' values
 * @throws TapeUnreadable, MissingColumns, and what `begin` throws
 */
export async function readInto(
  { source, options }: OpenedTape,
  begin: (first: ReadRow, fields: readonly Field[]) => Promise<RowSink>,
): Promise<TapeRead> {
  const stream = streamTape(source, options);
  let sink: RowSink | null = null;
  let sound = true;
  let refused = null as Error | null;
  const trying = async (work: () => Promise<void>): Promise<void> => {
    await work().catch((error: Error) => {
      refused ??= error;
      sound = false;
    });
  };
  try {
    for await (const rows of stream.rows()) {
      const [first] = rows;
      if (!sound || first === undefined) continue;
      checkKeys(rows);
      sound = rows.every(({ blocked }) => !blocked);
      if (!sound) continue;
      const open = (sink ??= await begin(first, stream.fields));
      await trying(() => open.add(rows));
    }
  } finally {
    const open = sink as RowSink | null;
    if (open !== null) await trying(() => open.end());
  }
  return { result: stream.result(), refused };
}
