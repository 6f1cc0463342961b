import type { Deal, Step } from '../model.js';
import type { Report } from './finding.js';
import { accountPaid, constantFlag, isNever, type StepAt, stepsOf, takesAll } from './steps.js';

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

/** The step that emptied all accounts which a later one pays from, or null. */
function emptiedBy(steps: readonly StepAt[], index: number): StepAt | null {
  const later = steps[index] as StepAt;
  const emptied = new Map<string, StepAt>();
  for (const earlier of steps.slice(0, index)) {
    const filled = accountPaid(earlier.step);
    if (filled !== null) emptied.delete(filled);
    if (!takesAll(earlier.step) || !isInside(earlier, later)) continue;
    for (const account of earlier.step.from) emptied.set(account, earlier);
  }
  const sources = later.step.from.map((account) => emptied.get(account));
  return sources.length > 0 && !sources.includes(undefined) ? (sources[0] as StepAt) : null;
}

/** Every step can run and can find cash. */
export function checkUnreachable(deal: Deal, report: Report): void {
  for (const priority of deal.priorities) {
    const steps = stepsOf(priority);
    steps.forEach((at, index) => {
      checkConditions(at, report);
      const by = emptiedBy(steps, index);
      if (!by || at.dead) return;
      const accounts = at.step.from.join(' and ');
      const message = `the step ${at.step.id} finds no cash: ${by.step.id} of line ${by.step.line} takes all of ${accounts}`;
      report.error(at.step, at.path, 'unreachable', `${message}; move it up`);
    });
  }
}
