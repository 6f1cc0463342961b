import pg from 'pg';
import { ServiceRefused } from './errors.js';

/** Whether the database holds no table of anybody's: then the sample deal may be run in it. */
export async function isEmpty(ownerUrl: string): Promise<boolean> {
  return connected(ownerUrl, async (client) => {
    const { rows } = await client.query<{ tables: number }>(
      `select count(*)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
    );
    return rows[0]?.tables === 0;
  });
}

/** Creates a database beside the one of `ownerUrl`; answers its URL. */
export async function createBeside(ownerUrl: string, name: string): Promise<string> {
  await connected(ownerUrl, (client) => client.query(`create database "${name}"`));
  return withPath(ownerUrl, name);
}

/** Drops a database made by createBeside, connections and all. */
export async function dropBeside(ownerUrl: string, name: string): Promise<void> {
  await connected(ownerUrl, (client) => client.query(`drop database if exists "${name}" with (force)`));
}

/** The URL under which API and worker connect: the same database, but a role that owns nothing. */
export function appUrlOf(ownerUrl: string, appPassword: string): string {
  const url = new URL(ownerUrl);
  url.username = 'weir_app';
  url.password = appPassword;
  return url.toString();
}

function withPath(ownerUrl: string, database: string): string {
  const url = new URL(ownerUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    const reason = error instanceof Error && error.message ? error.message : String(error);
    throw new ServiceRefused(
      'The database of DATABASE_URL',
      `${reason}. Check the URL and that its role may create tables`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
