import { createHash } from 'node:crypto';
import type { ControlRole } from '@weir/deal';

/** The issuer's role is a deal's own, so that the issuer of one deal cannot open or close another's offering. */
export const issuerRole = (dealId: string): bigint => dealRole('issuer', dealId);

/** DealRoles gives numbers from here on; lower ones are the platform's, and the last is the manager's. */
const FIRST_ROLE = 2n ** 63n;

/**
 * The number of a role over one deal's contracts, which no other deal has: 2^63 and the remainder by 2^63 − 1 of the first
 * eight bytes of SHA-256 of "weir <role> <deal id>".
 */
export function dealRole(role: 'issuer' | ControlRole, dealId: string): bigint {
  const digest = createHash('sha256').update(`weir ${role} ${dealId}`).digest();
  return FIRST_ROLE + (digest.readBigUInt64BE(0) % (FIRST_ROLE - 1n));
}

/** Whose account holds which role where the deal document does not say. */
export const DEFAULT_HOLDERS: Readonly<Record<ControlRole, readonly string[]>> = {
  guardian: ['trustee'],
  resumer: ['calculationAgent'],
  changeProposer: ['sponsor'],
  changeApprover: ['trustee'],
};

/** Names of the keystores that act for the platform itself. */
export const PLATFORM_SIGNERS = {
  operator: 'platform-operator',
  compliance: 'platform-compliance',
  /** On development chains, where nobody names another admin. */
  admin: 'platform-admin',
} as const;
