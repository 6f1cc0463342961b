import type { DataSource } from 'typeorm';
import type { Actor, Role } from './actor.js';

/** What sign-in needs of an account before anybody is signed in. */
export interface SignInAccount {
  actor: Actor;
  passwordHash: string;
  disabled: boolean;
}

interface SignInRow {
  user_id: string;
  person_id: string;
  organisation_id: string;
  password_hash: string;
  roles: Role[];
  disabled: boolean;
}

/**
 * The account of an e-mail address, or null. It runs before an actor is known, so it goes through a narrow
 * SECURITY DEFINER function that answers for one address and lists nothing.
 */
export async function signInLookup(dataSource: DataSource, email: string): Promise<SignInAccount | null> {
  const rows: SignInRow[] = await dataSource.query('SELECT * FROM weir.sign_in_lookup($1)', [email]);
  const row = rows[0];
  if (!row) return null;
  return {
    actor: { userId: row.user_id, personId: row.person_id, organisationId: row.organisation_id, roles: row.roles },
    passwordHash: row.password_hash,
    disabled: row.disabled,
  };
}
