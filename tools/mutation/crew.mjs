// A few worker processes with a job each; one that does not answer in time is killed and replaced.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const WORKER = fileURLToPath(new URL('./worker.mjs', import.meta.url));
/** Jobs after which a worker is replaced, so that what modules leave behind cannot pile up. */
const JOBS = 5000;
/** Memory is bounded so that a mutant that fills it ends soon; what a process says as it dies is of no use. */
const OPTIONS = { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: ['--max-old-space-size=1024'] };

/** One worker's seat: the process in it is replaced when it is worn or stuck. */
export class Seat {
  #root;
  #child = null;
  #jobs = 0;

  constructor(root) {
    this.#root = root;
  }

  /** Answers what the worker answers, or `{status: 'timeout'}` when that takes longer than `milliseconds`. */
  run(job, milliseconds) {
    if (this.#jobs >= JOBS) this.stop();
    this.#child ??= fork(WORKER, [this.#root], OPTIONS);
    this.#jobs += 1;
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const settle = (then, value) => {
        clearTimeout(timer);
        child.off('message', answered);
        child.off('exit', exited);
        then(value);
      };
      const answered = ({ answer, error }) => (error ? settle(reject, new TypeError(error)) : settle(resolve, answer));
      // A mutant may exhaust memory or the stack of the process: the tests did not pass, so it is killed.
      const exited = () => {
        this.#child = null;
        settle(resolve, { status: 'killed', by: 'the process ended' });
      };
      const timer = setTimeout(() => {
        this.stop();
        settle(resolve, { status: 'timeout' });
      }, milliseconds);
      child.on('message', answered);
      child.on('exit', exited);
      child.send(job);
    });
  }

  stop() {
    this.#child?.removeAllListeners('exit');
    this.#child?.kill('SIGKILL');
    this.#child = null;
    this.#jobs = 0;
  }
}
