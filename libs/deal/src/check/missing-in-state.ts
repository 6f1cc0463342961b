import type { Expression } from '../expression/ast.js';
import { constantOf } from '../expression/constant.js';
import type { Deal, DealState } from '../model.js';
import { namesIn } from '../read/values.js';
import type { Report } from './finding.js';
import type { StateGraph } from './state-graph.js';
import { hasUnread, isNamed, leavesOf, type StepAt, stepsOf } from './steps.js';

/** What the steps of a state pay. */
interface Paid {
  state: DealState;
  steps: StepAt[];
  interest: Set<string>;
  fees: Set<string>;
  /** Whether any class is paid anything: a state after the notes have gone pays none. */
  paysClasses: boolean;
}

function paidIn(state: DealState, graph: StateGraph): Paid {
  const steps = graph
    .prioritiesOf(state.name)
    .flatMap(stepsOf)
    .filter(({ dead }) => !dead);
  const paid: Paid = { state, steps, interest: new Set(), fees: new Set(), paysClasses: false };
  for (const { action } of steps.map(({ step }) => step)) {
    if (action.kind === 'fee') paid.fees.add(action.fee);
    if (action.kind === 'capitalise') paid.interest.add(action.tranche);
    if (action.kind === 'interest') for (const { name } of leavesOf(action.to)) paid.interest.add(name);
    paid.paysClasses ||= ['interest', 'principal', 'priority-principal'].includes(action.kind);
  }
  return paid;
}

function conjuncts(expression: Expression): Expression[] {
  if (expression.kind !== 'binary' || expression.op !== 'and') return [expression];
  return [...conjuncts(expression.left), ...conjuncts(expression.right)];
}

/** Names of classes and sums that are zero whenever a condition holds, such as A.opening in `A.opening = 0.00 USD`. */
function zeroUnder(condition: Expression): string[] {
  return conjuncts(condition).flatMap((part) => {
    if (part.kind !== 'binary' || !['=', '<='].includes(part.op) || part.left.kind !== 'name') return [];
    const [base = '', member] = part.left.name.split('.');
    const isZero = constantOf(part.right)?.num === 0n;
    return isZero && (member === 'opening' || member === 'balance') ? [base] : [];
  });
}

/** Whether a state is entered only when a class is paid off. */
function isPaidOff(deal: Deal, { when }: DealState, name: string): boolean {
  const isOf = (sum: string): boolean =>
    sum === name || sum === 'notes' || deal.groups.some((group) => group.name === sum && group.tranches.includes(name));
  return when !== null && zeroUnder(when.expression).some(isOf);
}

/** What one state pays and another, in which it may be owed too, forgets. */
export function checkMissingInStates(deal: Deal, graph: StateGraph, report: Report): void {
  const { reachable } = graph;
  if (deal.states.length < 2 || report.isBroken('states') || hasUnread(deal, report)) return;
  const all = deal.states.filter(({ name }) => reachable.has(name)).map((state) => paidIn(state, graph));
  for (const paid of all) {
    if (paid.paysClasses && paid.steps.every((at) => isNamed(at, report))) warnOfMissing(deal, paid, all, report);
  }
}

function warnOfMissing(deal: Deal, { state, interest, fees }: Paid, all: readonly Paid[], report: Report): void {
  const classes = deal.tranches.flatMap(({ name, coupon: { expression } }) => {
    const isZero = expression.kind === 'number' && expression.value.num === 0n;
    const isMissing = !isZero && !interest.has(name) && all.some((other) => other.interest.has(name));
    return isMissing && !isPaidOff(deal, state, name) ? [name] : [];
  });
  const owed = deal.fees.flatMap(({ name, amount: { expression } }) => {
    const followsState = namesIn(expression).some((use) => use.name.startsWith('state.'));
    return !followsState && !fees.has(name) && all.some((other) => other.fees.has(name)) ? [name] : [];
  });
  const warn = (what: string, verb: string): void => {
    const message = `the state ${state.name} does not pay ${what}, which another state pays, and it may be owed there too`;
    report.warn(state, `states.${state.name}`, 'missing-in-state', `${message}; add "${verb}" to its priority`);
  };
  if (classes.length > 0) warn(`interest on ${classes.join(', ')}`, `interest: [${classes.join(', ')}]`);
  for (const name of owed) warn(`the fee ${name}`, `fee: ${name}`);
}
