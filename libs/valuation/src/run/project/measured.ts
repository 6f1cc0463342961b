import type { Deal } from '@weir/deal';
import { type CompiledDeal, compileDeal, compileProjection, type Projection } from '@weir/waterfall';
import type { Scenario } from '../../scenario/scenario.js';

interface Measured {
  readonly compiled: CompiledDeal;
  readonly projection: Projection;
}

/** Programs that keep what steps paid, made once for a deal and the steps that buy. */
const made = new WeakMap<CompiledDeal, Map<string, Measured>>();

/**
 * What is projected, by a program that keeps what the steps paid by which the scenario buys: the float64 executor has no
 * transfers. It does what the deal's own program does, from the same state to the same state. The deal's own serves where it
 * tells that already, as it does of each `pay:` step, whose payee has a slot.
 */
export function measuredOf<R extends Measured & { readonly deal: Deal; readonly scenario: Scenario }>(request: R): R {
  const { deal, compiled, scenario } = request;
  const steps = compiled.steps.flatMap(({ id, pays }) => {
    const known = compiled.payees.some(({ name }) => name === id) || compiled.values[`${id}.paid`] !== undefined;
    return scenario.reinvestment[id] && pays.length > 0 && !known ? [id] : [];
  });
  if (steps.length === 0) return request;
  const bySteps = made.get(compiled) ?? new Map<string, Measured>();
  made.set(compiled, bySteps);
  const key = steps.join(' ');
  const known = bySteps.get(key);
  if (known) return { ...request, ...known };
  const own = compileDeal(deal, { cutOffPool: compiled.cutOffPool, measured: steps });
  const fresh = { compiled: own, projection: compileProjection(own.program) };
  bySteps.set(key, fresh);
  return { ...request, ...fresh };
}
