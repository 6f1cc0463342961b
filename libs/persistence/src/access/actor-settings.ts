import type { EntityManager } from 'typeorm';
import type { Actor } from './actor.js';

/**
 * Tells Postgres who acts, for this transaction only (the settings vanish at commit or rollback, so a pooled
 * connection never carries one actor's rights to the next). Row-level security policies read them.
 */
export async function applyActor(manager: EntityManager, actor: Actor): Promise<void> {
  await manager.query(
    `SELECT set_config('weir.user', $1, true), set_config('weir.person', $2, true),
            set_config('weir.organisation', $3, true), set_config('weir.roles', $4, true)`,
    [actor.userId, actor.personId, actor.organisationId, actor.roles.join(',')],
  );
}
