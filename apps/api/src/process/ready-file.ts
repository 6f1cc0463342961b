import { renameSync, writeFileSync } from 'node:fs';

/** Tells whoever started this process that it is ready: writes the file that WEIR_READY_FILE names, all at once. */
export function tellReady(env: NodeJS.ProcessEnv, facts: Readonly<Record<string, unknown>>): void {
  const file = env['WEIR_READY_FILE'];
  if (!file) return;
  writeFileSync(`${file}.new`, `${JSON.stringify(facts)}\n`);
  renameSync(`${file}.new`, file);
}
