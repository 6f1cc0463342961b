import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LOAD = fileURLToPath(new URL('./load-child.mjs', import.meta.url));
const CHILD = fileURLToPath(new URL('./tape-child.mjs', import.meta.url));

/** Runs one measurement in a process of its own, so that its memory is its own. */
function inChild(program, ...options) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...options.map(String)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${options.join(' ')} stopped: ${stderr.slice(-2_000)}`);
  return JSON.parse(stdout);
}

const measured = (task, format, loans) => inChild(CHILD, task, format, loans);

/** A clean CSV of a million loans into Postgres: the file handed in, judged and stored, against COPY of the file as it is. */
function* loaded() {
  const loans = 1_000_000;
  const { megabytes, bare, keyed, received, imported, peakMegabytes } = inChild(LOAD, loans);
  const name = `csv, ${loans} loans, ${Math.round(megabytes)} MB, into Postgres`;
  const whole = received + imported;
  yield { name: `${name}: COPY alone, no key`, figure: bare.toFixed(1), unit: 's' };
  yield { name: `${name}: COPY alone, loans by key`, figure: keyed.toFixed(1), unit: 's' };
  yield { name: `${name}: handed in and stored encrypted`, figure: received.toFixed(1), unit: 's' };
  yield { name: `${name}: judged and loaded`, figure: imported.toFixed(1), unit: 's' };
  yield { name: `${name}: both ÷ COPY by key`, figure: (whole / keyed).toFixed(2), unit: '×', target: '≤ 4' };
  yield { name: `${name}: both ÷ COPY without key`, figure: (whole / bare).toFixed(2), unit: '×' };
  yield { name: `${name}: peak memory`, figure: peakMegabytes.toFixed(0), unit: 'MB' };
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
    yield { name: `${name}: made and read into rows`, figure: parsed.seconds.toFixed(1), unit: 's' };
    yield { name: `${name}: made, read and judged`, figure: read.seconds.toFixed(1), unit: 's' };
    // A CSV is measured by its way into the database, below.
    if (format === 'abs-ee-xml') {
      const bare = measured('bare', format, loans);
      const ratio = (read.seconds - made.seconds) / (bare.seconds - made.seconds);
      yield { name: `${name}: made and parsed bare`, figure: bare.seconds.toFixed(1), unit: 's' };
      yield { name: `${name}: parsed and judged ÷ parsed bare`, figure: ratio.toFixed(2), unit: '×', target: '≤ 4' };
    }
    yield { name: `${name}: peak memory`, figure: read.peakMegabytes.toFixed(0), unit: 'MB', target: '≤ 512' };
  }
  yield* loaded();
}
