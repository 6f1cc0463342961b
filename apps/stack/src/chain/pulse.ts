import { callRpc } from './rpc.js';
import type { ChainStateFile } from './state-file.js';

/** Empty blocks mined after a busy one, so that whoever waits for confirmations gets them without new transactions. */
export const TRAILING_BLOCKS = 8;
const INTERVAL_MS = 150;
const CHECKPOINT_MS = 2_000;

/**
 * The heartbeat of the local chain. anvil mines a block with each transaction, but under a burst may leave the last ones
 * pending; mining by the clock would cure that and give confirmations, at the price of 150 MB of empty blocks a day in a
 * file written every second. The pulse mines only when something is pending or a busy block has no followers yet.
 */
export class ChainPulse {
  private timer: NodeJS.Timeout | null = null;
  private seen = -1;
  private own = -1;
  private checkpointed = { block: -1, atMs: 0 };

  constructor(
    private readonly url: string,
    private readonly state: ChainStateFile,
  ) {}

  start(): void {
    this.timer ??= setTimeout(() => void this.beat(), INTERVAL_MS);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private async beat(): Promise<void> {
    try {
      await this.mineIfNeeded();
      this.keepCheckpoint();
    } catch {
      // A node that does not answer is the supervisor's matter: it sees the process end.
    }
    if (!this.timer) return;
    this.timer = null;
    this.start();
  }

  private async mineIfNeeded(): Promise<void> {
    const number = Number(await callRpc(this.url, 'eth_blockNumber'));
    const { pending } = (await callRpc(this.url, 'txpool_status')) as { pending: string };
    const quiet = number === this.seen;
    this.seen = number;
    if (Number(pending) > 0) await callRpc(this.url, 'evm_mine');
    else if (quiet && number !== this.own) {
      await callRpc(this.url, 'anvil_mine', [`0x${TRAILING_BLOCKS.toString(16)}`]);
      this.own = number + TRAILING_BLOCKS;
      this.seen = this.own;
    }
  }

  private keepCheckpoint(): void {
    const now = performance.now();
    if (this.seen === this.checkpointed.block || now - this.checkpointed.atMs < CHECKPOINT_MS) return;
    if (this.state.checkpoint()) this.checkpointed = { block: this.seen, atMs: now };
  }
}
