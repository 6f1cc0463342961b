import { canonicalJson, type Hex } from '@weir/money';
import type { SealedHead } from './verify-audit-log.js';

const FORMAT = 'weir-audit-seal';

/** A seal's file is not one, or not in its one form. */
export class SealUnreadable extends Error {
  override readonly name = 'SealUnreadable';
  constructor() {
    super('the file is no seal of an audit log in canonical form: export it again');
  }
}

/** A seal as a file: head and count of the log when it was taken, in canonical JSON. */
export function sealToJson({ head, count }: SealedHead): string {
  return canonicalJson({ format: FORMAT, version: 1, head, count });
}

/** Reads a seal's file; only what `sealToJson` prints is read. @throws SealUnreadable */
export function sealFromJson(text: string): SealedHead {
  const seal = shapeOf(text);
  if (seal === null || sealToJson(seal) !== text) throw new SealUnreadable();
  return seal;
}

function shapeOf(text: string): SealedHead | null {
  try {
    const { head, count } = JSON.parse(text) as { head?: unknown; count?: unknown };
    if (typeof head !== 'string' || !/^0x[0-9a-f]{64}$/.test(head)) return null;
    return Number.isSafeInteger(count) && (count as number) >= 0 ? { head: head as Hex, count: count as number } : null;
  } catch {
    return null;
  }
}
