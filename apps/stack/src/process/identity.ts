import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Tells one process from every other, past and present: process ids are used again, so the moment of its start goes with
 * it. `command` is for people and for processes found by other means than a pid file.
 */
export interface ProcessIdentity {
  pid: number;
  started: string;
  command: string;
}

/**
 * The process that has this id now, or null when there is none. A zombie is none, unless threads of it are still ending:
 * these hold its files and ports.
 */
export function identify(pid: number): ProcessIdentity | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? identifyByProc(pid) : identifyByPs(pid);
}

/** Whether the process that `known` was made from is still there. */
export function isAlive(known: ProcessIdentity): boolean {
  return identify(known.pid)?.started === known.started;
}

function identifyByProc(pid: number): ProcessIdentity | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name in parentheses may hold spaces and parentheses; the fields after it do not.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, threads, startTicks] = [fields[0], Number(fields[17]), fields[19]];
    if (state === 'X' || (state === 'Z' && threads <= 1)) return null;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return { pid, started: `${boot}/${startTicks}`, command };
  } catch {
    return null;
  }
}

function identifyByPs(pid: number): ProcessIdentity | null {
  try {
    const ask = (column: string): string =>
      execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    if (ask('stat').startsWith('Z')) return null;
    return { pid, started: ask('lstart'), command: ask('command') };
  } catch {
    return null;
  }
}
