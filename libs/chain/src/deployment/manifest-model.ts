import type { build } from '@weir/bindings';
import type { Hex } from '../signers/signer.js';
import type { AccessPlan } from './access-plan.js';
import type { DeployedContract, PlatformContractName, PlatformTerms } from './platform.js';

/** The form of manifests that this release writes and reads. */
export const FORMAT = 'weir-platform-1';

/** Signed bytes of a step and their hash. Forms of one step have one nonce, so that one of them is mined at most. */
export interface Form {
  readonly transaction: Hex;
  readonly raw: Hex;
}

/** A contract of a manifest; `runtimeCodeHash` is Keccak-256 of the code that lies at the address. */
export type ManifestContract = DeployedContract & { readonly runtimeCodeHash: Hex };

/** A transaction of a deployment, noted before it is sent. */
export interface ManifestStep {
  readonly name: string;
  readonly to: Hex | null;
  /** Keccak-256 of what is sent. */
  readonly dataHash: Hex;
  readonly nonce: number;
  /** Its hash, once it is signed. */
  transaction: Hex | null;
  /** Once it is mined. */
  block: number | null;
  address: Hex | null;
  /** It was mined and had no effect; the step is done under another nonce. */
  reverted?: true;
  /** The chain's head when it got its nonce: whatever has the nonce is in a later block. */
  laidOutAt?: number;
  /** What is to be signed, what was, and what was with lower fees; left out of the manifest when the deployment is complete. */
  unsigned?: Hex;
  raw?: Hex;
  earlier?: readonly Form[];
}

/** Everything about a platform's deployment that others need to know, and all that is needed to go on with it. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly chainId: number;
  readonly terms: PlatformTerms;
  readonly build: typeof build;
  /** Keccak-256 over the creation codes of the platform's contracts, in the order of their names. */
  readonly codeHash: Hex;
  complete: boolean;
  contracts: Readonly<Record<PlatformContractName, ManifestContract>> | null;
  access: AccessPlan | null;
  steps: ManifestStep[];
}
