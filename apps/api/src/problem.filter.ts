import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { IdempotencyInFlight, IdempotencyMismatch } from '@weir/persistence';
import { Problem, type ProblemKind } from '@weir/services';

const STATUS: Readonly<Record<ProblemKind, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
};

/** An RFC 9457 problem document with a stable code. */
interface ProblemDocument {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly [member: string]: unknown;
}

/** Answers every failure as application/problem+json; what nobody foresaw is logged and tells no secrets. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const document = describe(error);
    if (document.status >= 500) this.log.error({ err: error, url: request.url }, 'request failed');
    void http
      .getResponse<FastifyReply>()
      .status(document.status)
      .header('content-type', 'application/problem+json')
      .send({ ...document, instance: request.url });
  }
}

function describe(error: unknown): ProblemDocument {
  if (error instanceof Problem) return { ...problem(STATUS[error.kind], error.code, error.message), ...error.details };
  if (error instanceof IdempotencyMismatch) return problem(422, 'idempotency-mismatch', error.message);
  if (error instanceof IdempotencyInFlight) return problem(409, 'idempotency-in-flight', error.message);
  if (error instanceof HttpException) return describeHttp(error);
  return problem(500, 'internal', 'Something failed here that was not your fault; the log of the API says what.');
}

function describeHttp(error: HttpException): ProblemDocument {
  const response = error.getResponse();
  const faults =
    typeof response === 'object' && 'message' in response && Array.isArray(response.message) ? response.message : null;
  const status = error.getStatus();
  if (faults === null) return problem(status, status === 404 ? 'no-such-route' : 'bad-request', error.message);
  return { ...problem(status, 'bad-request', `The request is not valid: ${faults.join('; ')}`), faults };
}

function problem(status: number, code: string, detail: string): ProblemDocument {
  return { type: 'about:blank', title: code.replaceAll('-', ' '), status, code, detail };
}
