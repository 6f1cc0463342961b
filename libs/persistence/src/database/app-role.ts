import type { Client } from 'pg';
import pg from 'pg';
import { APP_ROLE } from './row-security.js';

const ATTEMPTS = 5;

/**
 * Creates the role of Weir's processes, or brings it back to what it must be. Roles belong to the whole server, so two
 * databases may be migrated at the same moment; Postgres then refuses one with "tuple concurrently updated".
 */
export async function ensureAppRole(client: Client, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(createRole);
      await client.query(
        `ALTER ROLE ${APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION
          PASSWORD ${pg.escapeLiteral(password)}`,
      );
      return;
    } catch (error) {
      const lostRace = error instanceof pg.DatabaseError && error.message.includes('tuple concurrently updated');
      if (!lostRace || attempt === ATTEMPTS) throw error;
    }
  }
}

const createRole = `DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${APP_ROLE}') THEN CREATE ROLE ${APP_ROLE}; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`;
