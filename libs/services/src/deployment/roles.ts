import { createHash } from 'node:crypto';

/**
 * The issuer's role is a deal's own, so that the issuer of one deal cannot open or close another's offering: the
 * first eight bytes of SHA-256 of "weir issuer <deal id>", which leaves out the manager's two reserved numbers.
 */
export function issuerRole(dealId: string): bigint {
  const digest = createHash('sha256').update(`weir issuer ${dealId}`).digest();
  return (digest.readBigUInt64BE(0) % (2n ** 64n - 1_000n)) + 100n;
}

/** Names of the keystores that act for the platform itself. */
export const PLATFORM_SIGNERS = { operator: 'platform-operator', compliance: 'platform-compliance' } as const;
