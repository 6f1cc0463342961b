import type { Client } from 'pg';
import pg from 'pg';
import { AppRoleNotOurs } from './database.errors.js';
import { APP_ROLE } from './row-security.js';

const ATTEMPTS = 5;
const INSUFFICIENT_PRIVILEGE = '42501';

/** A new role has no rights beyond LOGIN; what somebody else added to an old one, openAppDataSource refuses. */
const CREATE_ROLE = `DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${APP_ROLE}') THEN CREATE ROLE ${APP_ROLE} LOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`;

/**
 * Creates the role of Weir's processes, or sets its password again. Roles belong to the whole server, so two databases
 * may be migrated at the same moment; Postgres then refuses one with "tuple concurrently updated".
 * @throws AppRoleNotOurs when another owner made the role
 */
export async function ensureAppRole(client: Client, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(CREATE_ROLE);
      await client.query(`ALTER ROLE ${APP_ROLE} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
      return;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      if (error.code === INSUFFICIENT_PRIVILEGE) throw new AppRoleNotOurs(APP_ROLE, error.message);
      if (!error.message.includes('tuple concurrently updated') || attempt === ATTEMPTS) throw error;
    }
  }
}
