import { liquidation, type PoolAssumptions } from '../assumptions.js';
import { addTo, emptyFlows, type PoolFlows } from '../pool-flows.js';
import type { SegmentCells } from './cells.js';

/**
 * The flows of a segment out of its sums. What all loans of a segment share is done here, once for all of them: the timing
 * of liquidations, the balance that is held until then, and the servicer's advances.
 */
export function finishFlows(cells: SegmentCells, assumptions: PoolAssumptions, months: number): PoolFlows {
  const flows = emptyFlows(months);
  copyPaid(cells, flows);
  liquidate(cells, assumptions, flows);
  balances(cells, assumptions, flows);
  advance(cells, assumptions, flows);
  return flows;
}

function copyPaid(cells: SegmentCells, flows: PoolFlows): void {
  flows.penalties.set(cells.penalties);
  flows.capitalised.set(cells.capitalised);
  flows.forgiven.set(cells.forgiven);
  flows.residualsDue.set(cells.residualsDue);
  flows.residualsSold.set(cells.residualsSold);
  flows.defeased.set(cells.defeased);
  flows.defaults.set(cells.defaults);
  flows.dilutions.set(cells.dilutions);
  flows.draws.set(cells.draws);
  flows.delinquent30.set(cells.in30);
  flows.delinquent60.set(cells.in60);
  flows.delinquent90.set(cells.in90);
  flows.delinquent120.set(cells.in120);
  flows.loanCount.set(cells.count);
  for (let at = 0; at < flows.months; at++) {
    const capitalised = cells.capitalised[at]!;
    const without = cells.forgiven[at]! + cells.residualsDue[at]!;
    flows.scheduledPrincipal[at] = cells.scheduled[at]! + capitalised - without + cells.heldScheduled[at]!;
    flows.prepayments[at] = cells.prepaid[at]! - cells.defeased[at]!;
    flows.principal[at] = flows.scheduledPrincipal[at]! + flows.prepayments[at]!;
    flows.grossInterest[at] = cells.gross[at]! - capitalised;
    flows.netInterest[at] = cells.net[at]! - capitalised;
    flows.servicing[at] = cells.gross[at]! - cells.net[at]!;
  }
}

function liquidate(cells: SegmentCells, assumptions: PoolAssumptions, flows: PoolFlows): void {
  if (assumptions.defaultedLoans === 'advanced') {
    flows.defaultedPrincipal.set(cells.heldScheduled);
    flows.defaultedInterest.set(cells.heldInterest);
    flows.losses.set(cells.heldLosses);
    flows.recoveries.set(cells.heldRecoveries);
    return;
  }
  const { first, shares } = liquidation(assumptions);
  for (let at = 0; at < flows.months; at++) {
    const [defaulted, lost] = [cells.defaults[at]!, cells.lostAtDefault[at]!];
    if (defaulted === 0) continue;
    shares.forEach((share, later) => {
      addTo(flows.losses, at + first + later, lost * share);
      addTo(flows.recoveries, at + first + later, (defaulted - lost) * share);
    });
  }
}

/** Balances: what performs, and the defaulted loans that are still in it. A month closes as the next one opens. */
function balances(cells: SegmentCells, { defaultedLoans }: PoolAssumptions, flows: PoolFlows): void {
  let held = 0;
  for (let at = 0; at < flows.months; at++) {
    const before = defaultedLoans === 'advanced' ? cells.heldBalance[at]! : held;
    addTo(flows.openingBalance, at, cells.opening[at]! + before);
    if (defaultedLoans === 'held') held += cells.defaults[at]! - flows.losses[at]! - flows.recoveries[at]!;
    if (at > 0) flows.closingBalance[at - 1] = flows.openingBalance[at]!;
    if (at > 0) flows.defaultedBalance[at - 1] = before;
  }
}

function advance(cells: SegmentCells, { advances }: PoolAssumptions, flows: PoolFlows): void {
  if (!advances) return;
  const withPrincipal = advances.of === 'principal-and-interest';
  let outstanding = 0;
  for (let at = 0; at < flows.months; at++) {
    const missed = cells.missedInterest[at]! + (withPrincipal ? cells.missedPrincipal[at]! : 0);
    const cured = cells.curedInterest[at]! + (withPrincipal ? cells.curedPrincipal[at]! : 0);
    const repaid = Math.min(outstanding, cured + flows.recoveries[at]!);
    const advanced = advances.recoverable * missed;
    flows.advances[at] = advanced;
    flows.advancesRepaid[at] = repaid;
    outstanding += advanced - repaid;
  }
}
