import { setTimeout as sleep } from 'node:timers/promises';
import { Transaction, getCreateAddress, keccak256 } from 'ethers';
import { Node } from '../rpc/node.js';
import { isRevert, revertReason } from '../rpc/revert-reason.js';
import { rpcFault } from '../rpc/rpc-fault.js';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex, Signer } from '../signers/signer.js';
import { NonceTaken, SignaturesNeeded, StepChanged, StepNotMined, StepReverted } from './deployment.errors.js';
import type { Manifest, ManifestStep } from './manifest.js';
import type { Outcome, Outcomes, Step, StepRunner } from './step.js';

/** What a ManifestRunner works with. */
export interface ManifestRunnerOptions {
  readonly rpc: Rpc;
  readonly manifest: Manifest;
  /** Stores the manifest; resolves when it would survive a crash. */
  readonly save: () => Promise<void>;
  /** null where the account signs elsewhere: steps are laid out, and come back as `signed`. */
  readonly signer: Signer | null;
  /** Signed transactions that were brought. */
  readonly signed?: readonly Hex[];
  readonly onMined?: (step: ManifestStep) => void;
  /** How long a round waits for its blocks; ten minutes unless given. */
  readonly waitMs?: number;
  readonly pollMs?: number;
}

/**
 * Carries a deployment's steps out with one account and a manifest. Nonce and signed bytes of each stand in the manifest
 * before it is sent, so that whoever goes on after a kill sends the same bytes again: nothing is done twice.
 */
export class ManifestRunner implements StepRunner {
  private readonly node: Node;

  constructor(private readonly options: ManifestRunnerOptions) {
    this.node = new Node(options.rpc);
  }

  /** @throws StepChanged, StepReverted, NonceTaken, StepNotMined, SignaturesNeeded */
  async together(steps: readonly Step[]): Promise<Outcomes> {
    // All are compared before any is sent.
    for (const step of steps) this.found(step);
    const entries: ManifestStep[] = [];
    for (const step of steps) entries.push(this.found(step) ?? (await this.layOut(step)));
    await this.options.save();
    await this.sign(entries);
    await this.options.save();
    for (const entry of entries) await this.send(entry);
    return new Map(await this.mined(entries));
  }

  private found({ name, to, data }: Step): ManifestStep | null {
    const entry = this.options.manifest.steps.find((step) => step.name === name && !step.reverted);
    if (entry === undefined) return null;
    if (entry.to !== to || entry.dataHash !== keccak256(data)) throw new StepChanged(name);
    return entry;
  }

  /** Gives a step its nonce. Nothing can be sent before the manifest is saved. */
  private async layOut({ name, to, data }: Step): Promise<ManifestStep> {
    const { manifest } = this.options;
    const from = manifest.terms.deployer;
    const gasLimit = ((await this.gasOf(name, { from, to, data })) * 5n) / 4n;
    const fees = await this.node.fees();
    const nonces = manifest.steps.map((step) => step.nonce + 1);
    const nonce = Math.max(await this.node.transactionCount(from, 'pending'), ...nonces);
    const { chainId } = manifest;
    const unsigned = Transaction.from({ type: 2, chainId, nonce, to, data, gasLimit, ...fees });
    const entry: ManifestStep = {
      name,
      to,
      dataHash: keccak256(data) as Hex,
      nonce,
      transaction: null,
      block: null,
      address: to === null ? (getCreateAddress({ from, nonce }).toLowerCase() as Hex) : null,
      unsigned: unsigned.unsignedSerialized as Hex,
    };
    manifest.steps.push(entry);
    return entry;
  }

  private async gasOf(name: string, call: { from: Hex; to: Hex | null; data: Hex }): Promise<bigint> {
    try {
      return await this.node.estimateGas(call);
    } catch (error) {
      const fault = rpcFault(error);
      if (!fault || !isRevert(fault)) throw error;
      throw new StepReverted(name, revertReason(fault, []));
    }
  }

  /** Adds the signed bytes of steps that have none. @throws SignaturesNeeded */
  private async sign(entries: readonly ManifestStep[]): Promise<void> {
    const { signer, manifest, signed = [] } = this.options;
    const brought = new Map(signed.map((raw) => [Transaction.from(raw).unsignedHash, raw]));
    const waiting = [];
    for (const entry of entries) {
      if (entry.raw !== undefined || entry.unsigned === undefined) continue;
      const unsigned = Transaction.from(entry.unsigned);
      const raw = signer ? await signer.signTransaction(unsigned) : brought.get(unsigned.unsignedHash);
      if (raw !== undefined && Transaction.from(raw).from?.toLowerCase() === manifest.terms.deployer) {
        entry.raw = raw;
        entry.transaction = keccak256(raw) as Hex;
      } else {
        const { unsignedHash } = unsigned;
        waiting.push({ step: entry.name, nonce: entry.nonce, unsigned: entry.unsigned, signingHash: unsignedHash });
      }
    }
    if (waiting.length === 0) return;
    await this.options.save();
    throw new SignaturesNeeded(waiting);
  }

  private async send(entry: ManifestStep): Promise<void> {
    const { raw, transaction } = entry;
    if (raw === undefined || transaction === null || (await this.node.receipt(transaction))) return;
    await this.node.broadcast(raw);
  }

  private async mined(entries: readonly ManifestStep[]): Promise<[string, Outcome][]> {
    const { pollMs = 250, waitMs = 600_000 } = this.options;
    const end = performance.now() + waitMs;
    const outcomes: [string, Outcome][] = [];
    for (const entry of entries) {
      for (;;) {
        const outcome = await this.outcomeOf(entry);
        if (outcome) {
          outcomes.push([entry.name, outcome]);
          break;
        }
        if (performance.now() >= end) throw new StepNotMined(entry.name, waitMs);
        await sleep(pollMs);
      }
    }
    await this.options.save();
    return outcomes;
  }

  private async outcomeOf(entry: ManifestStep): Promise<Outcome | null> {
    const { name, nonce, transaction, address } = entry;
    if (transaction === null) return null;
    const receipt = await this.node.receipt(transaction);
    if (receipt === null) return this.lost(entry);
    if (!receipt.succeeded) {
      entry.reverted = true;
      await this.options.save();
      throw new StepReverted(name, `it was mined in block ${receipt.blockNumber} without effect`);
    }
    const wasMined = entry.block !== null;
    entry.block = receipt.blockNumber;
    if (!wasMined) this.options.onMined?.(entry);
    return { transaction, block: receipt.blockNumber, nonce, address };
  }

  /** No receipt: it waits, or its nonce went to another transaction. */
  private async lost(entry: ManifestStep): Promise<null> {
    const { deployer } = this.options.manifest.terms;
    if ((await this.node.transactionCount(deployer, 'latest')) <= entry.nonce) return null;
    // The count may have moved between the two questions.
    if (entry.transaction !== null && (await this.node.receipt(entry.transaction))) return null;
    entry.reverted = true;
    await this.options.save();
    throw new NonceTaken(entry.name, entry.nonce);
  }
}
