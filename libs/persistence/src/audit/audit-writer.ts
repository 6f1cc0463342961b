import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../access/actor.js';
import type { Change, Command } from '../work/command.js';

/** Writes who did what, before, after and why, in the command's own transaction. */
export async function writeAuditRecords(
  manager: EntityManager,
  actor: Actor,
  command: Command,
  changes: Change[],
): Promise<void> {
  const recorded = changes.length > 0 ? changes : [{ object: command.object, before: null, after: null }];
  for (const [ordinal, change] of recorded.entries()) {
    await manager.query(
      `INSERT INTO weir.audit_record
        (id, ordinal, actor_user, actor_person, actor_organisation, on_behalf_of, command, object, before, after, why)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11)`,
      [
        randomUUID(),
        ordinal,
        actor.userId,
        actor.personId,
        actor.organisationId,
        command.onBehalfOf ?? null,
        command.name,
        change.object,
        auditJson(change.before),
        auditJson(change.after),
        command.why ?? null,
      ],
    );
  }
}

function auditJson(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? member.toString() : member));
}
