import type { CompiledStep } from '../compile/compiled-deal.js';
import { figureText } from './figure-text.js';
import type { WatchedRun } from './watch-run.js';

/** What a step that tests a trigger found. */
export function testText(run: WatchedRun, step: CompiledStep): string {
  const trigger = run.compiled.triggers.find(({ name }) => name === step.subject);
  if (!trigger) return 'tested';
  const state = `${trigger.name} is ${run.after(step, trigger.flag) === 0n ? 'off' : 'on'}`;
  const { unit, measure, threshold } = trigger;
  if (!unit || !measure || !threshold) return state;
  const side = ([plus, minus]: [number, number]): string =>
    figureText(unit, run.after(step, plus) - run.after(step, minus));
  return `${state}, at ${side(measure)} against ${side(threshold)}`;
}
