import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes the folder in which the workers of one run of Jest keep what they make once; it goes with the run. */
export default function makeRunFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-run-'));
  // Postgres, started by root, runs as somebody else and leaves its clusters here.
  chmodSync(folder, 0o777);
  process.env.WEIR_TEST_RUN = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
