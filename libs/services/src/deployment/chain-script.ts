import { setTimeout as sleep } from 'node:timers/promises';
import { Interface, type InterfaceAbi } from 'ethers';
import { Raw } from 'typeorm';
import { OutboxTransaction, enqueueTransaction } from '@weir/chain';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { DeploymentFailed, StillPending } from './errors.js';

/** How long one step waits for its transaction; the job is tried again afterwards and goes on where it was. */
const WAIT_MS = 60_000;
const POLL_MS = 100;

/** What is needed of a compiled contract. */
export interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

/**
 * A row of transactions, each sent when the one before is mined. Ids are natural keys, so that a script started
 * again after a crash goes on where it was and repeats nothing.
 */
export class ChainScript {
  constructor(
    private readonly context: ServiceContext,
    private readonly scope: string,
    private readonly signer: Hex,
    private readonly dealId: string | undefined,
  ) {}

  /** Deploys a contract once and gives its address. @throws DeploymentFailed, StillPending */
  async deploy(step: string, artifact: Artifact, args: readonly unknown[]): Promise<Hex> {
    const constructorData = new Interface(artifact.abi).encodeDeploy([...args]).slice(2);
    const mined = await this.send(step, null, `${artifact.bytecode}${constructorData}` as Hex);
    if (mined.contractAddress === null) throw new DeploymentFailed(mined.id, 'the receipt names no contract');
    return mined.contractAddress;
  }

  /** Calls a contract once. @throws DeploymentFailed, StillPending */
  async call(step: string, to: Hex, abi: InterfaceAbi, method: string, args: readonly unknown[]): Promise<void> {
    await this.send(step, to, new Interface(abi).encodeFunctionData(method, [...args]) as Hex);
  }

  private async send(step: string, to: Hex | null, data: Hex): Promise<OutboxTransaction> {
    const id = await this.nextAttempt(`${this.scope}/${step}`);
    const { signer, dealId } = this;
    await this.context.uow.run(SYSTEM_ACTOR, { name: 'deployment.send', object: id }, async (tx) => {
      await enqueueTransaction(tx.manager, { id, signer, to, data, dealId, purpose: step });
      tx.record({ object: `transaction:${id}`, before: null, after: { to, signer } });
    });
    return this.mined(id);
  }

  /** A transaction that failed had no effect, so the step may be tried under a new id. */
  private async nextAttempt(step: string): Promise<string> {
    const failed = await this.context.uow.read(SYSTEM_ACTOR, (manager) =>
      manager.countBy(OutboxTransaction, {
        id: Raw((column) => `starts_with(${column}, :prefix)`, { prefix: `${step}#` }),
        state: 'failed',
      }),
    );
    return `${step}#${failed + 1}`;
  }

  private async mined(id: string): Promise<OutboxTransaction> {
    for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += POLL_MS) {
      const row = await this.context.uow.read(SYSTEM_ACTOR, (manager) => manager.findOneBy(OutboxTransaction, { id }));
      if (row?.state === 'failed' || row?.succeeded === false)
        throw new DeploymentFailed(id, row.failure ?? 'it reverted on chain');
      if (row?.state === 'mined' || row?.state === 'final') return row;
      await sleep(POLL_MS);
    }
    throw new StillPending(id, WAIT_MS);
  }
}
