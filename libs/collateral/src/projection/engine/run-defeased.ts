import type { SegmentCells } from './cells.js';
import { type Defeasance, type LoanRun, takeParts } from './run-paying.js';

/**
 * The months of what was defeased: from the month after on the bonds pay the loan's schedule, nobody prepays and nobody
 * defaults.
 */
export function runDefeased(run: LoanRun, { moved }: Defeasance, cells: SegmentCells): void {
  const { schedule } = run;
  const { end, share, gross, net } = schedule;
  let balance = 0;
  for (let at = 0; at < end; at++) {
    if (balance > 0) {
      const repaid = balance * share[at]!;
      cells.opening[at] = cells.opening[at]! + balance;
      cells.scheduled[at] = cells.scheduled[at]! + repaid;
      cells.gross[at] = cells.gross[at]! + balance * gross[at]!;
      cells.net[at] = cells.net[at]! + balance * net[at]!;
      if (schedule.hasParts) takeParts(run, cells, at, balance);
      balance -= repaid;
    }
    balance += moved[at]!;
    cells.defeased[at] = cells.defeased[at]! + moved[at]!;
  }
}
