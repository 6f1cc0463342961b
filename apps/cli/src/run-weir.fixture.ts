import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The repository's root, in which `weir` runs as a user would run it. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs the built command as its own process. */
export async function weir(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  if (!existsSync(MAIN)) return { code: null, out: '', err: `${MAIN} is missing: run npm run build first` };
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: ROOT });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}
