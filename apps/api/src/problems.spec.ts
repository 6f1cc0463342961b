import { Controller, Get, Module } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { IdempotencyInFlight, IdempotencyMismatch } from '@weir/persistence';
import { Forbidden, NotFound, OutOfOrder, Services } from '@weir/services';
import { ProblemFilter } from './http/problem.filter.js';
import { SessionGuard } from './http/session.guard.js';
import { fakeServices, tokenOf } from './testing/fake-services.js';
import { openApi } from './testing/open-api.js';

const { app, answers, calls, logged } = await openApi();
const authorization = `Bearer ${tokenOf('issuer')}`;
const DEAL = '3f0c6a52-8f0e-4b5d-9a68-0e6c4f7e2b11';

beforeEach(() => {
  answers.clear();
  calls.length = 0;
});
afterAll(() => app.close());

const getDeal = async (failure: Error) => {
  answers.set('deals.get', failure);
  return app.inject({ url: `/deals/${DEAL}`, headers: { authorization } });
};

describe('a problem document', () => {
  it.each([
    [404, 'not-found', new NotFound('deal', DEAL)],
    [403, 'forbidden', new Forbidden('the part of trustee in this deal')],
    [409, 'out-of-order', new OutOfOrder('A deal that is draft cannot be approved.')],
    [422, 'idempotency-mismatch', new IdempotencyMismatch('a-key-of-old', 'deal.create')],
    [409, 'idempotency-in-flight', new IdempotencyInFlight('a-key-of-now')],
  ])('has status %i and code %s', async (status, code, failure) => {
    const response = await getDeal(failure);

    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({
      type: `urn:weir:problem:${code}`,
      status,
      code,
      detail: failure.message,
      instance: `/deals/${DEAL}`,
    });
  });

  it('carries the fields of the failure, of which none replaces a standard member', async () => {
    const response = await getDeal(new OutOfOrder('It must be structured.', { status: 'draft', reasonCode: 5 }));

    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ status: 409, code: 'out-of-order', reasonCode: 5 });
  });

  it('tells nothing of a failure that nobody foresaw; the log has it', async () => {
    const response = await getDeal(new TypeError('connection to 10.0.0.7 with password hunter2 refused'));

    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ status: 500, code: 'internal' });
    expect(response.body).not.toContain('hunter2');
    expect(logged.filter((line) => line.includes('hunter2'))).toHaveLength(1);
  });

  it.each(['GET', 'POST', 'DELETE'] as const)('answers %s on a route that does not exist', async (method) => {
    const response = await app.inject({ method, url: '/no/such/route', headers: { authorization } });

    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toMatchObject({ status: 404, code: 'no-such-route', instance: '/no/such/route' });
  });
});

describe('a route that declares no permission', () => {
  @Controller()
  class Forgotten {
    @Get('forgotten')
    answer(): string {
      return 'open to everybody';
    }
  }

  it('is closed to everybody', async () => {
    @Module({
      controllers: [Forgotten],
      providers: [
        { provide: Services, useValue: fakeServices().services },
        { provide: APP_GUARD, useClass: SessionGuard },
      ],
    })
    class WithForgotten {}
    const adapter = new FastifyAdapter();
    const forgetful = await NestFactory.create<NestFastifyApplication>(WithForgotten, adapter, { logger: false });
    forgetful.useGlobalFilters(new ProblemFilter(pino({ level: 'silent' })));
    await forgetful.init();
    await forgetful.getHttpAdapter().getInstance().ready();

    const headers = { authorization: `Bearer ${tokenOf('operator', 'auditor')}` };
    const response = await forgetful.inject({ url: '/forgotten', headers });
    await forgetful.close();

    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ code: 'route-without-permission' });
  });
});

describe('what is open', () => {
  it('is the page that shows the OpenAPI document', async () => {
    const page = await app.inject({ url: '/docs' });
    const script = await app.inject({ url: '/docs/swagger-ui-bundle.js' });

    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.body).toContain('swagger-ui');
    expect(script.statusCode).toBe(200);
  });

  it('is signing in, which hands on the credentials', async () => {
    answers.set('access.signIn', { token: 'signed', roles: ['issuer'] });
    const payload = { email: 'ada@issuer.example', password: 'correct horse battery' };

    const response = await app.inject({ method: 'POST', url: '/sessions', payload });

    expect(response.statusCode).toBe(201);
    expect(response.json()).toEqual({ token: 'signed', roles: ['issuer'] });
    expect(calls).toEqual([{ name: 'access.signIn', args: [payload.email, payload.password] }]);
  });

  it('is the health of the platform', async () => {
    answers.set('monitoring.health', { database: 'ok', chain: 'ok', head: 7 });

    const response = await app.inject({ url: '/health' });

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ database: 'ok', chain: 'ok', head: 7 });
  });
});

it('stopping the application closes the use cases', async () => {
  const other = await openApi();

  await other.app.close();

  expect(other.calls.map(({ name }) => name)).toEqual(['close']);
});
