import type { Contract } from 'ethers';
import type { Hex } from '@weir/money';

/** The report that a vault has for its next period, as its view says. */
export interface PendingReport {
  /** Null while there is none. */
  readonly digest: Hex | null;
  /** Seconds: until then it can be disputed, from then on settled. */
  readonly settleAfter: number;
  /** Of the pending report, or what the next one must have. */
  readonly revision: number;
  readonly dispute: 'none' | 'standing' | 'dismissed';
}

const DISPUTES = ['none', 'standing', 'dismissed'] as const;
const NONE = `0x${'0'.repeat(64)}`;

/** Reads the pending report of a vault. */
export async function pendingReport(vault: Contract): Promise<PendingReport> {
  const view = vault.getFunction('pendingReport');
  const answer = (await view.staticCall()) as unknown as [Hex, bigint, bigint, bigint];
  const [digest, settleAfter, revision, dispute] = answer;
  return {
    digest: digest === NONE ? null : (digest.toLowerCase() as Hex),
    settleAfter: Number(settleAfter),
    revision: Number(revision),
    dispute: DISPUTES[Number(dispute)] ?? 'none',
  };
}
