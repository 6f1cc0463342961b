import type { Deal, Priority } from '../model.js';
import type { Report } from './finding.js';
import type { StateGraph } from './state-graph.js';
import { isCertain } from './steps.js';

/** Whether the state of a priority is one of the deal's; a misspelt one may be that of which none is found. */
function isStateKnown({ states }: Deal): (priority: Priority) => boolean {
  const names = new Set(states.map(({ name }) => name));
  return ({ state }) => state === null || names.has(state);
}

/** Every state can be entered and has a priority of payments. */
export function checkStates(deal: Deal, graph: StateGraph, report: Report): void {
  const { reachable } = graph;
  const isListed = !report.isUnread('priorityOfPayments') && deal.priorities.every(isStateKnown(deal));
  const isEntered = isCertain(deal, report, ['enter']) && !report.isBroken('states');
  for (const state of deal.states) {
    const { name } = state;
    const path = `states.${name}`;
    if (isListed && graph.prioritiesOf(name).length === 0) {
      report.error(state, path, 'no-priority', `the state ${name} has no priority of payments; add "${name}:" there`);
    }
    if (!isEntered || reachable.has(name)) continue;
    const message = `the state ${name} is never entered; give it a "when:", or a step "enter: ${name}"`;
    report.error(state, path, 'unreachable', message);
  }
}
