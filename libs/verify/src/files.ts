import { canonicalJson } from '@weir/money';
import { FileUnusable } from './errors.js';
import type { PublishedFiles } from './types.js';

/** The bytes of a published file. @throws FileUnusable */
export function bytesOfFile(files: PublishedFiles, path: string): Uint8Array {
  const bytes = files[path];
  if (!bytes) throw new FileUnusable(path, 'the file is missing');
  return bytes;
}

/** A published file as text; no byte is dropped or replaced, a byte order mark included. @throws FileUnusable */
export function textOfFile(files: PublishedFiles, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOfFile(files, path));
  } catch (error) {
    if (error instanceof FileUnusable) throw error;
    throw new FileUnusable(path, 'it is not UTF-8 text');
  }
}

/** A JSON object from a published file that is in canonical form, byte for byte. @throws FileUnusable */
export function jsonOfFile(files: PublishedFiles, path: string): Record<string, unknown> {
  const text = textOfFile(files, path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileUnusable(path, 'it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FileUnusable(path, 'it is not a JSON object');
  }
  // One form and no other: a space more, a member twice or 1.0 for 1 would otherwise be an edit that nothing shows.
  if (canonicalJson(value) !== text) throw new FileUnusable(path, 'it is not in canonical form');
  return value as Record<string, unknown>;
}
