import type { Deal } from '@weir/deal';
import { type IndexInputs, indexInputs, readCsv, readFixings } from '@weir/valuation';
import type { CompiledDeal } from '@weir/waterfall';
import { readText } from './deal.js';

/** Option that gives published rates. */
export interface FixingsOptions {
  fixings?: string;
}

/** What the option takes, for the help of each command that has it. */
export const FIXINGS_HELP = 'published rates (.csv: date,rate, or date and a column a report item with an index)';

/** Index rates that the published rates of a file give; none without a file. @throws InputInvalid */
export async function readIndices(deal: Deal, compiled: CompiledDeal, path: string | undefined): Promise<IndexInputs> {
  if (path === undefined) return new Map();
  return indexInputs(deal, compiled, readFixings(deal, readCsv(await readText(path), path)));
}
