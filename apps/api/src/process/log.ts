import { pino, type Logger } from 'pino';

/**
 * The process's log, as JSON lines: to WEIR_LOG_FILE when set, else to stderr. Written at once, so that the last
 * line before an end is there.
 */
export function openLog(env: NodeJS.ProcessEnv, name: string): Logger {
  const destination = pino.destination({ dest: env['WEIR_LOG_FILE'] || 2, sync: true, mkdir: true });
  return pino({ name, level: env['WEIR_LOG_LEVEL'] || 'info' }, destination);
}
