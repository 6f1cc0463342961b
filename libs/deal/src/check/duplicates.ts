import type { Deal, Recipients, Step, StepAction } from '../model.js';
import { namesIn } from '../read/values.js';
import type { Report } from './finding.js';
import { accountPaid, leavesOf, type StepAt, stepsOf } from './steps.js';

function written(recipients: Recipients): string {
  if (recipients.kind !== 'one') return `${recipients.kind}(${recipients.of.map(written).join()})`;
  return [recipients.name, recipients.until?.text, recipients.limit?.text].join('|');
}

function textOf(amount: Extract<StepAction, { kind: 'pay' }>['amount']): string {
  return amount === 'all' ? amount : amount.text;
}

/** What a step pays or does, in words; two steps with a thing in common do it twice. Bounded recipients explain themselves. */
function thingsOf({ action }: Step): string[] {
  switch (action.kind) {
    case 'fee':
      return [`the fee ${action.fee}`];
    case 'fee-excess':
      return [`the excess of the fee ${action.fee}`];
    case 'interest':
    case 'carryover': {
      const unbounded = leavesOf(action.to).filter(({ limit, until }) => !limit && !until);
      return unbounded.map(({ name }) => `${action.kind === 'interest' ? 'interest' : 'carry-over'} on ${name}`);
    }
    case 'principal':
    case 'priority-principal':
    case 'write-down':
    case 'write-up':
      return [`${action.kind} of ${action.amount.text} to ${written(action.to)}`];
    case 'book':
      return [`${action.change} ${action.amount.text} to ${written(action.to)}`];
    case 'advance':
      return [`the advance ${action.amount.text} of ${action.tranche}`];
    case 'capitalise':
      return [`the capitalised interest of ${action.tranche}`];
    case 'reserve':
      return [`the target of ${action.account}`];
    case 'replenish-ledger':
      return [`the ledger ${action.ledger}`];
    case 'release':
      return [`the excess of ${action.account}`];
    case 'transfer':
      return [`${textOf(action.amount)} to ${action.into}`];
    case 'pay':
      return [`${textOf(action.amount)} to ${action.payee}`];
    case 'hedge':
      return [`the hedge ${action.hedge}`];
    case 'draw':
      return [`the draw on ${action.facility}`];
    case 'repay':
      return [`the facility ${action.facility}`];
    case 'residual':
      return ['the residual'];
    case 'compute':
    case 'enter':
    case 'test':
    case 'if':
      return [];
  }
}

/** Whether a step may leave something for another like it: it has a condition or a bound. */
function isPartial({ when, limits }: Step): boolean {
  return when !== null || limits.limit !== null || limits.share !== null || limits.keep !== null;
}

const LIVE_MEMBER = /\.(balance|drawn|unpaid|unpaidInterest|due|paid|short)$/;

/** Whether the amount of a step may be another one further down the priority. */
function isLive({ action }: Step, computed: ReadonlySet<string>): boolean {
  if (!('amount' in action) || action.amount === 'all') return false;
  return namesIn(action.amount.expression).some(({ name }) => LIVE_MEMBER.test(name) || computed.has(name));
}

function explains(first: StepAt, between: readonly StepAt[], second: StepAt, computed: ReadonlySet<string>): boolean {
  if (isPartial(first.step)) return true;
  // Steps between may have changed what a live amount, or a ledger, is made of.
  if (between.length > 0 && (isLive(second.step, computed) || second.step.action.kind === 'book')) return true;
  // The first runs whenever the second does only when it stands in the same arms, or outside of them.
  if (!first.arms.every((arm, index) => second.arms[index] === arm)) return true;
  const sources = second.step.from;
  if (sources.some((account) => !first.step.from.includes(account))) return true;
  return between.some(({ step }) => sources.includes(accountPaid(step) ?? ''));
}

/** The first of the steps above that did the same without a reason to do it again. */
function twinOf(
  steps: readonly StepAt[],
  index: number,
  thing: string,
  computed: ReadonlySet<string>,
): StepAt | undefined {
  const second = steps[index] as StepAt;
  return steps
    .slice(0, index)
    .find(
      (first, at) =>
        thingsOf(first.step).includes(thing) && !explains(first, steps.slice(at + 1, index), second, computed),
    );
}

/** The same thing is done twice in a priority only for a reason: a bound, a condition, other or fresh cash. */
export function checkDuplicates(deal: Deal, report: Report): void {
  for (const priority of deal.priorities) {
    const steps = stepsOf(priority);
    const computed = new Set(
      steps.flatMap(({ step: { action } }) => (action.kind === 'compute' ? action.values.map(({ name }) => name) : [])),
    );
    steps.forEach(({ step, path }, index) => {
      for (const thing of thingsOf(step)) {
        const twin = twinOf(steps, index, thing, computed)?.step;
        if (!twin) continue;
        const message = `the step ${twin.id} of line ${twin.line} takes care already of ${thing}`;
        report.error(step, path, 'duplicate-step', `${message}; remove one, or bound the first`);
      }
    });
  }
}
