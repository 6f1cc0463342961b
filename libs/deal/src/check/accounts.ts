import { DivisionFinder } from '../expression/division.js';
import type { Account, Deal, Step } from '../model.js';
import type { Report } from './finding.js';
import type { StateGraph } from './state-graph.js';
import { accountPaid, isCertain, type StepAt, stepsOf, takesAll } from './steps.js';

function checkSuspense(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const { suspense } = deal.collections;
  if (report.isBroken('collections.suspense')) return;
  const account = deal.accounts.find(({ name }) => name === suspense);
  if (account && (account.target || account.initial)) {
    const field = account.target ? 'a target' : 'an initial amount';
    const message = `the suspense account cannot have ${field}: what investors fund would count as remitted`;
    report.error(account, `accounts.${suspense}`, 'accounts', message);
  }
  for (const { step, path } of steps) {
    if (step.from.includes(suspense)) {
      report.error(step, path, 'accounts', 'the suspense account pays only what the servicer must remit');
    } else if (accountPaid(step) === suspense) {
      report.error(step, path, 'accounts', 'the suspense account takes only what was deposited in excess');
    }
  }
}

function checkTargets(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const without = new Set(deal.accounts.flatMap(({ name, target }) => (target ? [] : [name])));
  for (const { step, path } of steps) {
    const { action } = step;
    if ((action.kind !== 'reserve' && action.kind !== 'release') || !without.has(action.account)) continue;
    if (report.isBroken(`accounts.${action.account}`)) continue;
    const use = action.kind === 'reserve' ? 'to replenish it to' : 'above which it could release';
    report.error(step, path, 'no-target', `the account ${action.account} has no target ${use}`);
  }
}

/** Accounts whose cash can leave the deal by these steps, directly or by way of others. */
function drained(steps: readonly Step[]): Set<string> {
  const into = new Map<string, string[]>();
  const found = new Set<string>();
  for (const step of steps) {
    const paid = accountPaid(step);
    if (paid === null) for (const account of step.from) found.add(account);
    else {
      const sources = into.get(paid) ?? [];
      sources.push(...step.from);
      into.set(paid, sources);
    }
  }
  // The set grows while it is walked.
  for (const account of found) for (const source of into.get(account) ?? []) found.add(source);
  return found;
}

/** Whether an account's target is above zero on every payment date, so that what it releases is never all. */
function alwaysAbove({ target, floor }: Account): boolean {
  const finder = new DivisionFinder((name) => name === 'cutOffPool' || name.endsWith('.original'));
  return [target, floor].some((formula) => formula && finder.isPositive(formula.expression));
}

/** What the steps of a state do with accounts. */
interface Flow {
  steps: Step[];
  paying: Set<string>;
  filled: Set<string>;
  /** Accounts that some step takes all of, whatever else happens. */
  emptied: Set<string>;
}

function flowOf(steps: readonly StepAt[]): Flow {
  const live = steps.filter(({ dead }) => !dead);
  const certain = live.filter(({ step, arms }) => arms.length === 0 && takesAll(step));
  return {
    steps: live.map(({ step }) => step),
    paying: new Set(live.flatMap(({ step }) => step.from)),
    filled: new Set(live.flatMap(({ step }) => accountPaid(step) ?? [])),
    emptied: new Set(certain.flatMap(({ step }) => step.from)),
  };
}

/** What can happen in a state and all that follow it. */
interface Following {
  states: ReadonlySet<string>;
  steps: Step[];
  drained: Set<string>;
  /** Accounts that some step releases. */
  released: Set<string>;
}

/** Finds states in which cash can lie in an account and no step, then or later, can pay it out. */
class Traps {
  private readonly flows: ReadonlyMap<string, Flow>;
  private readonly collecting: ReadonlySet<string>;
  private readonly following = new Map<string, Following>();

  constructor(
    deal: Deal,
    private readonly graph: StateGraph,
  ) {
    // A state without a priority has been reported as such.
    const states = [...graph.reachable].filter((state) => graph.prioritiesOf(state).length > 0);
    this.flows = new Map(states.map((state) => [state, flowOf(graph.prioritiesOf(state).flatMap(stepsOf))]));
    this.collecting = new Set(deal.collections.groups.map(({ account }) => account));
  }

  private receives({ name, fundedAtClosing, initial }: Account, state: string, flow: Flow): boolean {
    const funded = (fundedAtClosing || initial !== null) && state === this.graph.states[0];
    return this.collecting.has(name) || funded || flow.filled.has(name);
  }

  /** Whether any cash comes into an account that some step wants to pay from. */
  fills(account: Account): boolean {
    const flows = [...this.flows];
    const used = flows.some(([, { paying }]) => paying.has(account.name));
    return !used || flows.some(([state, flow]) => this.receives(account, state, flow));
  }

  private after(state: string): Following {
    const known = this.following.get(state);
    if (known) return known;
    const states = this.graph.from(state);
    const steps = [...states].flatMap((next) => this.flows.get(next)?.steps ?? []);
    const released = new Set(steps.flatMap(({ action }) => (action.kind === 'release' ? [action.account] : [])));
    const found = { states, steps, drained: drained(steps), released };
    this.following.set(state, found);
    return found;
  }

  private pays(account: Account, state: string): boolean {
    const { steps, drained: all, released } = this.after(state);
    const { name } = account;
    if (!all.has(name) || !released.has(name) || !alwaysAbove(account)) return all.has(name);
    return drained(steps.filter(({ action }) => action.kind !== 'release' || action.account !== name)).has(name);
  }

  /** The first such state; cash that a state does not pay out at once may still lie there in all that follow it. */
  of(account: Account): string | undefined {
    const holding = new Set<string>();
    for (const [state, flow] of this.flows) {
      if (!this.receives(account, state, flow)) continue;
      if (flow.emptied.has(account.name)) holding.add(state);
      else for (const next of this.after(state).states) holding.add(next);
    }
    return [...holding].find((state) => this.flows.has(state) && !this.pays(account, state));
  }
}

/** Whether it is known which accounts each step pays from and into, and in which states. */
function isFlowKnown(deal: Deal, report: Report): boolean {
  const isBroken = ({ path }: StepAt): boolean =>
    ['from', 'into', 'replenish', 'release'].some((field) => report.isBroken(`${path}.${field}`));
  const isStated = deal.priorities.every(
    ({ state }) => state === null || deal.states.some(({ name }) => name === state),
  );
  if (!isStated || report.isBroken('states') || !isCertain(deal, report, ['enter', 'residual', 'pay'])) return false;
  return !deal.priorities.flatMap(stepsOf).some(isBroken);
}

/** Cash that an account receives can leave the deal. */
function checkTrapped(deal: Deal, graph: StateGraph, report: Report): void {
  if (!isFlowKnown(deal, report)) return;
  const collectionsKnown = !report.isBroken('collections');
  const traps = new Traps(deal, graph);
  for (const account of deal.accounts) {
    if (account.name === deal.collections.suspense) continue;
    const path = `accounts.${account.name}`;
    if (collectionsKnown && !report.isBroken(path) && !traps.fills(account)) {
      const message = `no cash ever comes into the account ${account.name}; collect or transfer some into it`;
      report.warn(account, path, 'never-filled', message);
    }
    const trap = traps.of(account);
    if (trap === undefined) continue;
    const where = trap === '' ? 'no step' : `in the state ${trap} and after it no step`;
    const message = `${where} pays out what the account ${account.name} receives; add it to a "from:" list`;
    report.error(account, path, 'trapped-cash', message);
  }
}

function checkResidual(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const isRest = ({ action }: Step): boolean =>
    action.kind === 'residual' || (action.kind === 'pay' && action.amount === 'all');
  const [first] = deal.priorities;
  if (!first || steps.some(({ step }) => isRest(step)) || !isCertain(deal, report, ['residual', 'pay'])) return;
  const message = 'no step pays what is left; add "residual: PARTY", or it stays in the accounts until the next date';
  report.warn(first, 'priorityOfPayments', 'no-residual', message);
}

/** All cash finds a home. */
export function checkAccounts(deal: Deal, graph: StateGraph, report: Report): void {
  const steps = deal.priorities.flatMap(stepsOf);
  checkSuspense(deal, steps, report);
  checkTargets(deal, steps, report);
  checkTrapped(deal, graph, report);
  checkResidual(deal, steps, report);
}
