import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  Injectable,
  SetMetadata,
  applyDecorators,
  createParamDecorator,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Idempotency } from '@weir/persistence';
import { IdempotencyKeyMissing, Services } from '@weir/services';
import { NO_KEY_EXTENSION } from './openapi.js';

const NO_KEY = 'weir:no-idempotency-key';
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Eight to two hundred printable ASCII characters. */
const KEY = /^[\x21-\x7e]{8,200}$/;

type KeyedRequest = FastifyRequest & { idempotency?: Idempotency };

/** For a route that changes nothing although its method says so. */
export const WithoutIdempotencyKey = (): MethodDecorator =>
  applyDecorators(SetMetadata(NO_KEY, true), ApiExtension(NO_KEY_EXTENSION, true));

/** True when the handler takes no idempotency key although its method is a write. */
export function needsNoKey(reflector: Reflector, handler: () => unknown): boolean {
  return reflector.get<boolean | undefined>(NO_KEY, handler) ?? false;
}

/** The request's idempotency: its key, and a hash of what was asked. */
export const Idempotent = createParamDecorator((_: unknown, context: ExecutionContext): Idempotency => {
  const { idempotency } = context.switchToHttp().getRequest<KeyedRequest>();
  if (idempotency === undefined) throw new IdempotencyKeyMissing();
  return idempotency;
});

/**
 * Refuses a write without a usable Idempotency-Key header, and hashes what was asked (method, path, body), so that the
 * same key with another request is told apart. The hash is keyed: some bodies hold a password, which the stored hash
 * must not help to guess.
 */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  private readonly hashKey: Buffer;

  constructor(
    private readonly reflector: Reflector,
    services: Services,
  ) {
    this.hashKey = createHmac('sha256', services.context.sessionKey).update('weir.idempotency').digest();
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<KeyedRequest>();
    const handler = context.getHandler() as () => unknown;
    if (READS.has(request.method) || needsNoKey(this.reflector, handler)) return true;
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !KEY.test(key)) throw new IdempotencyKeyMissing();
    request.idempotency = { key, bodyHash: this.hashOf(request) };
    return true;
  }

  private hashOf({ method, url, body }: FastifyRequest): string {
    // A file has not been read yet: its use case adds the file's own hash.
    const bytes = Buffer.from(JSON.stringify(body instanceof Readable ? 'file' : (body ?? null)));
    return createHmac('sha256', this.hashKey).update(`${method} ${url}\n`).update(bytes).digest('hex');
  }
}
