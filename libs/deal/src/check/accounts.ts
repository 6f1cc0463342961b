import type { Deal, Step } from '../model.js';
import type { Report } from './finding.js';
import type { StateGraph } from './state-graph.js';
import { accountPaid, type StepAt, stepsOf } from './steps.js';

function checkSuspense(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const { suspense } = deal.collections;
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

/** An account that receives cash in a state is paid from in that state, or in one that can follow. */
function checkTrapped(deal: Deal, graph: StateGraph, report: Report): void {
  const live = (state: string): Step[] =>
    graph
      .prioritiesOf(state)
      .flatMap(stepsOf)
      .flatMap(({ step, dead }) => (dead ? [] : [step]));
  const reachable = [...graph.reachable];
  const filled = new Set([
    ...deal.collections.groups.map(({ account }) => account),
    ...reachable.flatMap(live).flatMap((step) => accountPaid(step) ?? []),
    ...deal.accounts.flatMap(({ name, fundedAtClosing, initial }) => (fundedAtClosing || initial ? [name] : [])),
  ]);
  for (const account of deal.accounts) {
    if (!filled.has(account.name) || account.name === deal.collections.suspense) continue;
    const trap = reachable.find((state) => !drained([...graph.from(state)].flatMap(live)).has(account.name));
    if (trap === undefined) continue;
    const where = trap === '' ? 'no step' : `in the state ${trap} and after it no step`;
    const message = `${where} pays out what the account ${account.name} receives; add it to a "from:" list`;
    report.error(account, `accounts.${account.name}`, 'trapped-cash', message);
  }
}

function checkResidual(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const isRest = ({ action }: Step): boolean =>
    action.kind === 'residual' || (action.kind === 'pay' && action.amount === 'all');
  const [first] = deal.priorities;
  if (!first || steps.some(({ step }) => isRest(step))) return;
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
