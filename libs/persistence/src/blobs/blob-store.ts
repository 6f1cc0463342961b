import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { BlobDamaged, BlobKeyLength, BlobNotFound } from './blob.errors.js';

/** A file's bytes in clear with their media type. */
export interface Blob {
  bytes: Uint8Array;
  mediaType: string;
}

interface BlobRow {
  media_type: string;
  nonce: Buffer;
  tag: Buffer;
  bytes: Buffer;
}

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
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(sha256));
    const encrypted = Buffer.concat([cipher.update(bytes), cipher.final()]);
    await this.name(manager, sha256);
    await manager.query(
      `INSERT INTO weir.blob (sha256, media_type, size, nonce, tag, bytes) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING`,
      [sha256, mediaType, bytes.length, nonce, cipher.getAuthTag(), encrypted],
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

  private decrypt(sha256: string, row: BlobRow): Uint8Array {
    const decipher = createDecipheriv('aes-256-gcm', this.key, row.nonce).setAAD(Buffer.from(sha256));
    decipher.setAuthTag(row.tag);
    try {
      return new Uint8Array(Buffer.concat([decipher.update(row.bytes), decipher.final()]));
    } catch {
      throw new BlobDamaged(sha256);
    }
  }
}
