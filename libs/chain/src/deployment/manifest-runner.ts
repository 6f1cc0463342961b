import { setTimeout as sleep } from 'node:timers/promises';
import { Transaction, getCreateAddress, keccak256 } from 'ethers';
import { raised } from '../outbox/unsigned.js';
import { Node } from '../rpc/node.js';
import { isRevert, revertReason } from '../rpc/revert-reason.js';
import { rpcFault } from '../rpc/rpc-fault.js';
import type { Rpc } from '../rpc/rpc.js';
import type { Hex, Signer } from '../signers/signer.js';
import { NonceTaken, SignaturesNeeded, StepChanged, StepNotMined, StepReverted } from './deployment.errors.js';
import type { Manifest, ManifestStep } from './manifest.js';
import { fateOf, formsOf, receiptOf } from './step-fate.js';
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
  /** After how long a step whose turn it is gets higher fees under the same nonce; three minutes unless given. */
  readonly bumpAfterMs?: number;
  readonly pollMs?: number;
}

/** Forms of one step at most; fees have then grown by about a quarter nine times over. */
const MOST_FORMS = 10;

/**
 * Carries a deployment's steps out with one account and a manifest. Nonce and signed bytes of each stand in the manifest
 * before it is sent, so that whoever goes on after a kill sends the same bytes again: nothing is done twice.
 */
export class ManifestRunner implements StepRunner {
  private readonly node: Node;
  /** When a form of each step was last sent by this run. */
  private readonly sentAt = new Map<ManifestStep, number>();

  constructor(private readonly options: ManifestRunnerOptions) {
    this.node = new Node(options.rpc);
  }

  /** @throws StepChanged, StepReverted, NonceTaken, StepNotMined, SignaturesNeeded */
  async together(steps: readonly Step[]): Promise<Outcomes> {
    // All are compared before any is sent.
    for (const step of steps) this.found(step);
    const entries: ManifestStep[] = [];
    for (const step of steps)
      entries.push(this.found(step) ?? (await this.givenUpTooSoon(step)) ?? (await this.layOut(step)));
    await this.options.save();
    await this.sign(entries);
    await this.options.save();
    for (const entry of entries) await this.send(entry);
    return new Map(await this.mined(entries));
  }

  /**
   * Waits until every step lies under so many blocks, and sends again what a reorganisation dropped. Steps keep their bytes
   * until then. @throws StepReverted, NonceTaken, StepNotMined when the chain stands still
   */
  async settled(depth: number): Promise<void> {
    const { pollMs = 250, waitMs = 600_000, manifest } = this.options;
    const entries = manifest.steps.filter(({ reverted }) => reverted !== true);
    let head = -1;
    for (let end = performance.now() + waitMs; ; await sleep(pollMs)) {
      let shallow: ManifestStep | undefined;
      const now = await this.node.head();
      for (const entry of entries) {
        const outcome = await this.outcomeOf(entry);
        if (outcome === null || now - outcome.block < depth) shallow ??= entry;
      }
      if (shallow === undefined) break;
      if (now > head) end = performance.now() + waitMs;
      head = now;
      if (performance.now() >= end) throw new StepNotMined(shallow.name, waitMs);
    }
    await this.options.save();
  }

  private found({ name, to, data }: Step): ManifestStep | null {
    const entry = this.options.manifest.steps.find((step) => step.name === name && !step.reverted);
    if (entry === undefined) return null;
    if (entry.to !== to || entry.dataHash !== keccak256(data)) throw new StepChanged(name);
    return entry;
  }

  /** A step that counted as done in vain, since a node did not know its receipt then, and that had effect after all. */
  private async givenUpTooSoon({ name, to, data }: Step): Promise<ManifestStep | null> {
    for (const entry of this.options.manifest.steps) {
      if (entry.name !== name || entry.to !== to || entry.dataHash !== keccak256(data)) continue;
      if ((await receiptOf(this.node, entry))?.receipt.succeeded !== true) continue;
      delete entry.reverted;
      return entry;
    }
    return null;
  }

  /** Gives a step its nonce. Nothing can be sent before the manifest is saved. */
  private async layOut({ name, to, data }: Step): Promise<ManifestStep> {
    const { manifest } = this.options;
    const from = manifest.terms.deployer;
    const gasLimit = ((await this.gasOf(name, { from, to, data })) * 5n) / 4n;
    const fees = await this.node.fees();
    const nonces = manifest.steps.map((step) => step.nonce + 1);
    const laidOutAt = await this.node.head();
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
      laidOutAt,
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
      // A form with lower fees may have been mined while a dearer one waited for its signature.
      if ((await receiptOf(this.node, entry)) !== null) continue;
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
    if (raw === undefined || transaction === null || (await receiptOf(this.node, entry)) !== null) return;
    await this.node.broadcast(raw);
    this.sentAt.set(entry, performance.now());
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
    const { name, nonce, address } = entry;
    const fate = await fateOf(this.node, this.options.rpc, this.options.manifest.terms.deployer, entry);
    if (fate.kind === 'waiting') {
      await this.keepAlive(entry, fate.turn);
      return null;
    }
    if (fate.kind === 'taken' || !fate.succeeded) {
      entry.reverted = true;
      await this.options.save();
      if (fate.kind === 'taken') throw new NonceTaken(name, nonce);
      throw new StepReverted(name, `it was mined in block ${fate.block} without effect`);
    }
    const { form, block } = fate;
    const others = formsOf(entry).filter(({ transaction }) => transaction !== form.transaction);
    const wasMined = entry.block !== null;
    Object.assign(entry, { ...form, block, ...(others.length > 0 && { earlier: others }) });
    if (!wasMined) this.options.onMined?.(entry);
    return { transaction: form.transaction, block, nonce, address };
  }

  /** Sends bytes again that the node no longer has, and gives the step whose turn it is higher fees when it waits long. */
  private async keepAlive(entry: ManifestStep, turn: boolean): Promise<void> {
    const { bumpAfterMs = 180_000 } = this.options;
    const [last] = formsOf(entry);
    if (last === undefined) return;
    const since = this.sentAt.get(entry) ?? performance.now();
    this.sentAt.set(entry, since);
    let taken = 'known';
    if (!(await this.node.knows(last.transaction))) taken = await this.node.broadcast(last.raw);
    const waited = performance.now() - since >= bumpAfterMs;
    if (taken === 'underpriced' || (turn && waited)) await this.bump(entry);
  }

  /** The same step with the same nonce and higher fees; its bytes stand in the manifest before they are sent. */
  private async bump(entry: ManifestStep): Promise<void> {
    const forms = formsOf(entry);
    const [last] = forms;
    if (last === undefined || forms.length >= MOST_FORMS) return;
    const { chainId, nonce, to, data, gasLimit, maxFeePerGas, maxPriorityFeePerGas } = Transaction.from(last.raw);
    const before = { maxFeePerGas: maxFeePerGas ?? 0n, maxPriorityFeePerGas: maxPriorityFeePerGas ?? 0n };
    const fees = raised(before, await this.node.fees());
    const dearer = Transaction.from({ type: 2, chainId, nonce, to, data, gasLimit, ...fees });
    Object.assign(entry, { earlier: forms, unsigned: dearer.unsignedSerialized, transaction: null });
    delete entry.raw;
    await this.options.save();
    await this.sign([entry]);
    await this.options.save();
    await this.send(entry);
  }
}
