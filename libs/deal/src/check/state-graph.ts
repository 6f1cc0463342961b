import type { Deal, Priority } from '../model.js';
import { isNever, stepsOf } from './steps.js';

/** Stands for the one state of a document that names none. */
const ONLY = '';

/** Which states follow which, by their conditions and by `enter:` steps. */
export class StateGraph {
  readonly states: readonly string[];
  private readonly next = new Map<string, Set<string>>();
  private readonly priorities = new Map<string | null, Priority[]>();

  constructor(deal: Deal) {
    for (const priority of deal.priorities) {
      this.priorities.set(priority.state, [...(this.priorities.get(priority.state) ?? []), priority]);
    }
    this.states = deal.states.length > 0 ? deal.states.map(({ name }) => name) : [ONLY];
    deal.states.forEach(({ name, when, from }, index) => {
      if (when === null || isNever(when)) return;
      for (const earlier of from ?? this.states.slice(0, index)) this.link(earlier, name);
    });
    for (const state of this.states) {
      for (const { step, dead } of this.prioritiesOf(state).flatMap(stepsOf)) {
        if (step.action.kind === 'enter' && !dead) this.link(state, step.action.state);
      }
    }
  }

  private link(from: string, to: string): void {
    this.next.set(from, (this.next.get(from) ?? new Set()).add(to));
  }

  /** The priorities that run in a state. */
  prioritiesOf(state: string): Priority[] {
    const found = this.priorities.get(state) ?? [];
    const all = this.priorities.get(null) ?? [];
    return all.length === 0 ? found : [...all, ...found];
  }

  /** A state and all that can follow it. */
  from(state: string): Set<string> {
    const found = new Set([state]);
    for (const one of found) for (const next of this.next.get(one) ?? []) found.add(next);
    return found;
  }

  /** All states that the deal can be in. */
  get reachable(): Set<string> {
    return this.from(this.states[0] ?? ONLY);
  }
}
