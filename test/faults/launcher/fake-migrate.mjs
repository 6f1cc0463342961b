// Stands for apps/api/dist/migrate.js: makes the role that API and worker would use.
import { readFileSync } from 'node:fs';
import pg from 'pg';

const { appPassword } = JSON.parse(readFileSync(process.env.WEIR_SECRETS_FILE, 'utf8'));
const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL });
await client.connect();
await client.query(`do $$ begin create role weir_app login; exception when duplicate_object then null; end $$`);
await client.query(`alter role weir_app password '${appPassword}'`);
await client.query('create table if not exists note (text text not null)');
await client.query('grant select, insert on note to weir_app');
await client.end();
