import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes under AES-256-GCM as they are stored. */
export interface Sealed {
  readonly nonce: Buffer;
  readonly tag: Buffer;
  readonly bytes: Buffer;
}

/** GCM has given all bytes before its last step, so that nothing is copied. */
const joined = (bytes: Buffer, last: Buffer): Buffer => (last.length === 0 ? bytes : Buffer.concat([bytes, last]));

/** Encrypts bytes; `name` is authenticated with them, so that rows cannot be exchanged. */
export function seal(key: Uint8Array, name: string, clear: Uint8Array): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const bytes = joined(cipher.update(clear), cipher.final());
  return { nonce, tag: cipher.getAuthTag(), bytes };
}

/** The clear bytes; null when key, name, tag and bytes do not belong together. */
export function unseal(key: Uint8Array, name: string, { nonce, tag, bytes }: Sealed): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  decipher.setAuthTag(tag);
  try {
    return joined(decipher.update(bytes), decipher.final());
  } catch {
    return null;
  }
}
