/**
 * What a person may do. `system` is for Weir's own processes (outbox, indexer, sealer, workers) and is never given to
 * a person's account.
 */
export type Role =
  | 'issuer'
  | 'servicer'
  | 'calculation-agent'
  | 'trustee'
  | 'investor'
  | 'compliance-officer'
  | 'auditor'
  | 'operator'
  | 'system';

export const ROLES: readonly Role[] = [
  'issuer',
  'servicer',
  'calculation-agent',
  'trustee',
  'investor',
  'compliance-officer',
  'auditor',
  'operator',
  'system',
];

/** Who runs a command: an account, the human behind it, the organisation they act for. All ids are UUIDs. */
export interface Actor {
  userId: string;
  personId: string;
  organisationId: string;
  roles: Role[];
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The actor of Weir's own processes: no person, no organisation, the role `system`. */
export const SYSTEM_ACTOR: Actor = Object.freeze({
  userId: NOBODY,
  personId: NOBODY,
  organisationId: NOBODY,
  roles: ['system' as const],
}) as Actor;
