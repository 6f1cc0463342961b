import { readFileSync } from 'node:fs';
import { type Deal, parseDeal } from '@weir/deal';
import {
  closingState,
  figuresOf,
  type PaidDate,
  readCsv,
  readReportTable,
  readState,
  readTrustee,
  replay,
  type TieOut,
  tieOut,
} from '@weir/valuation';
import { type CompiledDeal, compileDeal } from '@weir/waterfall';

const fileOf = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** A deal of this folder, read and compiled over the pool of its document. */
export function dealOf(folder: string): { deal: Deal; compiled: CompiledDeal } {
  const { deal, diagnostics } = parseDeal(fileOf(`${folder}/deal.yaml`));
  if (!deal) throw new TypeError(`${folder}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  return { deal, compiled: compileDeal(deal) };
}

/** A table of the folder. */
export const tableOf = (folder: string, name: string) =>
  readCsv(fileOf(`${folder}/${name}.csv`), `${folder}/${name}.csv`);

/**
 * Replays the months of one file of reports and compares every published figure with them. `from` names the file of the
 * state before them; without it they begin at closing.
 */
export function tieOf(folder: string, run: string, from?: string): { paid: PaidDate[]; tie: TieOut } {
  const { compiled } = dealOf(folder);
  const state = from ? readState(compiled, JSON.parse(fileOf(`${folder}/${from}.json`))) : closingState(compiled);
  const paid = replay(compiled, state, readReportTable(compiled, tableOf(folder, `reports-${run}`)));
  const trustee = readTrustee(compiled, figuresOf(compiled), tableOf(folder, `published-${run}`));
  return { paid, tie: tieOut(paid, trustee) };
}
