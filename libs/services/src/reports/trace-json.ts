import { canonicalJson, formatMoney, type Hex } from '@weir/money';
import type { TraceStep } from '@weir/waterfall';

/** trace.json: the payment date step by step, with the sentence of each step; amounts as decimal strings. */
export function traceJson(
  identity: { readonly period: number; readonly programHash: Hex; readonly resultHash: Hex },
  steps: readonly TraceStep[],
): string {
  return canonicalJson({
    ...identity,
    steps: steps.map(({ due, paid, short, ...step }) => ({
      ...step,
      due: formatMoney(due),
      paid: formatMoney(paid),
      short: formatMoney(short),
    })),
  });
}
