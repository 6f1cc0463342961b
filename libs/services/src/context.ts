import type { JsonRpcProvider } from 'ethers';
import type { BlobStore, UnitOfWork } from '@weir/persistence';
import type { KeystoreSigners } from '@weir/chain';
import type { Hex } from '@weir/money';
import type { PlainDate } from '@weir/calendar';
import { answered } from './faults.js';

/** What every use case stands on; built once per process by api, worker or a test. */
export interface ServiceContext {
  readonly uow: UnitOfWork;
  readonly blobs: BlobStore;
  readonly provider: JsonRpcProvider;
  readonly signers: KeystoreSigners;
  /** Secret from which each loan's salt is derived; whoever has it can link published rows to loan keys. */
  readonly saltSecret: Hex;
  /**
   * Seconds for which a report on chain can be disputed, and for which a change waits, of deals deployed from now on: for
   * documents that do not say, and on local chains for all. Null where nothing is set.
   */
  readonly disputeDelay: number | null;
  readonly changeDelay: number | null;
  /** Secret that signs session tokens. */
  readonly sessionKey: Uint8Array;
}

/**
 * The business date: that of the chain's latest block, because deadlines, KYC validity and payment dates are
 * enforced on chain by the same clock.
 */
export async function businessDate(context: Pick<ServiceContext, 'provider'>): Promise<PlainDate> {
  const block = await answered(context.provider.getBlock('latest'));
  if (block === null) throw new ChainSilent();
  return new Date(block.timestamp * 1000).toISOString().slice(0, 10);
}

/** The chain's node gave no latest block. */
export class ChainSilent extends Error {
  constructor() {
    super('The chain gave no latest block; check that RPC_URL names a running node.');
    this.name = 'ChainSilent';
  }
}
