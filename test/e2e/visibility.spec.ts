import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ApiClient } from '../../apps/stack/src/demo/api-client.js';
import { collect } from '../../apps/stack/src/demo/collect.js';
import { ApiRefused } from '../../apps/stack/src/demo/errors.js';
import { handInTape } from '../../apps/stack/src/demo/onboard.js';
import { pay } from '../../apps/stack/src/demo/pay.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { closedDeal } from './deals.js';
import { refusalOf, verified } from './evidence.js';
import { House } from './harness.js';

let house: House;
let stage: StructuredStage;
/** People of organisations that have no part in the deal. */
let otherSponsor: ApiClient;
let otherFund: ApiClient;
/** A set of scenarios that the worker has run, and a tape whose columns a person has yet to name. */
let setId: string;
let unmappedTapeId: string;

beforeAll(async () => {
  house = await House.open();
  stage = await closedDeal(house.scene);
  await collect(stage, 1, stage.tapeId);
  await pay(stage, 1);
  // Waits for the files of the period.
  await verified(house, stage, 1);
  setId = await finishedSet();
  const unmapped = new TextEncoder().encode('Loan number,Closing balance\n1,20.00\n');
  unmappedTapeId = (await handInTape(stage, 2, unmapped)).tapeId;
  otherSponsor = await stranger('Other Motor Credit LLC', 'sponsor', 'issuer');
  otherFund = await stranger('Other Fund LP', 'investor', 'investor');
}, 150_000);
afterAll(() => house?.close(), 60_000);

async function finishedSet(): Promise<string> {
  const { structurer } = stage.cast.people;
  const sets = `/deals/${stage.dealId}/scenario-sets`;
  const pool = 'balance,grossRate,remainingTerm\n183639404.43,6 %,48\n';
  const set = 'prepayment: 1.3 % ABS\ngrid:\n  prepayment: [50 %, 100 %]\n';
  const started = await structurer.post<{ setId: string }>(sets, { set, pool });
  for (let status = 'running'; status === 'running';) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    ({ status } = await structurer.get<{ status: string }>(`${sets}/${started.setId}`));
  }
  return started.setId;
}

async function stranger(name: string, kind: string, role: string): Promise<ApiClient> {
  const login = { email: `${role}@other.example`, password: 'a long enough password' };
  const users = [{ name: `${name}, ${role}`, ...login, roles: [role] }];
  await (await house.operator()).post('/organisations', { name, kind, users });
  return ApiClient.signIn(house.up.apiUrl, login.email, login.password);
}

/** What of the deal stands behind each part of a path. */
async function partsOfPaths(): Promise<Record<string, string>> {
  const [transaction] = await house.rows<{ id: string }>(
    `select id from weir.outbox_transaction where deal_id = $1 order by position desc limit 1`,
    [stage.dealId],
  );
  const { dealId, tapeId } = stage;
  return {
    dealId,
    tapeId,
    against: tapeId,
    setId,
    period: '1',
    transactionId: encodeURIComponent(transaction?.id ?? ''),
  };
}

/** A file that is there, by the route that gives it. */
function fileNamed(path: string): string {
  if (path.includes('scenario-sets')) return 'summary.csv';
  return path.includes('periods') ? 'summary.json' : 'deal.yaml';
}

/** What a route of the OpenAPI document takes beside its path. */
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
}

/** Every route that reads something of a deal, with a name for the file where it wants one, and what it cannot do without. */
async function routesOfDeals(): Promise<string[]> {
  const { paths } = (await (await fetch(`${house.up.apiUrl}/openapi.json`)).json()) as {
    paths: Record<string, { readonly get?: Operation }>;
  };
  const parts: Record<string, string> = await partsOfPaths();
  const partsOf = (path: string): Record<string, string> =>
    path.includes('mapping-proposal') ? { ...parts, tapeId: unmappedTapeId } : parts;
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (get === undefined || !path.includes('{')) return [];
    const named = path.replace(/\{(\w+)\}/g, (_, part: string) =>
      part === 'name' ? fileNamed(path) : (partsOf(path)[part] ?? `no-${part}`),
    );
    const query = (get.parameters ?? []).flatMap(({ name, in: place, required }) =>
      place === 'query' && required ? [`${name}=${parts[name] ?? `no-${name}`}`] : [],
    );
    return [query.length === 0 ? named : `${named}?${query.join('&')}`];
  });
}

async function statusOf(client: ApiClient, path: string): Promise<number> {
  return client.bytes(path).then(
    () => 200,
    (error: unknown) => {
      if (error instanceof ApiRefused) return error.status;
      throw error;
    },
  );
}

/** Works in the database as API and worker do, with an actor's settings or none. */
async function asWeirApp<T>(
  actor: { organisationId: string; roles: string } | null,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: house.up.databaseUrls.app });
  await client.connect();
  try {
    await client.query('begin');
    if (actor !== null)
      await client.query(`select set_config('weir.organisation', $1, true), set_config('weir.roles', $2, true)`, [
        actor.organisationId,
        actor.roles,
      ]);
    return await work(client);
  } finally {
    await client.end();
  }
}

describe('an organisation that has no part in a deal', () => {
  it('reads nothing of it over any route; a party reads all of them', async () => {
    const routes = await routesOfDeals();
    expect(routes.length).toBeGreaterThan(9);
    for (const route of routes) {
      // The sample deal's document asks for no attestation, and whoever sees the deal is told so.
      const expected = route.endsWith('/attestation') ? 409 : 200;
      expect([route, await statusOf(stage.cast.people.structurer, route)]).toEqual([route, expected]);
      expect([route, await statusOf(otherSponsor, route)]).toEqual([route, 404]);
      // Some routes are for other roles altogether.
      expect([403, 404]).toContain(await statusOf(otherFund, route));
    }
  });

  it('finds it in no list, nor the investors of it', async () => {
    for (const client of [otherSponsor, otherFund]) {
      expect(await client.get('/deals')).toEqual([]);
      const organisations = await client.get<{ name: string; account: string | null }[]>('/organisations');
      const names = organisations.map(({ name }) => name);
      for (const fund of ['northlake', 'harbour', 'cedar', 'orlov'] as const)
        expect(names).not.toContain(stage.cast.organisations[fund].name);
      expect(organisations.filter(({ account }) => account !== null)).toHaveLength(1);
    }
    expect(await otherFund.get('/investors')).toEqual([]);
    expect((await refusalOf(otherSponsor.get('/investors'))).status).toBe(403);
    expect((await refusalOf(otherSponsor.get('/audit-log'))).status).toBe(403);
  });

  it('changes nothing of it either', async () => {
    const refusal = await refusalOf(otherSponsor.put(`/deals/${stage.dealId}/document`, { document: stage.document }));
    expect(refusal).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('an investor of the deal', () => {
  it('sees its own record and claims, and not those of the others', async () => {
    const { harbour } = stage.cast.people;
    const { name, account } = stage.cast.organisations.harbour;
    const own = await harbour.get<{ legalName: string }[]>('/investors');
    expect(own.map(({ legalName }) => legalName)).toEqual([name]);
    const organisations = await harbour.get<{ name: string; kind: string }[]>('/organisations');
    expect(organisations.filter(({ kind }) => kind === 'investor').map((one) => one.name)).toEqual([name]);

    const [claim] = await house.rows<{ id: string }>(
      `select id from weir.outbox_transaction where purpose = 'distributor: claim' and organisation_id = $1`,
      [stage.cast.organisations.northlake.organisationId],
    );
    const transaction = `/transactions/${encodeURIComponent(claim?.id ?? '')}`;
    expect(await statusOf(stage.cast.people.northlake, transaction)).toBe(200);
    expect(await statusOf(harbour, transaction)).toBe(404);

    const { organisationId } = stage.cast.organisations.harbour;
    await asWeirApp({ organisationId, roles: 'investor' }, async (client) => {
      const claims = await client.query<{ account: string }>('select account from weir.claim');
      expect(claims.rows.map((row) => row.account.toLowerCase())).toEqual([account, account]);
      const parties = await client.query(
        `select 1 from weir.deal_party where role = 'investor' and organisation_id <> $1`,
        [organisationId],
      );
      expect(parties.rows).toEqual([]);
    });
  });
});

describe('the database', () => {
  it('shows a process without an actor no row of any table', async () => {
    const tables = await house.rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'weir' and table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(20);
    const seen: string[] = [];
    for (const { name } of tables) {
      const count = await asWeirApp(null, (client) =>
        client.query(`select count(*)::int as n from weir."${name}"`),
      ).then(
        ({ rows }) => (rows as { n: number }[])[0]?.n,
        // 42501: the role may not even ask.
        (error: { code?: string }) => (error.code === '42501' ? 0 : error.code),
      );
      if (count !== 0) seen.push(`${name}: ${count}`);
    }
    expect(seen).toEqual([]);
  });

  it('is used by API and worker in a role that owns nothing and cannot pass by row-level security', async () => {
    const roles = await house.rows<{ rolname: string; power: boolean }>(
      `select distinct r.rolname, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb as power
         from pg_stat_activity a join pg_roles r on r.oid = a.usesysid
        where a.datname = current_database() and a.pid <> pg_backend_pid()`,
    );
    expect(roles).toEqual([{ rolname: 'weir_app', power: false }]);
    const owned = await house.rows(
      `select relname from pg_class where relowner = 'weir_app'::regrole union select nspname from pg_namespace
        where nspowner = 'weir_app'::regrole`,
    );
    expect(owned).toEqual([]);
  });
});
