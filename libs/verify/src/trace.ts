import { canonicalJson, formatMoney } from '@weir/money';
import { explainRun } from '@weir/waterfall';
import type { ProvenDeal } from './deal.js';
import { Mismatch } from './errors.js';
import { textOfFile } from './files.js';
import type { ReplayedPeriod } from './replay.js';
import { pathOf } from './report.js';
import type { PublishedFiles } from './types.js';

/** trace.json of a run in its one form: the payments in order, each with its sentence; amounts as decimal strings. */
function traceOf({ compiled }: ProvenDeal, { settled, run }: ReplayedPeriod): string {
  const steps = explainRun(compiled, run).map(({ due, paid, short, ...step }) => ({
    ...step,
    due: formatMoney(due),
    paid: formatMoney(paid),
    short: formatMoney(short),
  }));
  const { period, resultHash } = settled;
  return canonicalJson({ period, programHash: compiled.program.hash, resultHash, steps });
}

/**
 * The published trace, where there is one, against the trace of the period run again, byte for byte.
 * @throws Mismatch naming the first line that differs
 */
export function checkTrace(files: PublishedFiles, deal: ProvenDeal, replayed: ReplayedPeriod): void {
  const path = pathOf(replayed.settled.period, 'trace.json');
  if (!files[path]) return;
  const published = textOfFile(files, path).split('\n');
  const right = traceOf(deal, replayed).split('\n');
  const line = right.findIndex((text, index) => text !== published[index]);
  if (line < 0 && published.length === right.length) return;
  const at = line < 0 ? right.length : line + 1;
  throw new Mismatch(
    `line ${at} of ${path} is "${published[at - 1]?.trim() ?? ''}" where the run gives "${right[at - 1]?.trim() ?? ''}": ` +
      'the payments were described otherwise than they were made; take the file as it was published',
  );
}
