import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { problemDocumentOf } from './problem-document.js';

/** Answers every failure as application/problem+json; what is not the caller's fault is logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const document = problemDocumentOf(error);
    if (document.status >= 500) this.log.error({ err: error, url: request.url }, 'request failed');
    if (document.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply
      .status(document.status)
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify({ ...document, instance: request.url }));
  }
}
