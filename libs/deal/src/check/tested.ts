import type { Deal, Facility, Step, Trigger } from '../model.js';
import type { Report } from './finding.js';
import { isCertain, liveSteps, type StepAt, stepsOf } from './steps.js';

/** What a step tests or draws on. */
function takenBy({ action }: Step): string | null {
  if (action.kind === 'test') return action.trigger;
  return action.kind === 'draw' ? action.facility : null;
}

interface Kind {
  code: 'test-step' | 'draw-step';
  verb: 'test' | 'draw';
  block: 'triggers' | 'facilities';
  items: readonly (Trigger | Facility)[];
}

function checkKind({ code, verb, block, items }: Kind, deal: Deal, report: Report): void {
  const taken = new Set(liveSteps(deal).map(({ step }) => takenBy(step)));
  const atStep = new Set(items.flatMap(({ name, at }) => (at === 'step' ? [name] : [])));
  for (const item of items) {
    const { name } = item;
    if (!atStep.has(name) || taken.has(name) || !isCertain(deal, report, [verb])) continue;
    report.error(item, `${block}.${name}`, code, `no step takes ${name}; add "${verb}: ${name}" where its place is`);
  }
  for (const priority of deal.priorities) {
    const seen = new Map<string, string>();
    for (const { step, path } of stepsOf(priority)) {
      const name = step.action.kind === verb ? takenBy(step) : null;
      if (name === null) continue;
      const before = seen.get(name);
      if (!atStep.has(name)) {
        report.error(step, path, code, `${name} has its place before the first step; write "at: step" under ${block}`);
      } else if (before !== undefined) {
        report.error(
          step,
          path,
          code,
          `${before} takes ${name} already, and it counts once a payment date; make it two`,
        );
      }
      seen.set(name, step.id);
    }
  }
}

/** What is drawn comes in at the account that the step draws from, and at no other. */
function checkStandby({ collections, facilities }: Deal, steps: readonly StepAt[], report: Report): void {
  for (const { step, path } of steps) {
    const { action, from } = step;
    if (action.kind !== 'draw' || !facilities.some(({ name, at }) => name === action.facility && at === 'step'))
      continue;
    const group = collections.groups.find(({ items }) => items.includes(`${action.facility}.draw`));
    if (!group || (from.length === 1 && from[0] === group.account)) continue;
    const message = `${action.facility}.draw comes in at ${group.account}; draw it with "from: [${group.account}]"`;
    report.error(step, path, 'draw-step', message);
  }
}

/** What is tested or drawn `at: step` has a step that does it, once in a priority, and nothing else has one. */
export function checkTested(deal: Deal, report: Report): void {
  checkKind({ code: 'test-step', verb: 'test', block: 'triggers', items: deal.triggers }, deal, report);
  checkKind({ code: 'draw-step', verb: 'draw', block: 'facilities', items: deal.facilities }, deal, report);
  checkStandby(deal, liveSteps(deal), report);
}
