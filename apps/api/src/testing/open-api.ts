import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createAdapter, createApplication } from '../application.js';
import { fakeServices, type FakeServices } from './fake-services.js';

/** The API over fake use cases, with every route that its server got to know. */
export interface OpenApi extends FakeServices {
  readonly app: NestFastifyApplication;
  /** "GET /deals/:dealId" and so on; HEAD, which comes with each GET, is left out. */
  readonly registered: readonly string[];
  readonly logged: readonly string[];
}

/** Builds the API as the process does, up to listening. */
export async function openApi(adapter = createAdapter()): Promise<OpenApi> {
  const fake = fakeServices();
  const registered: string[] = [];
  const logged: string[] = [];
  adapter.getInstance().addHook('onRoute', ({ method, url }: { method: string | string[]; url: string }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') registered.push(`${one} ${url}`);
  });
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) });
  const app = await createApplication(fake.services, log, adapter);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { ...fake, app, registered, logged };
}
