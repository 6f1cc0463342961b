import type { Deal } from '../model.js';
import type { Report } from './finding.js';
import { isCertain, liveSteps, stepsOf } from './steps.js';

/** A trigger that is tested `at: step` has a step that tests it, once in a priority, and no other trigger has one. */
export function checkTested(deal: Deal, report: Report): void {
  const tested = new Set(
    liveSteps(deal).flatMap(({ step: { action } }) => (action.kind === 'test' ? [action.trigger] : [])),
  );
  const atStep = new Set(deal.triggers.flatMap(({ name, at }) => (at === 'step' ? [name] : [])));
  for (const trigger of deal.triggers) {
    const { name } = trigger;
    if (!atStep.has(name) || tested.has(name) || !isCertain(deal, report, ['test'])) continue;
    report.error(
      trigger,
      `triggers.${name}`,
      'test-step',
      `no step tests ${name}; add "test: ${name}" where it is tested`,
    );
  }
  for (const priority of deal.priorities) {
    const seen = new Map<string, string>();
    for (const { step, path } of stepsOf(priority)) {
      const { action, id } = step;
      if (action.kind !== 'test') continue;
      const { trigger } = action;
      const before = seen.get(trigger);
      if (!atStep.has(trigger)) {
        report.error(step, path, 'test-step', `${trigger} is not tested by a step; write "at: step" under triggers`);
      } else if (before !== undefined) {
        const message = `${trigger} is tested by ${before} already, and counts payment dates; make it two triggers`;
        report.error(step, path, 'test-step', message);
      }
      seen.set(trigger, id);
    }
  }
}
