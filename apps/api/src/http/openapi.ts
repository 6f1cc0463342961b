import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** Where the document and the page that shows it are. */
export const DOCUMENT_PATH = 'openapi.json';
export const PAGE_PATH = 'docs';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', example: 'urn:weir:problem:not-found' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; programs may rely on it.' },
    detail: { type: 'string', description: 'What happened and what to do next.' },
    instance: { type: 'string' },
    faults: {
      type: 'array',
      description: 'Of a request that is not valid: what is wrong with which field, everything at once.',
      items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
  },
  additionalProperties: true,
} as const;

/** Marks, in the OpenAPI document, a write that takes no idempotency key. */
export const NO_KEY_EXTENSION = 'x-no-idempotency-key';

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A new one for each new request; the same one repeats a request safely.',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
} as const;

/** Publishes the OpenAPI document at /openapi.json and its page at /docs; both are open to everybody. */
export function publishOpenApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Weir')
    .setDescription('Tokenised securitisation in which the deal document is the waterfall program.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = completed(SwaggerModule.createDocument(app, config));
  SwaggerModule.setup(PAGE_PATH, app, document, { jsonDocumentUrl: DOCUMENT_PATH, raw: ['json'] });
  return document;
}

/** Adds what every route has in common: problem documents, and the idempotency key of writes. */
function completed(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components };
  document.components.schemas = { ...document.components.schemas, Problem: problem as never };
  const failure = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const { method, operation } of operationsOf(document)) {
    operation.responses['default'] = { description: 'A problem document.', content: failure };
    const takesKey = method !== 'get' && !(NO_KEY_EXTENSION in operation);
    if (takesKey) operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
  }
  return document;
}

/** Every operation of a document with its method and path template. */
export function operationsOf(document: OpenAPIObject): { method: string; path: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => ['get', 'put', 'post', 'delete', 'patch'].includes(method))
      .map(([method, operation]) => ({ method, path, operation: operation as Operation })),
  );
}
