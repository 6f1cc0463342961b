import type { Formula } from '../expression/ast.js';
import type { Deal, Facility, Step } from '../model.js';
import { namesIn } from '../read/values.js';
import { formulasOf } from './formulas.js';
import type { Report } from './finding.js';
import { mayFollow, type StepAt, stepsOf } from './steps.js';

/** A step that draws, and the account at which what it draws comes in. */
interface Draw {
  at: StepAt;
  index: number;
  facility: Facility;
  standby: string;
}

function drawsOf({ collections, facilities }: Deal, steps: readonly StepAt[]): Draw[] {
  return steps.flatMap((at, index) => {
    const { action } = at.step;
    if (at.dead || action.kind !== 'draw') return [];
    const facility = facilities.find(({ name }) => name === action.facility);
    const group = collections.groups.find(({ items }) => items.includes(`${action.facility}.draw`));
    return facility?.at === 'step' && group ? [{ at, index, facility, standby: group.account }] : [];
  });
}

/** The formulas that a step computes with: its own, that of a trigger it tests, those of a facility it draws on. */
function usedBy(deal: Deal, step: Step): Formula[] {
  const { action } = step;
  const tested = deal.triggers.flatMap(({ name, when }) =>
    action.kind === 'test' && action.trigger === name ? [when] : [],
  );
  const drawn = deal.facilities.flatMap(({ name, draw, limit }) =>
    action.kind === 'draw' && action.facility === name ? [draw, ...(limit ? [limit] : [])] : [],
  );
  return [...formulasOf(step), ...tested, ...drawn];
}

const balancesIn = (formulas: readonly Formula[]): Set<string> =>
  new Set(
    formulas.flatMap(({ expression }) => namesIn(expression).flatMap((use) => (use.looksBack ? [] : [use.name]))),
  );

/** What is drawn comes in at the account that the step draws from, and nothing else comes in there. */
function checkAccount({ at, facility: { name }, standby }: Draw, { collections }: Deal, report: Report): void {
  const { step, path } = at;
  const item = `${name}.draw`;
  if (step.from.length !== 1 || step.from[0] !== standby) {
    report.error(step, path, 'draw-step', `${item} comes in at ${standby}; draw it with "from: [${standby}]"`);
  }
  const { limit, share, keep } = step.limits;
  if (limit || share !== null || keep) {
    const message = `all of ${item} comes in at ${standby} and is owed, so that what is held back would lie there`;
    report.error(step, path, 'draw-step', `${message}; bound it by "draw:" and "limit:" of the facility`);
  }
  const items = collections.groups.flatMap((group) => (group.account === standby ? group.items : []));
  const other = items.find((each) => each !== item);
  if (other === undefined) return;
  const message = `${other} comes in at ${standby} too, and would be moved and set off with ${item}`;
  report.error(step, path, 'draw-step', `${message}; give what is drawn a group and an account of its own`);
}

/**
 * What is drawn is found by running the steps up to the draw, and those must do the same once it has come in: until it is
 * drawn they leave it alone, and nothing looks at what it came into or, as excess deposits pay it too, at suspense.
 */
function checkBefore(draw: Draw, deal: Deal, steps: readonly StepAt[], report: Report): void {
  const { suspense } = deal.collections;
  const { standby } = draw;
  const item = `${draw.facility.name}.draw`;
  for (const at of steps.slice(0, draw.index + 1)) {
    const { step, path, dead } = at;
    if (dead || !mayFollow(at, draw.at)) continue;
    const { action } = step;
    const takes = step.from.includes(standby) || (action.kind === 'release' && action.account === standby);
    if (takes && at !== draw.at) {
      const message = `${step.id} would take ${item} from ${standby} before ${draw.at.step.id} draws it`;
      report.error(step, path, 'draw-step', `${message}; take it from where "into:" of that step moves it, below it`);
    }
    const seen = [standby, suspense].find((account) => balancesIn(usedBy(deal, step)).has(`${account}.balance`));
    if (seen === undefined) continue;
    const message = `${seen}.balance holds what ${draw.at.step.id} is still to draw; use it below that step`;
    report.error(step, path, 'draw-step', message);
  }
}

/** A facility that is drawn by a step lends just what that step sees. */
export function checkStandby(deal: Deal, report: Report): void {
  for (const priority of deal.priorities) {
    const steps = stepsOf(priority);
    for (const draw of drawsOf(deal, steps)) {
      checkAccount(draw, deal, report);
      checkBefore(draw, deal, steps, report);
    }
  }
}
