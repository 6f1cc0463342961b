import { DivisionFinder } from '../expression/division.js';
import type { Account, Deal, Step, StepAction } from '../model.js';
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
  const found = new Set<string>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const step of steps) {
      const into = accountPaid(step);
      if (into === null || found.has(into)) for (const account of step.from) found.add(account);
    }
  }
  return found;
}

/** Whether an account's target is above zero on every payment date, so that what it releases is never all. */
function alwaysAbove({ target, floor }: Account): boolean {
  const finder = new DivisionFinder((name) => name === 'cutOffPool' || name.endsWith('.original'));
  return [target, floor].some((formula) => formula && finder.isPositive(formula.expression));
}

const releases = (action: StepAction, { name }: Account): boolean =>
  action.kind === 'release' && action.account === name;

/** Finds states in which cash can lie in an account and no step, then or later, can pay it out. */
class Traps {
  private readonly states: string[];

  constructor(
    private readonly deal: Deal,
    private readonly graph: StateGraph,
  ) {
    // A state without a priority has been reported as such.
    this.states = [...graph.reachable].filter((state) => graph.prioritiesOf(state).length > 0);
  }

  private live(state: string): StepAt[] {
    return this.graph
      .prioritiesOf(state)
      .flatMap(stepsOf)
      .filter(({ dead }) => !dead);
  }

  private receives(account: Account, state: string): boolean {
    const collects = this.deal.collections.groups.some((group) => group.account === account.name);
    const funded = (account.fundedAtClosing || account.initial !== null) && state === this.graph.states[0];
    return collects || funded || this.live(state).some(({ step }) => accountPaid(step) === account.name);
  }

  /** Whether any cash comes into an account that some step wants to pay from. */
  fills(account: Account): boolean {
    const used = this.states.some((state) => this.live(state).some(({ step }) => step.from.includes(account.name)));
    return !used || this.states.some((state) => this.receives(account, state));
  }

  private pays(account: Account, state: string): boolean {
    const steps = [...this.graph.from(state)].flatMap((next) => this.live(next)).map(({ step }) => step);
    return drained(alwaysAbove(account) ? steps.filter(({ action }) => !releases(action, account)) : steps).has(
      account.name,
    );
  }

  private empties({ name }: Account, state: string): boolean {
    return this.live(state).some(({ step, arms }) => arms.length === 0 && takesAll(step) && step.from.includes(name));
  }

  /** The first such state; cash that a state does not pay out at once may still lie there in all that follow it. */
  of(account: Account): string | undefined {
    const holding = this.states
      .filter((state) => this.receives(account, state))
      .flatMap((state) => (this.empties(account, state) ? [state] : [...this.graph.from(state)]));
    return holding.find((state) => this.states.includes(state) && !this.pays(account, state));
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
