import type { Deal, Step } from '../model.js';
import type { Report } from './finding.js';
import { accountPaid, constantFlag, isNamed, isNever, isUnread, type StepAt, stepsOf, takesAll } from './steps.js';

function checkConditions({ step, path }: StepAt, report: Report): void {
  if (isNever(step.when)) {
    report.error(step, path, 'unreachable', `the step ${step.id} never runs: its "when:" is always false`);
  }
  if (step.action.kind !== 'if') return;
  const holds = constantFlag(step.action.condition.expression);
  const never: Step | undefined = holds === true ? step.action.otherwise[0] : step.action.then[0];
  if (holds === null || !never) return;
  const message = `the step ${never.id} never runs: the condition of ${step.id} is always ${holds}`;
  report.error(never, `${path}.${holds ? 'else' : 'then'}[0]`, 'unreachable', message);
}

const isInside = (outer: StepAt, inner: StepAt): boolean => outer.arms.every((arm, i) => inner.arms[i] === arm);

/** Accounts that steps above emptied, and by which. */
class Emptied {
  /** Of each account, the last step that emptied it in each arm. */
  private readonly by = new Map<string, Map<string, StepAt>>();

  constructor(private readonly report: Report) {}

  /** The step that emptied all accounts which a step pays from, or null. */
  before(at: StepAt): StepAt | null {
    const sources = at.step.from.map((account) => {
      const found = [...(this.by.get(account)?.values() ?? [])];
      return found.findLast((earlier) => isInside(earlier, at));
    });
    return sources.length > 0 && !sources.includes(undefined) ? (sources[0] as StepAt) : null;
  }

  pass(at: StepAt): void {
    // What could not be read may fill any account.
    if (isUnread(at, this.report) || !isNamed(at, this.report)) this.by.clear();
    const filled = accountPaid(at.step);
    if (filled !== null) this.by.delete(filled);
    if (!takesAll(at.step)) return;
    const arm = at.arms.join();
    for (const account of at.step.from) {
      const arms = this.by.get(account) ?? new Map<string, StepAt>();
      arms.delete(arm);
      this.by.set(account, arms.set(arm, at));
    }
  }
}

/** Every step can run and can find cash. */
export function checkUnreachable(deal: Deal, report: Report): void {
  for (const priority of deal.priorities) {
    const emptied = new Emptied(report);
    for (const at of stepsOf(priority)) {
      checkConditions(at, report);
      const by = emptied.before(at);
      emptied.pass(at);
      if (!by || at.dead) continue;
      const accounts = at.step.from.join(' and ');
      const message = `the step ${at.step.id} finds no cash: ${by.step.id} of line ${by.step.line} takes all of ${accounts}`;
      report.error(at.step, at.path, 'unreachable', `${message}; move it up`);
    }
  }
}
