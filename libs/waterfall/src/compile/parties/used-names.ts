import type { Deal, Step } from '@weir/deal';

const known = new WeakMap<Deal, ReadonlySet<string>>();

function collect(part: unknown, names: Set<string>): void {
  if (typeof part !== 'object' || part === null) return;
  const node = part as Record<string, unknown>;
  if (node['kind'] === 'name' && typeof node['name'] === 'string') names.add(node['name']);
  for (const value of Object.values(node)) collect(value, names);
}

/** Names that formulas inside a part of the document speak of. */
export function namesIn(part: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  collect(part, names);
  return names;
}

/** Whether a formula of the document speaks of a name, so that what only serves to be named is left out otherwise. */
export function isUsed(deal: Deal, name: string): boolean {
  const names = known.get(deal) ?? namesIn(deal);
  known.set(deal, names);
  return names.has(name);
}

/** A copy of a document in which names count as used though no formula speaks of them. */
export function withUsed(deal: Deal, names: readonly string[]): Deal {
  const copy = { ...deal };
  known.set(copy, new Set([...namesIn(deal), ...names]));
  return copy;
}

/** Steps and those inside `if` steps, in the order of the document. */
export function flattened(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) =>
    step.action.kind === 'if' ? [step, ...flattened(step.action.then), ...flattened(step.action.otherwise)] : [step],
  );
}

/** Every step of every priority of payments. */
export function allSteps(deal: Deal): Step[] {
  return deal.priorities.flatMap(({ steps }) => flattened(steps));
}
