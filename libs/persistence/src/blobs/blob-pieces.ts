import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { BlobDamaged } from './blob.errors.js';
import { seal, unseal, type Sealed } from './seal.js';

/** Runs one read in a transaction of its own. */
export type ReadOnce = <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>;

/** A file that was stored in pieces. */
export interface StoredPieces {
  readonly sha256: string;
  /** Bytes in clear. */
  readonly size: number;
}

/** Bytes of a stored piece. */
const PIECE = 1 << 20;

/** Pieces that are read in one transaction. */
const READ_AT_ONCE = 4;

const nameOf = (uploadId: string, ordinal: number): string => `${uploadId}/${ordinal}`;

/** Pieces of one size, the last one smaller, whatever sizes they come in; each is good until the next. */
async function* even(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
  const held = Buffer.allocUnsafe(PIECE);
  let bytes = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + PIECE - bytes);
      held.set(part, bytes);
      bytes += part.length;
      at += part.length;
      if (bytes < PIECE) continue;
      yield held;
      bytes = 0;
    }
  }
  if (bytes > 0) yield held.subarray(0, bytes);
}

const naming = (manager: EntityManager, setting: 'blob' | 'blob_upload', value: string): Promise<unknown> =>
  manager.query(`SELECT set_config('weir.${setting}', $1, true)`, [value]);

/** Stores the pieces under an upload of their own, and the upload under the SHA-256 of them all. */
export async function storeBlobPieces(
  manager: EntityManager,
  key: Uint8Array,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  mediaType: string,
): Promise<StoredPieces> {
  const uploadId = randomUUID();
  const hash = createHash('sha256');
  let [ordinal, size] = [0, 0];
  // A piece is stored while the next one comes in and is encrypted.
  let storing: Promise<unknown> = Promise.resolve();
  await naming(manager, 'blob_upload', uploadId);
  await manager.query('SAVEPOINT blob_pieces');
  for await (const piece of even(pieces)) {
    hash.update(piece);
    size += piece.length;
    const { nonce, tag, bytes } = seal(key, nameOf(uploadId, ordinal), piece);
    await storing;
    storing = manager.query(
      'INSERT INTO weir.blob_piece (upload_id, ordinal, nonce, tag, bytes) VALUES ($1, $2, $3, $4, $5)',
      [uploadId, ordinal, nonce, tag, bytes],
    );
    // A failure is told where it is waited for, even when the sender fails before.
    storing.catch(() => undefined);
    ordinal++;
  }
  await storing;
  const sha256 = hash.digest('hex');
  await naming(manager, 'blob', sha256);
  const added: unknown[] = await manager.query(
    `INSERT INTO weir.blob_upload (sha256, upload_id, media_type, size, pieces) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING RETURNING 1`,
    [sha256, uploadId, mediaType, size, ordinal],
  );
  // The same file is stored already: these pieces are not needed.
  if (added.length === 0) await manager.query('ROLLBACK TO SAVEPOINT blob_pieces');
  return { sha256, size };
}

/** Stored pieces from one on, as many as are read at once; fewer at the end. */
function readPieces(read: ReadOnce, uploadId: string, from: number): Promise<(Sealed & { ordinal: number })[]> {
  return read(async (manager) => {
    await naming(manager, 'blob_upload', uploadId);
    return manager.query(
      `SELECT ordinal, nonce, tag, bytes FROM weir.blob_piece
        WHERE upload_id = $1 AND ordinal >= $2 AND ordinal < $3 ORDER BY ordinal`,
      [uploadId, from, from + READ_AT_ONCE],
    );
  });
}

/** All stored pieces in order, some being read while those before are in use. */
async function* storedPieces(
  read: ReadOnce,
  { upload_id: uploadId, pieces }: { upload_id: string; pieces: number },
): AsyncGenerator<Sealed & { ordinal: number }> {
  let reading = readPieces(read, uploadId, 0);
  try {
    for (let from = 0; from < pieces; from += READ_AT_ONCE) {
      const rows = await reading;
      if (from + READ_AT_ONCE < pieces) reading = readPieces(read, uploadId, from + READ_AT_ONCE);
      // Its failure is told when its turn comes.
      reading.catch(() => undefined);
      yield* rows;
    }
  } finally {
    // Whoever stops before leaves no connection in use.
    await reading.catch(() => undefined);
  }
}

/** Yields the pieces of a file; gives false when the file was not stored in pieces. @throws BlobDamaged */
export async function* readBlobPieces(
  read: ReadOnce,
  key: Uint8Array,
  sha256: string,
): AsyncGenerator<Uint8Array, boolean> {
  const [upload] = await read(async (manager): Promise<{ upload_id: string; pieces: number }[]> => {
    await naming(manager, 'blob', sha256);
    return manager.query('SELECT upload_id, pieces FROM weir.blob_upload WHERE sha256 = $1', [sha256]);
  });
  if (upload === undefined) return false;
  const hash = createHash('sha256');
  for await (const { ordinal, ...sealed } of storedPieces(read, upload)) {
    const clear = unseal(key, nameOf(upload.upload_id, ordinal), sealed);
    if (clear === null) throw new BlobDamaged(sha256);
    hash.update(clear);
    yield clear;
  }
  // A piece that is not there shows here.
  if (hash.digest('hex') !== sha256) throw new BlobDamaged(sha256);
  return true;
}
