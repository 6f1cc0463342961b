import { setTimeout as sleep } from 'node:timers/promises';
import { In, Raw } from 'typeorm';
import { OutboxTransaction, enqueueTransaction, type Outcomes, type Step, type StepRunner } from '@weir/chain';
import type { Hex } from '@weir/money';
import { SYSTEM_ACTOR } from '@weir/persistence';
import type { ServiceContext } from '../context.js';
import { DeploymentFailed, StillPending } from './errors.js';

/** How long steps sent together wait for their blocks; the job is tried again afterwards and goes on where it was. */
const WAIT_MS = 60_000;
const POLL_MS = 50;

/**
 * Steps of a deployment through the outbox. Ids are natural keys, so that a script started again after a crash goes on
 * where it was and repeats nothing.
 */
export class ChainScript implements StepRunner {
  constructor(
    private readonly context: ServiceContext,
    private readonly scope: string,
    private readonly signer: Hex,
    private readonly dealId: string | undefined,
  ) {}

  /** @throws DeploymentFailed, StillPending */
  async together(steps: readonly Step[]): Promise<Outcomes> {
    const { signer, dealId } = this;
    const ids = await this.attempts(steps);
    const command = { name: 'deployment.send', object: `deployment:${this.scope}` };
    await this.context.uow.run(SYSTEM_ACTOR, command, async (tx) => {
      // One after the other: the outbox gives nonces in the order of arrival.
      for (const [id, { name, to, data }] of ids) {
        await enqueueTransaction(tx.manager, { id, signer, to, data, dealId, purpose: name });
        tx.record({ object: `transaction:${id}`, before: null, after: { to, signer } });
      }
    });
    const mined = await this.mined([...ids.keys()]);
    return new Map(
      mined.flatMap(({ id, contractAddress: address, hash, blockNumber, nonce }) => {
        const step = ids.get(id);
        if (step === undefined || hash === null || blockNumber === null || nonce === null) return [];
        if (step.to === null && address === null) throw new DeploymentFailed(id, 'the receipt names no contract');
        return [[step.name, { transaction: hash, block: blockNumber, nonce, address }] as const];
      }),
    );
  }

  /**
   * Steps by their ids. A transaction that failed had no effect, so its step is tried under a new id; but one that counted as
   * failed only because a node did not give its receipt, and that was mined after all, is the step, and the attempts
   * after it failed.
   */
  private async attempts(steps: readonly Step[]): Promise<Map<string, Step>> {
    const rows = await this.context.uow.read(SYSTEM_ACTOR, (manager) =>
      manager.find(OutboxTransaction, {
        select: { id: true, state: true },
        where: { id: Raw((column) => `starts_with(${column}, :prefix)`, { prefix: `${this.scope}/` }) },
      }),
    );
    return new Map(steps.map((step) => [attemptAt(`${this.scope}/${step.name}#`, rows), step]));
  }

  private async mined(ids: string[]): Promise<OutboxTransaction[]> {
    const all = () =>
      this.context.uow.read(SYSTEM_ACTOR, (manager) => manager.findBy(OutboxTransaction, { id: In(ids) }));
    for (const end = performance.now() + WAIT_MS; ; await sleep(POLL_MS)) {
      const rows = await all();
      for (const { id, state, succeeded, failure } of rows)
        if (state === 'failed' || succeeded === false)
          throw new DeploymentFailed(id, failure ?? 'it reverted on chain');
      const waiting = rows.find(({ state }) => state !== 'mined' && state !== 'final');
      if (waiting === undefined) return rows;
      if (performance.now() >= end) throw new StillPending(waiting.id, WAIT_MS);
    }
  }
}

type AttemptRow = Pick<OutboxTransaction, 'id' | 'state'>;

/** The id under which a step is waited for: its last attempt that did not fail, or else a new one. */
export function attemptAt(key: string, rows: readonly AttemptRow[]): string {
  const attempts = rows
    .filter(({ id }) => id.startsWith(key))
    .map((row) => ({ ...row, number: Number(row.id.slice(key.length)) }));
  const standing = attempts.filter(({ state }) => state !== 'failed');
  const last = (some: typeof attempts): number => Math.max(0, ...some.map(({ number }) => number));
  return `${key}${standing.length > 0 ? last(standing) : last(attempts) + 1}`;
}
