import { Interrupted } from './errors.js';

/** The wish of a user or of the system that the launcher end. */
export interface StopWish {
  /** Rejects with Interrupted at the first signal; never resolves. */
  wished: Promise<never>;
  /** What to do when the user asks again. */
  onSecond(act: () => void): void;
}

/** Listens to Ctrl-C, to the request to terminate and to the end of the terminal. */
export function listenForStop(): StopWish {
  let second: () => void = () => undefined;
  let heard = false;
  const wished = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (heard && signal === 'SIGINT') second();
        heard = true;
        reject(new Interrupted(signal));
      });
  });
  wished.catch(() => undefined);
  return { wished, onSecond: (act) => (second = act) };
}
