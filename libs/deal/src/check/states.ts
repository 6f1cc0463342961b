import type { Deal } from '../model.js';
import type { Report } from './finding.js';
import type { StateGraph } from './state-graph.js';

/** Every state can be entered and has a priority of payments. */
export function checkStates(deal: Deal, graph: StateGraph, report: Report): void {
  const { reachable } = graph;
  for (const state of deal.states) {
    const { name } = state;
    const path = `states.${name}`;
    if (graph.prioritiesOf(name).length === 0) {
      report.error(state, path, 'no-priority', `the state ${name} has no priority of payments; add "${name}:" there`);
    }
    if (reachable.has(name)) continue;
    const message = `the state ${name} is never entered; give it a "when:", or a step "enter: ${name}"`;
    report.error(state, path, 'unreachable', message);
  }
}
