import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from '../http/openapi.js';

/** A route as the OpenAPI document describes it, with the request that its examples make. */
export interface DocumentedRoute {
  /** "POST /deals/:dealId/parties", as the server calls it. */
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
  readonly url: string;
  /** Roles, 'anyone', 'signed-in', or undefined when the route declares nothing. */
  readonly permission: unknown;
  readonly takesKey: boolean;
  readonly contentType: string | null;
  readonly body: unknown;
  /** Fields that a JSON body must have. */
  readonly required: readonly string[];
}

interface Schema {
  $ref?: string;
  type?: string;
  example?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  example?: unknown;
  schema?: Schema;
}

/** Every route of the document. */
export function documentedRoutes(document: OpenAPIObject): DocumentedRoute[] {
  return operationsOf(document).map(({ method, path, operation }) => {
    const parameters = (operation.parameters ?? []) as Parameter[];
    const content = (operation.requestBody as { content?: Record<string, { schema?: Schema }> } | undefined)?.content;
    const [contentType, media] = Object.entries(content ?? {})[0] ?? [null, {}];
    const schema = resolved(document, media.schema ?? {});
    return {
      name: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      method: method.toUpperCase() as DocumentedRoute['method'],
      url: urlOf(path, parameters),
      permission: (operation as { 'x-permission'?: unknown })['x-permission'],
      takesKey: parameters.some(({ name }) => name === 'Idempotency-Key'),
      contentType,
      body: contentType === 'text/csv' ? 'assetNumber\n1\n' : contentType && exampleOf(document, schema),
      required: schema.required ?? [],
    };
  });
}

function urlOf(path: string, parameters: readonly Parameter[]): string {
  const valueOf = (name: string, place: string): string => {
    const parameter = parameters.find((one) => one.name === name && one.in === place);
    return encodeURIComponent(String(parameter?.example ?? parameter?.schema?.example));
  };
  const filled = path.replace(/\{(\w+)\}/g, (_match, name: string) => valueOf(name, 'path'));
  const query = parameters.filter((one) => one.in === 'query').map(({ name }) => `${name}=${valueOf(name, 'query')}`);
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

function exampleOf(document: OpenAPIObject, schema: Schema): unknown {
  if ('example' in schema) return schema.example;
  const { properties, items } = resolved(document, schema);
  if (items !== undefined) return [exampleOf(document, items)];
  return Object.fromEntries(
    Object.entries(properties ?? {}).map(([name, property]) => [name, exampleOf(document, property)]),
  );
}

function resolved(document: OpenAPIObject, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : ((document.components?.schemas?.[name] ?? {}) as Schema);
}
