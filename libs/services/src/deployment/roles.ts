import { createHash } from 'node:crypto';
import type { ControlRole } from '@weir/deal';

/**
 * The issuer's role is a deal's own, so that the issuer of one deal cannot open or close another's offering: the
 * first eight bytes of SHA-256 of "weir issuer <deal id>", which leaves out the manager's two reserved numbers.
 */
export const issuerRole = (dealId: string): bigint => dealRole('issuer', dealId);

/** The number of a role over one deal's contracts, which no other deal has. */
export function dealRole(role: 'issuer' | ControlRole, dealId: string): bigint {
  const digest = createHash('sha256').update(`weir ${role} ${dealId}`).digest();
  return (digest.readBigUInt64BE(0) % (2n ** 64n - 1_000n)) + 100n;
}

/** Whose account holds which role where the deal document does not say. */
export const DEFAULT_HOLDERS: Readonly<Record<ControlRole, readonly string[]>> = {
  guardian: ['trustee'],
  resumer: ['calculationAgent'],
  changeProposer: ['sponsor'],
  changeApprover: ['trustee'],
};

/** Names of the keystores that act for the platform itself. */
export const PLATFORM_SIGNERS = { operator: 'platform-operator', compliance: 'platform-compliance' } as const;
