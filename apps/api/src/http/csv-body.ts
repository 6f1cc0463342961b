import {
  Injectable,
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

const TAKES_CSV = 'weir:takes-csv';
const CSV = 'text/csv';

/** Largest file taken. */
const MAX_CSV_BYTES = 64 * 1024 * 1024;

/** Declares that the route's body is a CSV file, as it is, and nothing else. */
export function TakesCsv(description: string): MethodDecorator {
  return applyDecorators(
    SetMetadata(TAKES_CSV, true),
    ApiConsumes(CSV),
    ApiBody({ description, required: true, schema: { type: 'string', format: 'binary' } }),
  );
}

/** The bytes of the file; none when the request has no body. */
export const CsvBody = createParamDecorator((_: unknown, context: ExecutionContext): Uint8Array => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return Buffer.isBuffer(body) ? body : new Uint8Array();
});

/** Lets CSV bodies in, unread and up to 64 MiB. */
export function takeCsvBodies(app: NestFastifyApplication): void {
  app.useBodyParser(CSV, { bodyLimit: MAX_CSV_BYTES }, (_request, body, done) => done(null, body));
}

/** Keeps files from routes that take JSON, and JSON from routes that take a file. */
@Injectable()
export class BodyKindGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    const takesCsv = this.reflector.get<boolean | undefined>(TAKES_CSV, context.getHandler()) ?? false;
    const hasBody = body !== undefined && body !== null;
    if (hasBody && Buffer.isBuffer(body) !== takesCsv)
      throw new UnsupportedMediaTypeException(`Send the body of this route as ${takesCsv ? CSV : 'application/json'}.`);
    return true;
  }
}
