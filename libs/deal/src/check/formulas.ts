import type { Formula } from '../expression/ast.js';
import type { Deal, Recipients, Step } from '../model.js';
import { namesIn } from '../read/values.js';
import type { Report } from './finding.js';
import { stepsOf } from './steps.js';

function ofRecipients(recipients: Recipients): (Formula | null)[] {
  if (recipients.kind === 'one') return [recipients.until, recipients.limit];
  return [...(recipients.by ?? []), ...recipients.of.flatMap(ofRecipients)];
}

/** All formulas of a step but those of the steps inside it. */
export function formulasOf({ when, limits, action }: Step): Formula[] {
  const own: (Formula | 'all' | null)[] = [when, limits.limit, limits.keep];
  if ('amount' in action) own.push(action.amount);
  if ('to' in action) own.push(...ofRecipients(action.to));
  if (action.kind === 'compute') own.push(...action.values.map(({ formula }) => formula));
  if (action.kind === 'if') own.push(action.condition);
  return own.filter((formula): formula is Formula => formula !== null && formula !== 'all');
}

/** What a step of one priority paid is zero in another, which runs on other payment dates. */
export function checkStepValues(deal: Deal, report: Report): void {
  const stateOf = new Map<string, string | null>();
  for (const priority of deal.priorities) {
    // A name that stands twice, which was reported, is taken for the first.
    for (const { step } of stepsOf(priority)) if (!stateOf.has(step.id)) stateOf.set(step.id, priority.state);
  }
  for (const priority of deal.priorities) {
    for (const { step } of stepsOf(priority)) {
      for (const formula of formulasOf(step)) {
        const use = namesIn(formula.expression).find(({ name, inHistory }) => {
          const [base = '', member] = name.split('.');
          const state = member === undefined || inHistory ? undefined : stateOf.get(base);
          return state !== undefined && state !== priority.state;
        });
        if (!use) continue;
        const message = `"${use.name}" is zero here: its step runs in the state ${stateOf.get(use.name.split('.')[0] ?? '')} only`;
        report.warn(
          formula,
          formula.path,
          'other-state',
          `${message}; use previous(${use.name}), or a step of this state`,
        );
      }
    }
  }
}
