import { HttpException } from '@nestjs/common';
import { IdempotencyInFlight, IdempotencyMismatch } from '@weir/persistence';
import { Problem, type ProblemKind } from '@weir/services';

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
  if (error instanceof HttpException && error.getStatus() === 503) return problem(503, 'unavailable', error.message);
  return problem(500, 'internal', 'Something failed here that was not your fault; the log of the API says what.');
}

function problem(status: number, code: string, detail: string): ProblemDocument {
  return { type: `urn:weir:problem:${code}`, title: code.replaceAll('-', ' '), status, code, detail };
}
