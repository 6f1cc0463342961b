import type { Findings } from '../diagnostic.js';
import type { Deal } from '../model.js';
import type { NameKind, Names } from '../read/names.js';
import { checkAccounts } from './accounts.js';
import { checkCombinations } from './combinations.js';
import { checkCountedTwice } from './counted-twice.js';
import { checkDuplicates } from './duplicates.js';
import { Report } from './finding.js';
import { checkMissingInStates } from './missing-in-state.js';
import { checkOwed } from './owed.js';
import { checkStepValues } from './formulas.js';
import { checkOldBalances } from './old-balance.js';
import { StateGraph } from './state-graph.js';
import { checkStates } from './states.js';
import { checkTested } from './tested.js';
import { checkTranches } from './tranches.js';
import { checkUnreachable } from './unreachable.js';

/** What is declared in order to be used. Steps, classes and fees have rules of their own; triggers are reported. */
const TO_BE_USED: readonly NameKind[] = ['report item', 'schedule', 'account', 'ledger', 'group', 'formula', 'call'];

/** Blocks that every document has and that use what others declare. */
const USING = ['collections', 'tranches', 'priorityOfPayments'];

/** Rules that span the document: everything that is owed has a step, every step can run, and all cash finds a home. */
export function checkDeal(deal: Deal, names: Names, findings: Findings): void {
  const report = new Report(findings);
  const graph = new StateGraph(deal);
  checkTranches(deal, report);
  checkOwed(deal, report);
  checkDuplicates(deal, report);
  checkUnreachable(deal, report);
  checkStepValues(deal, report);
  checkOldBalances(deal, report);
  checkCountedTwice(deal, report);
  checkMissingInStates(deal, graph, report);
  checkStates(deal, graph, report);
  checkAccounts(deal, graph, report);
  checkCombinations(deal, report);
  checkTested(deal, report);
  // What is missing there would have used them.
  if (USING.some((block) => findings.hasUnread(block))) return;
  for (const kind of TO_BE_USED) {
    for (const { name, at, path } of names.unused(kind)) {
      findings.warn(at, path, 'unused', `nothing uses the ${kind} "${name}"`);
    }
  }
}
