import { renameSync, writeFileSync } from 'node:fs';
import { pino, type Logger } from 'pino';

/**
 * The process's log, as JSON lines: to WEIR_LOG_FILE when set, else to stderr. Written at once, so that the last
 * line before an end is there.
 */
export function openLog(env: NodeJS.ProcessEnv): Logger {
  const destination = pino.destination({ dest: env['WEIR_LOG_FILE'] || 2, sync: true, mkdir: true });
  return pino({ name: 'worker', level: env['WEIR_LOG_LEVEL'] || 'info' }, destination);
}

/** Tells whoever started this process that it is ready: writes the file that WEIR_READY_FILE names, all at once. */
export function tellReady(env: NodeJS.ProcessEnv): void {
  const file = env['WEIR_READY_FILE'];
  if (!file) return;
  writeFileSync(`${file}.new`, `${JSON.stringify({ pid: process.pid })}\n`);
  renameSync(`${file}.new`, file);
}

/** Resolves at the first SIGTERM or SIGINT; later ones change nothing, the launcher kills what takes too long. */
export function stopAsked(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, resolve);
  });
}
