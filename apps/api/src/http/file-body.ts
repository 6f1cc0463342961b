import { Readable } from 'node:stream';
import {
  Injectable,
  PayloadTooLargeException,
  SetMetadata,
  UnsupportedMediaTypeException,
  applyDecorators,
  createParamDecorator,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

const TAKES_FILE = 'weir:takes-file';

/** Media types under which a tape is sent; what it is, its content tells. */
const FILE_TYPES = [
  'text/csv',
  'text/xml',
  'application/xml',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

/** Largest file taken. */
const MAX_FILE_BYTES = 1024 * 1024 * 1024;

/** Declares that the route's body is a file, as it is, and nothing else. */
export function TakesFile(description: string): MethodDecorator {
  return applyDecorators(
    SetMetadata(TAKES_FILE, true),
    ApiConsumes(...FILE_TYPES),
    ApiBody({ description, required: true, schema: { type: 'string', format: 'binary' } }),
  );
}

const tooLarge = (): PayloadTooLargeException =>
  new PayloadTooLargeException(`The file is larger than ${MAX_FILE_BYTES} bytes; hand in one reporting period a file.`);

async function* bounded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > MAX_FILE_BYTES) throw tooLarge();
    yield piece;
  }
}

/** The file in pieces as they arrive; none when the request has no body. It is never held as a whole. */
export const FileBody = createParamDecorator((_: unknown, context: ExecutionContext): AsyncIterable<Uint8Array> => {
  const { body, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  if (Number(headers['content-length'] ?? 0) > MAX_FILE_BYTES) throw tooLarge();
  return bounded(body instanceof Readable ? (body as AsyncIterable<Uint8Array>) : Readable.from([]));
});

/** Lets files in, unread. */
export function takeFileBodies(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  server.addContentTypeParser(
    [...FILE_TYPES],
    (_request: unknown, payload: unknown, done: (e: null, b: unknown) => void) => done(null, payload),
  );
}

/** Keeps files from routes that take JSON, and JSON from routes that take a file. */
@Injectable()
export class BodyKindGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    const takesFile = this.reflector.get<boolean | undefined>(TAKES_FILE, context.getHandler()) ?? false;
    const hasBody = body !== undefined && body !== null;
    if (hasBody && body instanceof Readable !== takesFile) {
      const right = takesFile ? FILE_TYPES.join(', ') : 'application/json';
      throw new UnsupportedMediaTypeException(`Send the body of this route as ${right}.`);
    }
    return true;
  }
}
