import type { Deal } from '@weir/deal';
import { type CompiledDeal, compileDeal, compileProjection, type Projection } from '@weir/waterfall';
import type { Scenario } from '../../scenario/scenario.js';

interface Measured {
  readonly compiled: CompiledDeal;
  readonly projection: Projection;
}

/** Programs that keep more than the deal's own, made once for a deal and what they keep. */
const made = new WeakMap<CompiledDeal, Map<string, Measured>>();

const joinsComparisons = ({ triggers }: CompiledDeal): boolean =>
  triggers.some(({ comparisons }) => comparisons.length > 0);

/** A program that keeps both sides of each comparison of triggers that join several, and else does what the deal's own does. */
export function keepingComparisons(deal: Deal, compiled: CompiledDeal): CompiledDeal {
  return joinsComparisons(compiled)
    ? compileDeal(deal, { cutOffPool: compiled.cutOffPool, comparisons: true })
    : compiled;
}

/**
 * What is projected, by a program that keeps what the steps paid by which the scenario buys: the float64 executor has no
 * transfers; and with `comparisons` both sides of each comparison of triggers that join several. It does what the deal's own
 * program does, from the same state to the same state. The deal's own serves where it tells that already, as it does of
 * each `pay:` step, whose payee has a slot.
 */
export function measuredOf<
  R extends Measured & { readonly deal: Deal; readonly scenario: Scenario; readonly comparisons?: boolean },
>(request: R): R {
  const { deal, compiled, scenario } = request;
  const steps = compiled.steps.flatMap(({ id, pays }) => {
    const known = compiled.payees.some(({ name }) => name === id) || compiled.values[`${id}.paid`] !== undefined;
    return scenario.reinvestment[id] && pays.length > 0 && !known ? [id] : [];
  });
  const comparisons = request.comparisons === true && joinsComparisons(compiled);
  if (steps.length === 0 && !comparisons) return request;
  const programs = made.get(compiled) ?? new Map<string, Measured>();
  made.set(compiled, programs);
  const key = [String(comparisons), ...steps].join(' ');
  const known = programs.get(key);
  if (known) return { ...request, ...known };
  const own = compileDeal(deal, { cutOffPool: compiled.cutOffPool, measured: steps, comparisons });
  const fresh = { compiled: own, projection: compileProjection(own.program) };
  programs.set(key, fresh);
  return { ...request, ...fresh };
}
