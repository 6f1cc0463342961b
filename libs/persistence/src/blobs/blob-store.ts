import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { BlobDamaged, BlobKeyLength, BlobNotFound } from './blob.errors.js';
import { readBlobPieces, storeBlobPieces, type ReadOnce, type StoredPieces } from './blob-pieces.js';
import { seal, unseal, type Sealed } from './seal.js';

/** A file's bytes in clear with their media type. */
export interface Blob {
  bytes: Uint8Array;
  mediaType: string;
}

type BlobRow = Sealed & { media_type: string };

/**
 * Files in Postgres, addressed by the SHA-256 of their clear bytes (64 hex digits) and encrypted with AES-256-GCM. The
 * address is authenticated with the bytes, so rows cannot be exchanged. Knowing the address is the right to read:
 * keep addresses in rows that row-level security protects.
 */
export class BlobStore {
  /** @param key 32 bytes @throws BlobKeyLength */
  constructor(private readonly key: Uint8Array) {
    if (key.length !== 32) throw new BlobKeyLength(key.length);
  }

  /** Stores bytes in the caller's transaction; the same bytes are stored once. */
  async put(manager: EntityManager, bytes: Uint8Array, mediaType: string): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { nonce, tag, bytes: encrypted } = seal(this.key, sha256, bytes);
    await this.name(manager, sha256);
    await manager.query(
      `INSERT INTO weir.blob (sha256, media_type, size, nonce, tag, bytes) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING`,
      [sha256, mediaType, bytes.length, nonce, tag, encrypted],
    );
    return sha256;
  }

  /** @throws BlobNotFound, BlobDamaged */
  async get(manager: EntityManager, sha256: string): Promise<Blob> {
    await this.name(manager, sha256);
    const rows: BlobRow[] = await manager.query(
      'SELECT media_type, nonce, tag, bytes FROM weir.blob WHERE sha256 = $1',
      [sha256],
    );
    const row = rows[0];
    if (!row) throw new BlobNotFound(sha256);
    return { bytes: this.decrypt(sha256, row), mediaType: row.media_type };
  }

  private name(manager: EntityManager, sha256: string): Promise<unknown> {
    return manager.query(`SELECT set_config('weir.blob', $1, true)`, [sha256]);
  }

  /**
   * Stores a file of any size piece by piece in the caller's transaction, holding one piece of it; the same bytes are
   * stored once. Whatever `pieces` throws leaves nothing when the transaction is rolled back.
   */
  putPieces(
    manager: EntityManager,
    pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    mediaType: string,
  ): Promise<StoredPieces> {
    return storeBlobPieces(manager, this.key, pieces, mediaType);
  }

  /**
   * The bytes of a stored file in pieces, each read in a transaction of its own, so that the caller's may copy meanwhile.
   * Files that were stored whole come as one piece.
   * @throws BlobNotFound, BlobDamaged (at the end, when the pieces do not add up to what the address says)
   */
  async *pieces(read: ReadOnce, sha256: string): AsyncGenerator<Uint8Array> {
    const found = yield* readBlobPieces(read, this.key, sha256);
    if (!found) yield (await read((manager) => this.get(manager, sha256))).bytes;
  }

  private decrypt(sha256: string, row: BlobRow): Uint8Array {
    const clear = unseal(this.key, sha256, row);
    if (clear === null) throw new BlobDamaged(sha256);
    return new Uint8Array(clear);
  }
}
