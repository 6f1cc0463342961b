import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ROLES, type Role } from '@weir/persistence';
import { documentedRoutes, type DocumentedRoute } from './testing/example-requests.js';
import { tokenOf } from './testing/fake-services.js';
import { AGREED } from './testing/agreed-permissions.js';
import { openApi } from './testing/open-api.js';

const { app, calls, answers, registered } = await openApi();
const document = (await app.inject({ method: 'GET', url: '/openapi.json' })).json<OpenAPIObject>();
const routes = documentedRoutes(document);
const closed = routes.filter(({ permission }) => permission !== 'anyone');
const writes = routes.filter(({ takesKey }) => takesKey);

const PROBLEM = expect.stringMatching(/^application\/problem\+json/);

/** The OpenAPI document and the page that shows it, which are not routes of Nest and open to everybody. */
const isPage = (route: string): boolean => /^GET \/(openapi\.json$|docs(\/|$))/.test(route);

beforeEach(() => {
  calls.length = 0;
  answers.clear();
  answers.set('reports.file', { bytes: new Uint8Array([37, 80, 68, 70]), mediaType: 'application/pdf' });
  answers.set('scenarioSets.file', { bytes: new Uint8Array([49]), mediaType: 'text/csv' });
  answers.set('tapes.findingsCsv', ['row\n']);
  answers.set('monitoring.auditLog', '{"count":1}\n');
});
afterAll(() => app.close());

/** Sends the route's own example request. */
async function send(route: DocumentedRoute, headers: Record<string, string>) {
  const type: Record<string, string> = route.contentType === null ? {} : { 'content-type': route.contentType };
  const payload = typeof route.body === 'string' ? route.body : route.body === null ? {} : JSON.stringify(route.body);
  const body = route.contentType === null ? {} : { payload };
  return app.inject({ method: route.method, url: route.url, headers: { ...type, ...headers }, ...body });
}

const bearer = (...roles: Role[]) => ({ authorization: `Bearer ${tokenOf(...roles)}` });
const key = { 'idempotency-key': 'a-new-key-1' };

describe('routes', () => {
  it('are all in the OpenAPI document, and nothing else is', () => {
    const ofNest = registered.filter((route) => !isPage(route));

    expect(ofNest.length).toBeGreaterThan(0);
    expect([...ofNest].sort()).toEqual(routes.map(({ name }) => name).sort());
  });

  it.each(routes)('$name declares a permission', ({ permission }) => {
    if (permission === 'anyone' || permission === 'signed-in') return;
    expect(Array.isArray(permission)).toBe(true);
    expect(ROLES).toEqual(expect.arrayContaining(permission as Role[]));
    expect(permission).not.toHaveLength(0);
    expect(permission).not.toContain('system');
  });

  it('have the permissions that were agreed, written down here a second time', () => {
    const declared = Object.fromEntries(routes.map(({ name, permission }) => [name, [permission].flat().join(' ')]));

    expect(declared).toEqual(AGREED);
  });

  it('let an auditor read and change nothing', () => {
    const forAuditors = closed.filter(({ permission }) => permission === 'signed-in' || has(permission, 'auditor'));

    expect(forAuditors.map(({ method }) => method)).toEqual(forAuditors.map(() => 'GET'));
  });
});

const has = (permission: unknown, role: Role): boolean => Array.isArray(permission) && permission.includes(role);

describe.each(closed)('$name', (route) => {
  it.each([
    ['no token', {}],
    ['a token that is none', { authorization: 'Bearer forged' }],
    ['another scheme', { authorization: 'Basic cm9sZXM6b3BlcmF0b3I=' }],
  ])('refuses %s with 401', async (_case, headers) => {
    const response = await send(route, { ...key, ...headers });

    expect(response.statusCode).toBe(401);
    expect(response.headers['content-type']).toEqual(PROBLEM);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(response.json()).toMatchObject({ status: 401, code: 'session-invalid', instance: route.url });
    expect(calls).toEqual([]);
  });

  it.each(ROLES)('lets %s in only when its permission says so', async (role) => {
    const allowed = route.permission === 'signed-in' || has(route.permission, role);

    const response = await send(route, { ...key, ...bearer(role) });

    if (allowed) {
      expect([200, 201, 202]).toContain(response.statusCode);
      return;
    }
    expect(response.statusCode).toBe(403);
    expect(response.headers['content-type']).toEqual(PROBLEM);
    expect(response.json()).toMatchObject({ status: 403, code: 'forbidden' });
    expect(calls).toEqual([]);
  });
});

describe('a caller with several roles', () => {
  it.each(closed.filter(({ permission }) => Array.isArray(permission)))(
    'is let in to $name by one of them',
    async (route) => {
      const [first] = route.permission as Role[];
      const other: Role = has(route.permission, 'auditor') ? 'investor' : 'auditor';

      const response = await send(route, { ...key, ...bearer(other, first!) });

      expect([200, 201, 202]).toContain(response.statusCode);
    },
  );
});

describe.each(writes)('$name', (route) => {
  const allowed = (route.permission === 'signed-in' ? ['issuer'] : route.permission) as Role[];

  it.each([
    ['without', undefined],
    ['with too short', 'seven77'],
    ['with too long', 'k'.repeat(201)],
  ])('is refused %s an idempotency key', async (_case, value) => {
    const response = await send(route, { ...bearer(...allowed), ...(value ? { 'idempotency-key': value } : {}) });

    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ status: 422, code: 'idempotency-key-missing' });
    expect(calls).toEqual([]);
  });

  it('hands the key to its use case, last', async () => {
    await send(route, { ...bearer(...allowed), ...key });

    expect(calls).toHaveLength(1);
    expect(calls[0]?.args.at(0)).toMatchObject({ roles: allowed });
    expect(calls[0]?.args.at(-1)).toEqual({ key: 'a-new-key-1', bodyHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

it('every method that writes takes an idempotency key, except signing in', () => {
  const keyless = routes.filter(({ method, takesKey }) => method !== 'GET' && !takesKey);

  expect(keyless.map(({ name }) => name)).toEqual(['POST /sessions']);
});

describe.each(routes.filter(({ contentType }) => contentType === 'application/json'))('$name', (route) => {
  it('lists every missing field and every unknown one at once', async () => {
    const roles = Array.isArray(route.permission) ? (route.permission as Role[]) : [];

    const response = await app.inject({
      method: route.method,
      url: route.url,
      headers: { ...bearer(...roles), ...key },
      payload: { surprise: true },
    });

    expect(response.statusCode).toBe(422);
    expect(response.headers['content-type']).toEqual(PROBLEM);
    const problem = response.json<{ code: string; faults: { field: string }[] }>();
    expect(problem.code).toBe('request-invalid');
    const fields = new Set(problem.faults.map(({ field }) => field));
    expect([...fields].sort()).toEqual([...route.required, 'surprise'].sort());
    expect(calls).toEqual([]);
  });
});
