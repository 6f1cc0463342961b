import { proveDeal } from './deal.js';
import { Mismatch } from './errors.js';
import { replay } from './replay.js';
import { checkReport } from './report.js';
import { checkSums, proveRows } from './rows.js';
import { proveLoan, provePledge, provePublishedLoan } from './loan.js';
import { checkTrace } from './trace.js';
import type { PublishedFiles, Rpc, Tick, TickId } from './types.js';

/** The first proof: document, program, report and signatures are the chain's, and run again they pay what was paid. */
async function proveInputs(rpc: Rpc, files: PublishedFiles, period: number): Promise<string> {
  const deal = await proveDeal(rpc, files, period);
  const replayed = await replay(rpc, deal, period);
  await checkReport(rpc, files, deal, replayed);
  checkSums(files, replayed.settled);
  checkTrace(files, deal, replayed);
  const { program } = deal.compiled;
  const span = period === 1 ? 'period 1' : `periods 1 to ${period}`;
  return `program ${program.hash} on the inputs of ${span} gives result ${replayed.settled.resultHash}, the one paid`;
}

type Proof = [TickId, string, () => Promise<string>];

const LOAN_TITLE = 'One loan is included';

/** What is verified: files as published, and a node of the deal's chain. */
interface Given {
  rpc: Rpc;
  files: PublishedFiles;
  /** Payment date, from 1. */
  period: number;
}

async function ticksOf(period: number, proofs: readonly Proof[]): Promise<Tick[]> {
  const ticks: Tick[] = [];
  for (const [id, title, prove] of proofs) {
    try {
      if (!Number.isSafeInteger(period) || period < 1) {
        throw new Mismatch(`there is no period ${period}: periods are whole numbers from 1`);
      }
      ticks.push({ id, ok: true, title, detail: await prove() });
    } catch (error) {
      ticks.push({ id, ok: false, title, detail: error instanceof Error ? error.message : String(error) });
    }
  }
  return ticks;
}

/**
 * Re-derives a payment date from published files and the chain alone. Always three ticks; a bad file, a chain that
 * cannot be read or a fault in a run makes its tick red with the reason, and nothing is thrown.
 */
export function verifyPeriod({ rpc, files, period }: Given): Promise<Tick[]> {
  return ticksOf(period, [
    ['inputs', 'The inputs on chain, run again, give the result that was paid', () => proveInputs(rpc, files, period)],
    ['rows', 'The published rows sum to the report under its root', () => proveRows(rpc, files, period)],
    ['loan', LOAN_TITLE, () => provePublishedLoan(rpc, files, period)],
  ]);
}

/**
 * Holds one loan's proof against the chain: its row is under the root that was settled, and it is pledged to this deal and to no
 * other. Always two ticks; nothing is thrown.
 * @param path the file among `files` that shows the loan
 */
export function verifyLoan({ rpc, files, period, path }: Given & { path: string }): Promise<Tick[]> {
  return ticksOf(period, [
    ['loan', LOAN_TITLE, () => proveLoan(rpc, files, period, path)],
    ['pledge', 'The loan is pledged to this deal and to no other', () => provePledge(rpc, files, period, path)],
  ]);
}
