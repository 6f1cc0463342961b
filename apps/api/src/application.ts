import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { Services } from '@weir/services';
import { ApiModule } from './api.module.js';
import { takeFileBodies } from './http/file-body.js';
import { publishOpenApi } from './http/openapi.js';
import { ProblemFilter } from './http/problem.filter.js';
import { answerSafely, logRequests } from './http/responses.js';
import { validationPipe } from './http/validation.js';
import { NestLog } from './process/nest-log.js';

/** Largest JSON body: a screening list of 100,000 entries fits. */
const MAX_JSON_BYTES = 16 * 1024 * 1024;

/** Longest path parameter: a transaction's id, percent-encoded. */
const MAX_PARAMETER_LENGTH = 400;

/** A use case that takes longer is answered with 503; it may still come to its end, which a repeated request tells. */
const ANSWER_WITHIN_MS = 60_000;

/** Longest time for a request to arrive, body included. */
const ARRIVE_WITHIN_MS = 300_000;

/** The HTTP server under the API, with its bounds. */
export function createAdapter(answerWithinMs = ANSWER_WITHIN_MS): FastifyAdapter {
  return new FastifyAdapter({
    handlerTimeout: answerWithinMs,
    requestTimeout: ARRIVE_WITHIN_MS,
    bodyLimit: MAX_JSON_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
  });
}

/** Builds the API over open use cases, which it closes when it is stopped. It listens to nothing until told to. */
export async function createApplication(
  services: Services,
  log: Logger,
  adapter: FastifyAdapter = createAdapter(),
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.over(services), adapter, {
    logger: new NestLog(log),
    abortOnError: false,
    forceCloseConnections: true,
  });
  takeFileBodies(app);
  answerSafely(app);
  logRequests(app, log);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(log));
  publishOpenApi(app);
  return app;
}
