import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './identity.js';

/** How a process is asked to end, and how long it may take before it is killed. */
export interface StopManner {
  signal: NodeJS.Signals;
  patienceMs: number;
}

export const TERMINATE: StopManner = { signal: 'SIGTERM', patienceMs: 8_000 };

/**
 * Ends a process that leads a group of its own: asks the leader, waits, then kills the whole group, so that nothing the
 * process started stays behind. Returns when the leader is gone.
 */
export async function stopProcess(identity: ProcessIdentity, manner: StopManner = TERMINATE): Promise<void> {
  if (isAlive(identity)) {
    send(identity.pid, manner.signal);
    await gone(identity, manner.patienceMs);
  }
  send(-identity.pid, 'SIGKILL');
  await gone(identity, 5_000);
}

/** Kills the group at once, without waiting: for a user who asks twice. */
export function killGroup(pid: number): void {
  send(-pid, 'SIGKILL');
}

async function gone(identity: ProcessIdentity, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  while (isAlive(identity) && Date.now() < end) await sleep(20);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended, or its number belongs to someone else now: nothing of ours is left to signal.
  }
}
