import type { Expression, Formula } from '../expression/ast.js';
import type { Deal, Priority, Recipients, Step, StepAction } from '../model.js';
import type { Report } from './finding.js';

/** A step and the way to it: which arms of which `if` steps it stands in. */
export interface StepAt {
  step: Step;
  /** Like `priorityOfPayments.revolving[3].then[0]`. */
  path: string;
  /** One entry for each `if` around it, of the form `id/then`. */
  arms: readonly string[];
  /** Whether some `if` or `when` around it is always false. */
  dead: boolean;
}

/** Value of a condition that is the same on every date, else null. */
export function constantFlag(expression: Expression): boolean | null {
  if (expression.kind === 'number') return expression.unit === 'flag' ? expression.value.num !== 0n : null;
  if (expression.kind === 'not') {
    const inner = constantFlag(expression.operand);
    return inner === null ? null : !inner;
  }
  if (expression.kind !== 'binary' || (expression.op !== 'and' && expression.op !== 'or')) return null;
  const sides = [constantFlag(expression.left), constantFlag(expression.right)];
  const decides = expression.op === 'or';
  if (sides.includes(decides)) return decides;
  return sides.includes(null) ? null : !decides;
}

/** Whether a condition that is written never holds. */
export function isNever(condition: Formula | null): boolean {
  return condition !== null && constantFlag(condition.expression) === false;
}

function flatten(steps: readonly Step[], path: string, arms: readonly string[], dead: boolean): StepAt[] {
  return steps.flatMap((step, index) => {
    const at = `${path}[${index}]`;
    const never = dead || isNever(step.when);
    const here: StepAt = { step, path: at, arms, dead: never };
    if (step.action.kind !== 'if') return [here];
    const { condition, then, otherwise } = step.action;
    const holds = constantFlag(condition.expression);
    return [
      here,
      ...flatten(then, `${at}.then`, [...arms, `${step.id}/then`], never || holds === false),
      ...flatten(otherwise, `${at}.else`, [...arms, `${step.id}/else`], never || holds === true),
    ];
  });
}

const known = new WeakMap<Priority, StepAt[]>();

/** All steps of a priority in the document's order, those inside `if` steps included; found once for all checks. */
export function stepsOf(priority: Priority): StepAt[] {
  const { state, steps } = priority;
  const path = state === null ? 'priorityOfPayments' : `priorityOfPayments.${state}`;
  const found = known.get(priority) ?? flatten(steps, path, [], false);
  known.set(priority, found);
  return found;
}

/** All steps that some payment date can reach by conditions alone. */
export function liveSteps(deal: Deal): StepAt[] {
  return deal.priorities.flatMap(stepsOf).filter(({ dead }) => !dead);
}

/** The field of a step that names what its verb is about; what it pays may be meant there when it has a fault. */
const NAMING: Record<StepAction['kind'], string> = {
  fee: 'fee',
  'fee-excess': 'feeExcess',
  interest: 'interest',
  carryover: 'carryover',
  'priority-principal': 'to',
  principal: 'to',
  capitalise: 'capitalise',
  advance: 'to',
  'write-down': 'to',
  'write-up': 'to',
  reserve: 'replenish',
  'replenish-ledger': 'into',
  release: 'into',
  transfer: 'into',
  pay: 'pay',
  hedge: 'hedge',
  repay: 'repay',
  book: 'to',
  compute: 'compute',
  enter: 'enter',
  test: 'test',
  draw: 'draw',
  if: 'if',
  residual: 'residual',
};

/** Whether what a step pays, and to whom, was read without a fault. */
export function isNamed({ step, path }: StepAt, report: Report): boolean {
  return !report.isBroken(`${path}.${NAMING[step.action.kind]}`);
}

const ARMS = ['', '.then', '.else'];

/** Whether what a step does could not be read, or what an arm of it holds. */
export function isUnread({ path }: StepAt, report: Report): boolean {
  return ARMS.some((arm) => report.isUnread(`${path}${arm}`));
}

/** Whether some steps could not be read, so that nothing can be said of what no step does. */
export function hasUnread(deal: Deal, report: Report): boolean {
  const root = 'priorityOfPayments';
  const lists = [root, ...deal.priorities.map(({ state }) => `${root}.${state}`)];
  return (
    lists.some((path) => report.isUnread(path)) || deal.priorities.flatMap(stepsOf).some((at) => isUnread(at, report))
  );
}

/** Whether no step of some kinds does what a check looks for, for all that could be read: none may still be meant to. */
export function isCertain(deal: Deal, report: Report, kinds: readonly StepAction['kind'][]): boolean {
  const meant = deal.priorities
    .flatMap(stepsOf)
    .some((at) => kinds.includes(at.step.action.kind) && !isNamed(at, report));
  return !meant && !hasUnread(deal, report) && !report.isBroken('groups');
}

/** The classes or ledgers that recipients name. */
export function leavesOf(recipients: Recipients): Extract<Recipients, { kind: 'one' }>[] {
  return recipients.kind === 'one' ? [recipients] : recipients.of.flatMap(leavesOf);
}

/** Account that a step pays into, or null. */
export function accountPaid({ action }: Step): string | null {
  if (action.kind === 'reserve') return action.account;
  return 'into' in action ? action.into : null;
}

/** Whether a step takes all that its accounts hold. */
export function takesAll({ action, limits, when }: Step): boolean {
  if (limits.limit || limits.share !== null || limits.keep || when) return false;
  return action.kind === 'residual' || ('amount' in action && action.amount === 'all');
}
