import { HttpException } from '@nestjs/common';
import { IdempotencyInFlight, IdempotencyMismatch } from '@weir/persistence';
import { ChainSilent, Problem, type ProblemKind } from '@weir/services';

/** An RFC 9457 problem document with a stable code. */
export interface ProblemDocument {
  /** `urn:weir:problem:` and the code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** What happened and what to do next. */
  readonly detail: string;
  /** The failure's typed fields, as extension members. */
  readonly [member: string]: unknown;
}

const STATUS: Readonly<Record<ProblemKind, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
};

/** Codes of what the HTTP layer itself refuses. */
const HTTP_CODES: Readonly<Record<number, string>> = {
  404: 'no-such-route',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};

/** Codes of a database or chain that does not answer: Node's, Postgres's (SQLSTATE) and ethers'. */
const NO_ANSWER: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['08006', '53300', '57P01', '57P02', '57P03'],
  ...['NETWORK_ERROR', 'TIMEOUT', 'SERVER_ERROR'],
  // Fastify's, of a use case that waits for one of them for too long.
  'FST_ERR_HANDLER_TIMEOUT',
]);

/** The problem document of any failure; what nobody foresaw tells no secrets. */
export function problemDocumentOf(error: unknown): ProblemDocument {
  // The standard members come last: a field of the failure that is called like one of them must not replace it.
  if (error instanceof Problem) return { ...error.details, ...problem(STATUS[error.kind], error.code, error.message) };
  if (error instanceof IdempotencyMismatch) return problem(422, 'idempotency-mismatch', error.message);
  if (error instanceof IdempotencyInFlight) return problem(409, 'idempotency-in-flight', error.message);
  if (error instanceof HttpException && error.getStatus() < 500) {
    const status = error.getStatus();
    return problem(status, HTTP_CODES[status] ?? 'bad-request', error.message);
  }
  if (isNoAnswer(error))
    return problem(
      503,
      'unavailable',
      'Database or chain do not answer in time; send the same request again in a while, under the same Idempotency-Key.',
    );
  return problem(500, 'internal', 'Something failed here that was not your fault; the log of the API says what.');
}

function isNoAnswer(error: unknown): boolean {
  if (error instanceof ChainSilent) return true;
  if (error instanceof HttpException) return error.getStatus() === 503;
  return NO_ANSWER.has((error as { code?: unknown } | null)?.code);
}

function problem(status: number, code: string, detail: string): ProblemDocument {
  return { type: `urn:weir:problem:${code}`, title: code.replaceAll('-', ' '), status, code, detail };
}
