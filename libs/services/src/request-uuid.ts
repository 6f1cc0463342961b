import { createHash } from 'node:crypto';
import type { Actor, Idempotency } from '@weir/persistence';

/**
 * An id that the request determines: a digest of who asks under which idempotency key, in the form of a version 8 UUID
 * (RFC 9562), so that the same request sent again makes the same thing.
 */
export function requestUuid(actor: Actor, idempotency: Idempotency): string {
  const request = JSON.stringify([actor.organisationId, actor.userId, idempotency.key]);
  const hex = [...createHash('sha256').update(request).digest('hex').slice(0, 32)];
  hex[12] = '8';
  hex[16] = ((parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
