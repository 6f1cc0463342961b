import { Worker } from 'node:worker_threads';
import type { SetRequest, Shard, ShardResult } from '@weir/valuation';
import { ScenarioFailed, ScenarioRunStopped, ScenarioThreadEnded } from './errors.js';

/** What a thread says of the shard that it runs. */
export type ThreadAnswer =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'result'; readonly result: ShardResult }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };

interface Asked {
  readonly onProgress: (done: number) => void;
  readonly resolve: (result: ShardResult) => void;
  readonly reject: (error: Error) => void;
}

/** The compiled script of the threads. */
export const THREAD_SCRIPT = new URL('./scenario-thread.js', import.meta.url);

/**
 * A thread that runs shards of one set, one at a time, so that whoever waits for it goes on with other work. A fault of the
 * thread itself closes it for good. Close it at the end.
 */
export class ScenarioRunner {
  private readonly worker: Worker;
  private asked: Asked | null = null;
  private ended: Error | null = null;

  /** `script` is what the thread runs, the compiled `scenario-thread.js`. */
  constructor(request: SetRequest, script: URL = THREAD_SCRIPT) {
    this.worker = new Worker(script, { workerData: request });
    this.worker.on('message', (answer: ThreadAnswer) => this.hear(answer));
    this.worker.on('error', (error: Error) => this.end(new ScenarioFailed(error.name, error.message)));
    this.worker.on('exit', (code) => this.end(new ScenarioThreadEnded(code)));
  }

  /** Runs a shard; `onProgress` hears how many of its scenarios are done. @throws ScenarioFailed @throws ScenarioRunStopped */
  run(shard: Shard, onProgress: (done: number) => void = () => undefined): Promise<ShardResult> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.asked = { onProgress, resolve, reject };
      this.worker.postMessage(shard);
    });
  }

  /** Ends the thread; a shard that runs is stopped. */
  async close(): Promise<void> {
    this.end(new ScenarioRunStopped());
    await this.worker.terminate();
  }

  private hear(answer: ThreadAnswer): void {
    const { asked } = this;
    if (answer.kind === 'progress') return asked?.onProgress(answer.done);
    this.asked = null;
    if (answer.kind === 'result') asked?.resolve(answer.result);
    else asked?.reject(new ScenarioFailed(answer.name, answer.message));
  }

  private end(error: Error): void {
    this.ended ??= error;
    this.asked?.reject(this.ended);
    this.asked = null;
  }
}
