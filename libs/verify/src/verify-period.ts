import { proveDeal } from './deal.js';
import { Mismatch } from './errors.js';
import { replay } from './replay.js';
import { checkReport } from './report.js';
import { checkSums, proveRows } from './rows.js';
import { proveLoan } from './loan.js';
import { checkTrace } from './trace.js';
import type { PublishedFiles, Rpc, Tick, TickId } from './types.js';

/** The first proof: document, program, report and signatures are the chain's, and run again they pay what was paid. */
async function proveInputs(rpc: Rpc, files: PublishedFiles, period: number): Promise<string> {
  const deal = await proveDeal(rpc, files);
  const replayed = await replay(rpc, deal, period);
  await checkReport(rpc, files, deal, replayed);
  checkSums(files, replayed.settled);
  checkTrace(files, deal, replayed);
  const { program } = deal.compiled;
  const span = period === 1 ? 'period 1' : `periods 1 to ${period}`;
  return `program ${program.hash} on the inputs of ${span} gives result ${replayed.settled.resultHash}, the one paid`;
}

const PROOFS: [TickId, string, (rpc: Rpc, files: PublishedFiles, period: number) => Promise<string>][] = [
  ['inputs', 'The inputs on chain, run again, give the result that was paid', proveInputs],
  ['rows', 'The published rows sum to the report under its root', proveRows],
  ['loan', 'One loan is included', proveLoan],
];

/**
 * Re-derives a payment date from published files and the chain alone. Always three ticks; a bad file, a chain that
 * cannot be read or a fault in a run makes its tick red with the reason, and nothing is thrown.
 */
export async function verifyPeriod(given: { rpc: Rpc; files: PublishedFiles; period: number }): Promise<Tick[]> {
  const ticks: Tick[] = [];
  for (const [id, title, prove] of PROOFS) {
    try {
      if (!Number.isSafeInteger(given.period) || given.period < 1) {
        throw new Mismatch(`there is no period ${given.period}: periods are whole numbers from 1`);
      }
      ticks.push({ id, ok: true, title, detail: await prove(given.rpc, given.files, given.period) });
    } catch (error) {
      ticks.push({ id, ok: false, title, detail: error instanceof Error ? error.message : String(error) });
    }
  }
  return ticks;
}
