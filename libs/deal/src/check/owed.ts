import type { Deal, StepAction } from '../model.js';
import type { Report } from './finding.js';
import { isCertain, liveSteps, type StepAt } from './steps.js';

function pays(steps: readonly StepAt[], is: (action: StepAction) => boolean): boolean {
  return steps.some(({ step }) => is(step.action));
}

function checkFees(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const certain = isCertain(deal, report, ['fee']);
  for (const fee of deal.fees) {
    if (!certain || pays(steps, (action) => action.kind === 'fee' && action.fee === fee.name)) continue;
    report.error(fee, `fees.${fee.name}`, 'fee-step', `no step pays the fee ${fee.name}; add "fee: ${fee.name}"`);
  }
  const uncapped = new Set(deal.fees.flatMap(({ name, cap }) => (cap ? [] : [name])));
  for (const { step, path } of steps) {
    if (step.action.kind !== 'fee-excess' || !uncapped.has(step.action.fee)) continue;
    if (report.isBroken(`fees.${step.action.fee}`)) continue;
    report.error(step, path, 'fee-step', `the fee ${step.action.fee} has no "cap:", so nothing exceeds it`);
  }
}

/** What others bring into the deal has to be an item of collections, and what it owes them a step that pays it. */
function checkCounterparties(deal: Deal, steps: readonly StepAt[], report: Report): void {
  const collected = new Set(deal.collections.groups.flatMap(({ items }) => items));
  const collectedKnown = !report.isBroken('collections');
  const [hedgesKnown, repaysKnown] = [isCertain(deal, report, ['hedge']), isCertain(deal, report, ['repay'])];
  for (const hedge of deal.hedges) {
    const { name } = hedge;
    const path = `hedges.${name}`;
    if (hedgesKnown && hedge.pays && !pays(steps, (action) => action.kind === 'hedge' && action.hedge === name)) {
      report.error(hedge, path, 'hedge-step', `no step pays the counterparty of ${name}; add "hedge: ${name}"`);
    }
    if (collectedKnown && hedge.receives && !collected.has(`${name}.receipt`)) {
      report.warn(
        hedge,
        path,
        'not-collected',
        `what ${name} receives is not collected; add ${name}.receipt to "items:"`,
      );
    }
  }
  for (const facility of deal.facilities) {
    const { name } = facility;
    const path = `facilities.${name}`;
    if (repaysKnown && !pays(steps, (action) => action.kind === 'repay' && action.facility === name)) {
      report.error(facility, path, 'repay-step', `no step repays ${name}; add "repay: ${name}"`);
    }
    if (collectedKnown && !collected.has(`${name}.draw`)) {
      report.warn(facility, path, 'not-collected', `what ${name} lends is not collected; add ${name}.draw to "items:"`);
    }
  }
}

/** Everything that is owed has a step that pays it. */
export function checkOwed(deal: Deal, report: Report): void {
  const steps = liveSteps(deal);
  checkFees(deal, steps, report);
  checkCounterparties(deal, steps, report);
}
