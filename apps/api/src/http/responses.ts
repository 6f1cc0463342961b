import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Keeps answers out of caches and from being taken for another kind of content than they say. */
export function answerSafely(app: NestFastifyApplication): void {
  fastifyOf(app).addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
}

/** One line a request. Neither bodies nor headers are logged: they hold passwords and tokens. */
export function logRequests(app: NestFastifyApplication, log: Logger): void {
  fastifyOf(app).addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    log.info({ method, url, status: reply.statusCode, elapsedMs: Math.round(reply.elapsedTime) }, 'request');
  });
}

function fastifyOf(app: NestFastifyApplication): FastifyInstance {
  return app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
}
