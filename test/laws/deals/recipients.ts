import type { FormulaWriter } from './formula-writer.js';
import type { Fields } from './plan.js';

type Item = string | Fields | Item[];

/** One class, now and then bounded by a balance or by an amount. */
function leaf(writer: FormulaWriter, name: string): Item {
  const { random } = writer;
  if (!random.chance(15)) return name;
  const until = { until: `min(${name}.balance, ${writer.amount(1)})` };
  const limit = { limit: writer.amount(1) };
  return { class: name, ...random.pick([until, limit, { ...until, ...limit }]) };
}

function weighted(writer: FormulaWriter, items: Item[]): Item {
  const by = items.map(() =>
    writer.random.chance(60) ? String(writer.random.below(4)) : `max(0, ${writer.ratio(1)})`,
  );
  return { 'pro rata': items, ...(writer.random.chance(60) ? { by } : {}) };
}

/** A tree over the classes: lists in lists, shares by weights, bounded classes that come again. */
function tree(writer: FormulaWriter, names: readonly string[]): Item[] {
  const { random } = writer;
  const items = names.map((name) => leaf(writer, name));
  if (names.length < 2 || random.chance(40)) return items;
  const cut = 1 + random.below(names.length - 1);
  const [head, tail] = [items.slice(0, cut), items.slice(cut)];
  const inner = random.pick<(part: Item[]) => Item>([
    (part) => (part.length > 1 ? part : (part[0] as Item)),
    (part) => weighted(writer, part),
    (part) => ({ sequential: part }),
  ]);
  return random.chance(50) ? [inner(head), ...tail] : [...head, inner(tail)];
}

/** A list in which each bounded class comes once more, plainly, at the end. */
function closed(items: Item[]): Item[] {
  const bounded = [...JSON.stringify(items).matchAll(/"class":"(\w+)"/g)].map(([, name]) => name ?? '');
  return [...items, ...bounded];
}

/** The `to:` and `method:` of a principal step. */
export function principalRecipients(
  writer: FormulaWriter,
  names: readonly string[],
  group: { name: string; members: readonly string[] } | null,
  trigger: string | null,
): Fields {
  const { random } = writer;
  if (group && random.chance(40)) {
    return { to: [group.name, ...names.filter((name) => !group.members.includes(name))], method: 'sequential' };
  }
  const until = trigger && random.chance(40) ? `pro rata until ${trigger}, then sequential` : null;
  const method = until ?? random.pick(['sequential', 'sequential', 'pro rata']);
  const items = tree(writer, names);
  return { to: method === 'sequential' ? closed(items) : items, method };
}

/** The `interest:` of one step for several classes. */
export function interestRecipients(writer: FormulaWriter, names: readonly string[]): Fields {
  const { random } = writer;
  if (names.length === 1) return { interest: names[0] };
  const way = random.below(5);
  if (way === 0) return { interest: [...names], method: 'sequential' };
  if (way === 1) return { interest: { sequential: [...names] } };
  if (way === 2) return { interest: { sequential: [names.slice(0, -1), names.at(-1)] } };
  if (way === 3) return { interest: weighted(writer, [...names]) };
  return { interest: [...names] };
}
