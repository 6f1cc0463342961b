import type { CompiledDeal, CompiledStep } from '../compile/compiled-deal.js';
import type { RunArguments } from '../execute/frame.js';
import type { RunResult } from '../execute/result.js';
import { cashlessText } from './cashless.js';
import { explainRun } from './explain.js';
import { WatchedRun } from './watch-run.js';

/** What a step did, in words. Steps that pay have a sentence for each payment. */
export interface StepSentence {
  id: string;
  /** The step's number in the document's priority of payments; 0 for the collections before it. */
  number: number;
  /** Its `when` did not hold. */
  skipped: boolean;
  sentence: string;
  line: number;
}

const headOf = ({ number, label }: CompiledStep): string => (number > 0 ? `Step ${number}, ${label}` : label);

/**
 * The run in the document's words, in order: each step that was reached has a sentence, whether it paid, moved no cash or
 * was skipped because its `when` did not hold. Steps of other states and of the branch not taken have none. It adds to
 * `explainRun`, whose payments are what is published; nothing here enters a hash.
 * @param from what the run began with. @throws as `execute` does when that does not run
 */
export function narrateRun(
  compiled: CompiledDeal,
  from: RunArguments,
  result: Pick<RunResult, 'transfers'>,
): StepSentence[] {
  const run = new WatchedRun(compiled, from);
  const payments = explainRun(compiled, result);
  return compiled.steps.flatMap((step) => {
    if (!run.isReached(step)) return [];
    const { id, number, line } = step;
    const said = (text: string, skipped = false): StepSentence => {
      return { id, number, skipped, sentence: `${headOf(step)}: ${text}.`, line };
    };
    if (step.when && !run.held(step.when)) return [said(`skipped, for ${step.when.text} does not hold`, true)];
    const text = cashlessText(run, step);
    if (text !== null) return [said(text)];
    const paid = payments.filter(({ offset }) => step.pays.includes(offset));
    if (paid.length === 0) return [said('nothing is due')];
    return paid.map(({ sentence }) => ({ id, number, skipped: false, sentence, line }));
  });
}
