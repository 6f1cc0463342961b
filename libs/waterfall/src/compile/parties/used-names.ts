import type { Deal, Step } from '@weir/deal';

const known = new WeakMap<Deal, ReadonlySet<string>>();

function collect(part: unknown, names: Set<string>): void {
  if (typeof part !== 'object' || part === null) return;
  if (Array.isArray(part)) {
    for (const item of part) collect(item, names);
    return;
  }
  const node = part as Record<string, unknown>;
  if (node['kind'] === 'name' && typeof node['name'] === 'string') names.add(node['name']);
  for (const value of Object.values(node)) collect(value, names);
}

/** Whether a formula of the document speaks of a name, so that what only serves to be named is left out otherwise. */
export function isUsed(deal: Deal, name: string): boolean {
  let names = known.get(deal);
  if (!names) {
    const found = new Set<string>();
    collect(deal, found);
    known.set(deal, found);
    names = found;
  }
  return names.has(name);
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
