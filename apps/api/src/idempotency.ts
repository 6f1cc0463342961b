import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Idempotency } from '@weir/persistence';
import { IdempotencyKeyMissing } from '@weir/services';

/**
 * The request's idempotency: its Idempotency-Key header, and a hash of what was asked (method, path, body), so that
 * the same key with another request is told apart.
 */
export const Idempotent = createParamDecorator((_: unknown, context: ExecutionContext): Idempotency => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 200) throw new IdempotencyKeyMissing();
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.from(JSON.stringify(request.body ?? null));
  const bodyHash = createHash('sha256').update(`${request.method} ${request.url}\n`).update(body).digest('hex');
  return { key, bodyHash };
});
