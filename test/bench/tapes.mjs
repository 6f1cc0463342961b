import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./tape-child.mjs', import.meta.url));

/** Runs one measurement in a process of its own, so that its memory is its own. */
function measured(task, format, loans) {
  const { stdout, status } = spawnSync(process.execPath, [CHILD, task, format, String(loans)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${task} of ${format} stopped`);
  return JSON.parse(stdout);
}

/** Large tapes: a generated asset data file of 90,000 loans and a CSV of a million rows, read and judged row by row. */
export async function* tapes() {
  for (const [format, loans] of [
    ['abs-ee-xml', 90_000],
    ['csv', 1_000_000],
  ]) {
    const made = measured('make', format, loans);
    const parsed = measured('parse', format, loans);
    const read = measured('read', format, loans);
    const name = `${format}, ${loans} loans, ${Math.round(made.megabytes)} MB`;
    yield { name: `${name}: made`, figure: made.seconds.toFixed(1), unit: 's' };
    yield { name: `${name}: made and parsed`, figure: parsed.seconds.toFixed(1), unit: 's' };
    yield { name: `${name}: made, parsed and judged`, figure: read.seconds.toFixed(1), unit: 's' };
    yield { name: `${name}: peak memory`, figure: read.peakMegabytes.toFixed(0), unit: 'MB', target: 512 };
  }
}
