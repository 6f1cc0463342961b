import type { Deal, Recipients, Step, StepAction } from '../model.js';
import { namesIn } from '../read/values.js';
import type { Report } from './finding.js';
import { accountPaid, isUnread, leavesOf, type StepAt, stepsOf } from './steps.js';

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

const keyOf = (thing: string, account: string | undefined): string => `${account ?? ''}: ${thing}`;

/** What the steps of a priority so far do, and what has changed since. */
class Done {
  private readonly by = new Map<string, { at: StepAt; index: number }[]>();
  private readonly filled = new Map<string, number>();
  private count = 0;

  constructor(private readonly computed: ReadonlySet<string>) {}

  /** The first of the steps above that did the same without a reason to do it again. */
  twinOf(second: StepAt, thing: string): Step | undefined {
    return this.by.get(keyOf(thing, second.step.from[0]))?.find(({ at, index }) => !this.explains(at, index, second))
      ?.at.step;
  }

  private explains(first: StepAt, index: number, { step, arms }: StepAt): boolean {
    // Steps between may have changed what a live amount, or a ledger, is made of.
    const isNext = index === this.count - 1;
    if (!isNext && (isLive(step, this.computed) || step.action.kind === 'book')) return true;
    // The first runs whenever the second does only when it stands in the same arms, or outside of them.
    if (!first.arms.every((arm, depth) => arms[depth] === arm)) return true;
    if (step.from.some((account) => !first.step.from.includes(account))) return true;
    return step.from.some((account) => (this.filled.get(account) ?? -1) > index);
  }

  pass(at: StepAt, things: readonly string[]): void {
    const index = this.count++;
    const into = accountPaid(at.step);
    if (into !== null) this.filled.set(into, index);
    if (isPartial(at.step)) return;
    for (const thing of things) {
      // One that takes from other accounts does another thing; only a step without cash has none.
      for (const account of at.step.from.length > 0 ? at.step.from : [undefined]) {
        const key = keyOf(thing, account);
        const known = this.by.get(key);
        if (known) known.push({ at, index });
        else this.by.set(key, [{ at, index }]);
      }
    }
  }
}

/** The same thing is done twice in a priority only for a reason: a bound, a condition, other or fresh cash. */
export function checkDuplicates(deal: Deal, report: Report): void {
  for (const priority of deal.priorities) {
    const steps = stepsOf(priority);
    const computed = new Set(
      steps.flatMap(({ step: { action } }) => (action.kind === 'compute' ? action.values.map(({ name }) => name) : [])),
    );
    // A step that could not be read may do anything in between.
    if (steps.some((at) => isUnread(at, report))) continue;
    const done = new Done(computed);
    for (const at of steps) {
      const { step, path } = at;
      const things = step.action.kind === 'if' || report.isBroken(path) ? [] : thingsOf(step);
      for (const thing of things) {
        const twin = done.twinOf(at, thing);
        if (!twin) continue;
        const message = `the step ${twin.id} of line ${twin.line} takes care already of ${thing}`;
        report.error(step, path, 'duplicate-step', `${message}; remove one, or bound the first`);
      }
      done.pass(at, things);
    }
  }
}
